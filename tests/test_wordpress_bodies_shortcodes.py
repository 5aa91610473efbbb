"""Shortcodes of WordPress and of its plug-ins in a text."""

import base64

import pytest

from tests.test_wordpress_bodies import WATCH, blocks, codes, image, moved, text
from tests.wordpress_places import UPLOADS


@pytest.mark.parametrize(
    "html",
    [
        '[caption id="attachment_5" align="aligncenter" width="300"]<a href="{0}/5.jpg"><img class="wp-image-5" '
        'src="{0}/5-300x200.jpg" alt="Mugė" /></a> Sutartis: "gera"[/caption]',
        '[caption id="attachment_5" width="300" caption="Sutartis: &quot;gera&quot;"]'
        '<img class="wp-image-5" alt="Mugė" />[/caption]',
        '[wp_caption caption="Sutartis: <em>„gera“</em>"]<img class="wp-image-5" alt="Mugė" />[/wp_caption]',
    ],
)
def test_captions_old_and_new(html):
    made = blocks("Prieš\n\n" + html.format(UPLOADS) + "\n\nPo")
    assert made == [
        ("text", "<p>Prieš</p>"),
        ("figure", {"image": image(5, "Mugė"), "caption": "Sutartis: „gera“"}),
        ("text", "<p>Po</p>"),
    ]


def test_a_caption_that_never_ends():
    body = moved('[caption id="a"]<img class="wp-image-5" alt="Mugė" /> Tekstas')
    assert [block["type"] for block in body.blocks] == ["figure", "text"]
    assert "shortcode-broken" in codes(body)


@pytest.mark.parametrize(
    ("html", "numbers"),
    [
        ('[gallery columns="3" link="file" ids="4,5,6"]', [4, 5, 6]),
        ("[gallery include='4 5']", [4, 5]),
        ("[gallery ids=”4,5”]", [4, 5]),
        ("[gallery include='4,5' order='DESC']", [5, 4]),
        ('[vc_gallery type="image" images="4,5"]', [4, 5]),
    ],
)
def test_galleries(html, numbers):
    [(kind, value)] = blocks(html)
    assert kind == "gallery"
    assert [item["value"]["image"]["image"] for item in value["images"]] == numbers


def test_a_gallery_shows_the_librarys_captions():
    [(_, value)] = blocks("[gallery ids='4,5']", captions={4: "Sąskrydis"}, alts={4: "Aikštė"})
    assert value["images"][0]["value"] == {"image": image(4, "Aikštė"), "caption": "Sąskrydis"}


def test_galleries_of_one_none_and_many():
    assert blocks("[gallery ids='4']") == [("figure", {"image": image(4), "caption": ""})]
    body = moved("[gallery ids='100']")
    assert body.blocks == []
    assert codes(body) == ["picture-missing", "gallery-empty"]
    many = blocks(f"[gallery ids='{','.join(str(1 + number % 60) for number in range(81))}']")
    assert [len(value["images"]) for _, value in many] == [27, 27, 27]


def test_a_gallery_without_numbers_shows_what_hangs_on_the_item():
    body = moved("[gallery]", attached=[7, 8])
    assert [item["value"]["image"]["image"] for item in body.blocks[0]["value"]["images"]] == [7, 8]
    assert "gallery" in codes(body)


@pytest.mark.parametrize(
    "html",
    [
        f"[embed]{WATCH}[/embed]",
        f'[embed width="600" src="{WATCH}"]',
        "[youtube aqz-KE-bpKQ]",
        "[youtube=https://youtu.be/aqz-KE-bpKQ]",
        "[su_youtube url='https://youtu.be/aqz-KE-bpKQ' title='x']",
        "[embed]<a href='https://youtu.be/aqz-KE-bpKQ'>https://youtu.be/aqz-KE-bpKQ</a>[/embed]",
    ],
)
def test_embeds(html):
    assert ("video", {"url": WATCH, "title": "Apie ką tai"}) in blocks(html)


def test_players_become_links():
    assert text(f'[video width="640" mp4="{UPLOADS}/70.mp4"][/video]') == (
        '<p><a linktype="document" id="70">70.mp4</a></p>'
    )
    assert text(f'[audio mp3="{UPLOADS}/71.mp3"][/audio]', titles={71: "Daina"}) == (
        '<p><a linktype="document" id="71">Daina</a></p>'
    )
    [(kind, value)] = blocks('[playlist ids="70,71"]')
    assert (kind, [item["value"] for item in value["documents"]]) == ("documents", [70, 71])


def test_forms_are_told():
    body = moved('Rašykite.\n\n[contact-form-7 id="5" title="Kontaktai"]')
    assert body.blocks[0]["value"] == "<p>Rašykite.</p>"
    assert codes(body) == ["form"]
    assert "kontaktų puslapį" in body.remarks[0].text


def test_what_sets_out_goes_and_its_text_stays():
    body = moved(
        '[vc_row][vc_column width="1/2"][vc_column_text]Kairė[/vc_column_text][/vc_column][vc_column]Dešinė[/vc_column]'
        '[/vc_row][su_spoiler title="Kodėl?"]Todėl.[/su_spoiler][su_divider]'
    )
    assert body.blocks[0]["value"] == "<p>Kairė</p><p>Dešinė</p><p><b>Kodėl?</b></p><p>Todėl.</p>"
    [remark] = body.remarks
    assert remark.code == "shortcode"
    assert "[su_spoiler]" in remark.text


def test_buttons_of_plug_ins():
    assert blocks('[su_button url="https://a.example/"]Pildyti[/su_button]') == [
        ("button", {"label": "Pildyti", "page": None, "url": "https://a.example/"})
    ]
    assert blocks('[vc_btn title="Pildyti" link="url:https%3A%2F%2Fa.example%2F|title:x"]') == [
        ("button", {"label": "Pildyti", "page": None, "url": "https://a.example/"})
    ]


def test_an_unknown_shortcode_is_told_and_its_text_stays():
    body = moved('Prieš [mano_lentele id="3"] ir [spalva kodas=raudona]tekstas[/spalva] po')
    assert body.blocks[0]["value"] == "<p>Prieš ir tekstas po</p>"
    assert body.remarks[0].text.endswith(": [mano_lentele]; [spalva].")


@pytest.mark.parametrize(
    "prose",
    ["[papildyta]", "[1]", "[…]", "[sic!]", "[žr. tekste]", "[Pastaba: a = b]", "[a", "a]", "[]", "[ gallery ]"],
)
def test_brackets_of_prose_stay(prose):
    body = moved(f"Tekstas {prose} toliau")
    assert body.blocks[0]["value"] == f"<p>Tekstas {prose} toliau</p>"
    assert body.remarks == []


def test_escaped_shortcodes_are_text():
    assert text('[[gallery ids="1"]] rodo') == '<p>[gallery ids="1"] rodo</p>'


def test_shortcodes_in_tags_and_comments_are_left_alone():
    assert text('<a href="http://a.lt/?x=[gallery]">a</a><!-- [gallery ids="1,2"] -->') == (
        '<p><a href="http://a.lt/?x=[gallery]">a</a></p>'
    )


def test_html_that_was_hidden_in_a_shortcode():
    code = base64.b64encode(b"%3Cp%3EPasl%C4%97pta%3C%2Fp%3E%3Cscript%3Ex%3C%2Fscript%3E").decode()
    assert text(f"[vc_raw_html]{code}[/vc_raw_html]") == "<p>Paslėpta</p>"

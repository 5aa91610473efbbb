"""Texts of WordPress become blocks: paragraphs, headings, lists, links, pictures, quotes, files, videos, words."""

import pytest

from tests.wordpress_places import SITE, UPLOADS, FakePlaces
from wordpress_import.bodies import convert, plain, rich_text
from wordpress_import.bodies.autop import autop
from wordpress_import.bodies.words import compared, words_of, words_of_html


def moved(html, **known):
    """The body of a text, with no word lost or gained."""
    body = convert(html, FakePlaces(**known), "Apie ką tai")
    assert (body.words.lost, body.words.gained) == ([], [])
    return body


def blocks(html, **known):
    """The blocks of a text as (name, value)."""
    return [(block["type"], block["value"]) for block in moved(html, **known).blocks]


def text(html, **known):
    """The rich text of a text that becomes nothing else."""
    [(kind, value)] = blocks(html, **known)
    assert kind == "text"
    return value


def codes(body):
    """The kinds of a body's remarks."""
    return [remark.code for remark in body.remarks]


def image(pk, alt=""):
    """An image's stored value."""
    return {"image": pk, "decorative": not alt, "alt_text": alt}


# --- Paragraphs -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("classic", "html"),
    [
        ("a\n\nb", "<p>a</p>\n<p>b</p>\n"),
        ("a\nb", "<p>a<br>b</p>\n"),
        ("a<br />\nb", "<p>a<br>b</p>\n"),
        ("a<br><br>b", "<p>a</p>\n<p>b</p>\n"),
        ("a\n \t\n\n\nb", "<p>a</p>\n<p>b</p>\n"),
        ("<h2>a</h2>\nb", "<h2><p>a</p>\n</h2><p>b</p>\n"),
        ("a\n<div>b</div>\nc", "<p>a</p>\n<div><p>b</p>\n</div><p>c</p>\n"),
        ("<pre>a\n\nb\n</pre>\nc", "<pre>a\n\nb\n</pre><p>c</p>\n"),
        ('<a\nhref="x">a</a>', '<p><a href="x">a</a></p>\n'),
        ("  \n\n ", "  \n\n "),
    ],
)
def test_paragraphs_of_classic_texts(classic, html):
    assert autop(classic) == html


def test_a_classic_text():
    assert text("Pirma.\n\nAntra\neilutė.\n<ul>\n \t<li>vienas</li>\n \t<li>du</li>\n</ul>\nPabaiga.") == (
        "<p>Pirma.</p><p>Antra<br/>eilutė.</p><ul><li>vienas</li><li>du</li></ul><p>Pabaiga.</p>"
    )


def test_bold_over_an_empty_line_stays_bold():
    assert text("<strong>a\n\nb</strong> c") == "<p><b>a</b></p><p><b>b</b> c</p>"


def test_line_ends_between_blocks_make_no_paragraphs():
    assert text("<!-- wp:paragraph -->\n<p>a\nb</p>\n<!-- /wp:paragraph -->\n\n") == "<p>a b</p>"


def test_classic_text_between_blocks():
    assert text("<!-- wp:paragraph --><p>a</p><!-- /wp:paragraph -->\nb\n\nc\nd") == ("<p>a</p><p>b</p><p>c<br/>d</p>")
    assert text("<!-- wp:freeform -->b\n\nc<!-- /wp:freeform -->") == "<p>b</p><p>c</p>"


def test_styles_are_told_by_what_they_look_like():
    html = (
        '<span style="font-weight: bold; color: red">a</span> <b style="font-weight:normal">b</b> '
        '<span style="font-style:italic">c</span> <em><em>d</em></em> <u>e</u>'
    )
    assert text(html) == "<p><b>a</b> b <i>c</i> <i>d</i> e</p>"


def test_raised_and_lowered_digits():
    assert text("Plotas 12 m<sup>2</sup>, CO<sub>2</sub>, tel.<sup>a</sup>") == "<p>Plotas 12 m², CO₂, tel.a</p>"


def test_an_unfinished_tag_eats_no_text():
    assert text('Tekstas <a href="http://a.lt/>nuoroda</a> toliau') == (
        '<p>Tekstas <a href="http://a.lt/">nuoroda</a> toliau</p>'
    )
    assert text("2 < 4 ir 5 > 3, <vardas@pastas.example>") == (
        "<p>2 &lt; 4 ir 5 &gt; 3, &lt;vardas@pastas.example&gt;</p>"
    )


# --- Typography -------------------------------------------------------------------------------------------------------


def test_quotation_marks_close_in_another_part_of_the_line():
    assert text('Draugija "<b>Viltis</b>" ir <i>"Šaltinis</i>"') == (
        "<p>Draugija „<b>Viltis</b>“ ir <i>„Šaltinis</i>“</p>"
    )


def test_what_typography_adds_stands_in_the_right_part():
    assert text("<b>95%</b> narių, <a href='http://a.lt/'>2007-2013 m.</a> &#8211; gerai") == (
        '<p><b>95\u00a0%</b> narių, <a href="http://a.lt/">2007–2013\u00a0m.</a> – gerai</p>'
    )


def test_entities_are_decoded_once_more_and_the_invisible_goes():
    assert text("&amp;ndash; Ve&shy;žlys&#8203; &nbsp;&nbsp;\u00a0gerai &amp;amp; 👩\u200d🌾") == (
        "<p>– Vežlys gerai &amp; 👩\u200d🌾</p>"
    )


# --- Headings and lists -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("levels", "repaired"),
    [
        ([3], ["h2"]),
        ([1, 2, 3], ["h2", "h3", "h3"]),
        ([2, 4, 2, 5], ["h2", "h3", "h2", "h3"]),
        ([4, 2, 4], ["h2", "h2", "h3"]),
        ([2, 2], ["h2", "h2"]),
    ],
)
def test_levels_of_headings(levels, repaired):
    html = "".join(f"<h{level}>a</h{level}>" for level in levels)
    assert [value["level"] for _, value in blocks(html)] == repaired


def test_headings_that_are_none():
    long = "žodis " * 40
    made = blocks(f"<h2> </h2><h2>{long}</h2><h3><img src='{UPLOADS}/1.jpg' alt='Aikštė'>Trumpa<br>antraštė</h3>")
    assert made == [
        ("text", f"<p><b>{long.strip()}</b></p>"),
        ("heading", {"text": "Trumpa antraštė", "level": "h2"}),
        ("figure", {"image": image(1, "Aikštė"), "caption": ""}),
    ]


def test_a_heading_within_something_else():
    assert blocks("<div><section><h2><strong>a</strong></h2>b</section></div>") == [
        ("heading", {"text": "a", "level": "h2"}),
        ("text", "<p>b</p>"),
    ]


def test_a_heading_that_was_a_link_is_told():
    body = moved("<h2><a href='http://a.lt/'>a</a></h2>")
    assert codes(body) == ["heading-link"]


def test_lists_within_lists():
    html = "<ul><li>a<ol><li>b</li></ol></li><ul><li>c</li></ul><li><p>d</p><p>e</p></li><li></li></ul>"
    assert text(html) == ("<ul><li>a<ol><li>b</li></ol><ul><li>c</li></ul></li><li>d<br/>e</li></ul>")


def test_lists_are_not_deeper_than_the_editor_can():
    deep = "<ul><li>a" * 8 + "</li></ul>" * 8
    made = text(deep)
    assert made.count("<li>a") == 8
    assert made.count("<ul>") == 5


def test_what_no_list_can_hold_stands_after_it():
    assert [kind for kind, _ in blocks(f"<ul><li>a<img src='{UPLOADS}/1.jpg'></li><li>b</li></ul>")] == [
        "text",
        "figure",
    ]


def test_terms_preformatted_text_rules_and_details():
    details = "<details><summary>Daugiau</summary>c</details>"
    html = f"<dl><dt>Terminas</dt><dd>Aiškinimas</dd></dl><hr><pre>a\n  b</pre>{details}"
    assert text(html) == ("<p><b>Terminas</b></p><p>Aiškinimas</p><p>a<br/>b</p><p><b>Daugiau</b></p><p>c</p>")


# --- Links ------------------------------------------------------------------------------------------------------------


def test_links_lead_to_what_became_of_the_things():
    html = (
        f"<a href='{SITE}/naujienos/7/' target='_blank' rel='noopener' onclick='x()'>a</a> "
        f"<a href='{UPLOADS}/70.pdf'>b</a> <a href='https://b.example/?utm_source=x&amp;y=1'>c</a> "
        "<a href='mailto:a@b.example'>d</a> <a href='#skyrius'>e</a> <a>f</a>"
    )
    assert text(html) == (
        '<p><a linktype="page" id="7">a</a> <a linktype="document" id="70">b</a> '
        '<a href="https://b.example/?utm_source=x&amp;y=1">c</a> <a href="mailto:a@b.example">d</a> e f</p>'
    )


def test_a_dead_link_leaves_its_text_and_is_told():
    body = moved(f"<a href='{SITE}/nera/'>čia</a>")
    assert body.blocks[0]["value"] == "<p>čia</p>"
    assert body.remarks[0].code == "link-dead"
    assert "„čia“ → http://senoji.example/nera/ (tokio puslapio nebuvo)" in body.remarks[0].text


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", " JaVa\nscript:alert(1)", "&#106;avascript:alert(1)", "vbscript:x", "data:text/html,x"],
)
def test_links_that_run_are_no_links(address):
    body = moved(f'<a href="{address}">Spauskite</a>')
    assert body.blocks[0]["value"] == "<p>Spauskite</p>"
    assert codes(body) in (["script"], ["link-dead"])


def test_a_link_to_a_picture_shows_it_after_its_paragraph_once():
    made = blocks(
        f"<p>Žr. <a href='{UPLOADS}/3.jpg'>plakatą</a> ir <a href='{UPLOADS}/3.jpg'>jį</a>.</p><p>Toliau.</p>"
    )
    assert made == [
        ("text", "<p>Žr. plakatą ir jį.</p>"),
        ("figure", {"image": image(3), "caption": ""}),
        ("text", "<p>Toliau.</p>"),
    ]


def test_an_address_alone_on_a_line_is_a_link():
    assert text("Žr.\nhttp://senoji.example/naujienos/7/") == (
        '<p>Žr.<br/><a linktype="page" id="7">http://senoji.example/naujienos/7/</a></p>'
    )


# --- Pictures ---------------------------------------------------------------------------------------------------------


def test_a_picture_with_its_own_link_in_a_paragraph():
    made = blocks(
        f'Tekstas <a href="{UPLOADS}/4.jpg"><img class="alignleft wp-image-4" src="x" alt="Mugė" /></a> toliau'
    )
    assert made == [("text", "<p>Tekstas toliau</p>"), ("figure", {"image": image(4, "Mugė"), "caption": ""})]


def test_a_picture_at_the_start_stands_before_its_paragraph():
    assert [kind for kind, _ in blocks(f"<p><img src='{UPLOADS}/4-300x200.jpg'>Tekstas</p>")] == ["figure", "text"]


def test_a_figure_keeps_its_caption():
    html = (
        '<!-- wp:image {"id":5} --><figure class="wp-block-image alignright"><img src="x" alt="" class="wp-image-5"/>'
        "<figcaption>Dalyviai &amp; svečiai</figcaption></figure><!-- /wp:image -->"
    )
    body = moved(html)
    assert body.blocks[0]["value"] == {"image": image(5), "caption": "Dalyviai & svečiai"}
    assert codes(body) == ["picture-undescribed"]


def test_the_librarys_description_serves_where_the_text_has_none():
    body = moved("<img class='wp-image-5'>", alts={5: "Talka prie ežero"})
    assert body.blocks[0]["value"]["image"] == image(5, "Talka prie ežero")
    assert body.remarks == []


def test_a_long_caption_and_one_with_a_link_stand_after_the_picture():
    for caption in ("žodis " * 60, "Žr. <a href='http://a.lt/'>čia</a>"):
        made = blocks(f"<figure><img class='wp-image-5' alt='a'><figcaption>{caption}</figcaption></figure>")
        assert [kind for kind, _ in made] == ["figure", "text"]


def test_a_picture_that_led_elsewhere_is_followed_by_the_link():
    body = moved(
        "<figure><a href='http://a.lt/'><img class='wp-image-5' alt='Mugė'></a><figcaption>b</figcaption></figure>"
    )
    assert [block["value"] for block in body.blocks] == [
        {"image": image(5, "Mugė"), "caption": "b"},
        '<p><a href="http://a.lt/">Mugė</a></p>',
    ]


def test_a_picture_that_did_not_come_is_told_and_its_caption_stays():
    body = convert("<figure><img src='/dingo.jpg' alt='Mugė'><figcaption>b</figcaption></figure>", FakePlaces(), "")
    assert body.blocks[0]["value"] == "<p>b</p>"
    assert "Mugė – /dingo.jpg" in body.remarks[0].text
    assert body.words.lost == ["mugė"]


def test_smileys_counters_and_waiting_pictures():
    html = (
        "Gerai <img class='emoji' alt='🎄' src='x'><img width='1' height='1' src='http://c.example/'>\n\n"
        f"<img src='data:image/gif;base64,R0' data-src='{UPLOADS}/6.jpg'>"
        f"<noscript><img src='{UPLOADS}/6.jpg'></noscript>"
    )
    assert blocks(html) == [("text", "<p>Gerai 🎄</p>"), ("figure", {"image": image(6), "caption": ""})]


@pytest.mark.parametrize(
    "html",
    [
        '<!-- wp:gallery --><figure class="wp-block-gallery has-nested-images">'
        '<figure class="wp-block-image"><img class="wp-image-1"><figcaption>a</figcaption></figure>'
        '<figure class="wp-block-image"><img class="wp-image-2"></figure></figure><!-- /wp:gallery -->',
        '<!-- wp:gallery --><ul class="wp-block-gallery columns-3"><li class="blocks-gallery-item"><figure>'
        '<img data-id="1"><figcaption>a</figcaption></figure></li><li class="blocks-gallery-item"><figure>'
        '<img data-id="2"></figure></li></ul><!-- /wp:gallery -->',
        '<!-- wp:gallery --><figure class="wp-block-gallery"><ul class="blocks-gallery-grid"><li><figure>'
        '<img data-id="1"><figcaption>a</figcaption></figure></li><li><figure><img data-id="2"></figure></li></ul>'
        "</figure><!-- /wp:gallery -->",
        "<div class='gallery galleryid-3'><dl class='gallery-item'><dt><img class='wp-image-1'></dt>"
        "<dd class='wp-caption-text'>a</dd></dl><dl class='gallery-item'><dt><img class='wp-image-2'></dt></dl></div>",
        "<table><tr><td><img class='wp-image-1'></td><td><img class='wp-image-2'></td></tr></table>",
    ],
)
def test_galleries_of_every_age(html):
    [(kind, value)] = blocks(html)
    assert kind == "gallery"
    assert [item["value"]["image"]["image"] for item in value["images"]] == [1, 2]
    assert value["images"][0]["value"]["caption"] == ("" if "<table" in html else "a")


# --- Quotes, files, buttons, videos -----------------------------------------------------------------------------------


def test_quotes():
    assert blocks("<blockquote><p>Kaimas gyvas.</p><p>Tikrai.</p><cite>Dalyvė</cite></blockquote>") == [
        ("quote", {"text": "Kaimas gyvas.\n\nTikrai.", "source": "Dalyvė"})
    ]
    assert blocks("<blockquote>a <a href='http://a.lt/'>b</a><ul><li>c</li></ul><cite>d</cite></blockquote>") == [
        ("text", '<p>a <a href="http://a.lt/">b</a></p><ul><li>c</li></ul><p>d</p>')
    ]
    assert [kind for kind, _ in blocks(f"<blockquote>a<cite>{'b ' * 100}</cite></blockquote>")] == ["quote", "text"]


FILE = (
    '<!-- wp:file --><div class="wp-block-file"><object class="wp-block-file__embed" data="{0}"></object>'
    '<a href="{0}">{1}</a><a href="{0}" class="wp-block-file__button" download>Atsisiųsti</a></div><!-- /wp:file -->'
)


def test_files_with_the_documents_name_are_a_list_of_documents():
    html = FILE.format(f"{UPLOADS}/70.pdf", "Ataskaita") + "\n" + FILE.format(f"{UPLOADS}/71.pdf", "Forma")
    [(kind, value)] = blocks(html, titles={70: "Ataskaita", 71: "Forma"})
    assert kind == "documents"
    assert [item["value"] for item in value["documents"]] == [70, 71]


def test_a_file_called_otherwise_is_a_link():
    assert text(FILE.format(f"{UPLOADS}/70.pdf", "Santrauka"), titles={70: "Ataskaita"}) == (
        '<p><a linktype="document" id="70">Santrauka</a></p>'
    )


def test_buttons():
    html = '<div class="wp-block-button"><a class="wp-block-button__link" href="{}">{}</a></div>'
    assert blocks(html.format(f"{SITE}/naujienos/7/", "Registruotis")) == [
        ("button", {"label": "Registruotis", "page": 7, "url": ""})
    ]
    assert blocks(html.format("https://a.example/x", "Pildyti")) == [
        ("button", {"label": "Pildyti", "page": None, "url": "https://a.example/x"})
    ]
    assert text(html.format(f"{UPLOADS}/70.pdf", "Forma")) == '<p><a linktype="document" id="70">Forma</a></p>'
    assert text(html.format("https://a.example/", "ilgas " * 12)).startswith('<p><a href="https://a.example/">ilgas')


WATCH = "https://www.youtube.com/watch?v=aqz-KE-bpKQ"


@pytest.mark.parametrize(
    ("html", "title"),
    [
        (WATCH, "Apie ką tai"),
        ("Pirma\n\nhttps://youtu.be/aqz-KE-bpKQ?si=x\n\nantra", "Apie ką tai"),
        (
            '<iframe src="//www.youtube.com/embed/aqz-KE-bpKQ?rel=0" title="YouTube video player"></iframe>',
            "Apie ką tai",
        ),
        ('<iframe src="https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ" title="Mokymai"></iframe>', "Mokymai"),
        (
            '<!-- wp:embed {"url":"x"} --><figure class="wp-block-embed"><div class="wp-block-embed__wrapper">\n'
            f"{WATCH}\n</div><figcaption>Kaip pildyti</figcaption></figure><!-- /wp:embed -->",
            "Kaip pildyti",
        ),
    ],
)
def test_videos(html, title):
    [video] = [value for kind, value in blocks(html) if kind == "video"]
    assert video == {"url": WATCH, "title": title}


def test_other_embeds_become_links():
    body = moved('<iframe src="https://www.google.com/maps/embed?pb=x" width="600"></iframe>')
    assert body.blocks[0]["value"] == '<p><a href="https://www.google.com/maps/embed?pb=x">Žemėlapis</a></p>'
    assert codes(body) == ["embed"]
    assert text(f"<video controls src='{UPLOADS}/70.mp4'></video>") == (
        '<p><a linktype="document" id="70">70.mp4</a></p>'
    )


# --- Blocks of the block editor ---------------------------------------------------------------------------------------


def test_reusable_blocks_are_put_in_and_hold_no_loop():
    body = moved(
        '<!-- wp:block {"ref":3} /--><!-- wp:block {"ref":9} /-->',
        reusable={3: '<!-- wp:paragraph --><p>a</p><!-- /wp:paragraph --><!-- wp:block {"ref":3} /-->'},
    )
    assert body.blocks[0]["value"] == "<p>a</p>"
    assert body.remarks[0].text == "Pakartotinai naudojamas blokas nerastas: wp_block 9."


def test_blocks_that_the_old_site_filled_are_told():
    body = moved('<!-- wp:latest-posts {"postsToShow":3} /--><!-- wp:separator --><hr/><!-- /wp:separator -->')
    assert [remark.text for remark in body.remarks] == ["Automatiškai pildomas blokas neperkeltas: latest-posts."]


def test_scripts_and_styles_are_gone_and_told():
    body = moved('<script>var a="<p>x</p>"</script><style>p{}</style><p onclick="x()">Liko</p><svg><p>ir tai')
    assert body.blocks[0]["value"] == "<p>Liko</p><p>ir tai</p>"
    assert codes(body) == ["script"]


# --- The rest ---------------------------------------------------------------------------------------------------------


def test_the_teaser():
    assert moved("Pirma pastraipa.\n\n<!--more-->\n\nAntra.").teaser == "Pirma pastraipa."
    assert moved("<h2>Antraštė</h2><p>Sakinys.</p><h2>Kita</h2><p>Toliau.</p>").teaser == "Sakinys."
    long = moved("Sakinys apie kaimą. " * 40).teaser
    assert long.endswith("kaimą.")
    assert len(long) <= 300
    assert moved("žodis " * 100).teaser.endswith("žodis…")


def test_numbers_of_blocks_are_the_same_each_time():
    html = "<h2>a</h2><p>b</p>[gallery ids='1,2']"
    assert moved(html).blocks == moved(html).blocks
    numbers = [block["id"] for block in moved("<h2>a</h2><h2>a</h2>").blocks]
    assert len(set(numbers)) == 2


def test_rich_text_for_fields_that_are_no_bodies():
    table = "<table><tr><th>d</th><th>e</th></tr><tr><td>f</td><td>g</td></tr></table>"
    html = f"<h2>a</h2><p>b <b>c</b></p>{table}<img src='{UPLOADS}/1.jpg'>"
    assert rich_text(html, FakePlaces()) == "<p><b>a</b></p><p>b <b>c</b></p><p>d – e</p><p>f – g</p>"


def test_plain():
    assert (
        plain('<p>Mugė &amp;amp; &bdquo;Viltis&ldquo;</p><p>"antra"</p><script>x</script>') == "Mugė & „Viltis“ „antra“"
    )


def test_words():
    assert words_of("VšĮ „Viltis“ – m² ir e.paštas") == ["všį", "viltis", "m2", "ir", "e", "paštas"]
    assert words_of_html("<b>V</b>iltis<br>a<script>x</script><!-- y --><img alt='b'>c") == ["viltis", "a", "b", "c"]
    found = compared(["a", "b", "c", "c"], ["c", "a", "d"], [], ["b"])
    assert (found.before, found.after, found.lost, found.gained, found.moved) == (4, 3, ["c"], ["d"], 1)

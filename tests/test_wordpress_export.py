"""The reading of WordPress exports: what WordPress writes, what is met in the wild, and what is refused with a word."""

import codecs
import random
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from django.conf import settings

from tests.wordpress_files import (
    SITE,
    attachment,
    author,
    cdata,
    export_file,
    export_text,
    item_text,
    page,
    php,
    post,
    rss,
    term,
)
from wordpress_import import cleaning
from wordpress_import.export import (
    BrokenItem,
    UnreadableExport,
    host_of,
    open_export,
    shown_text,
    upload_path,
)
from wordpress_import.php import loads


def read(folder, *items, **said):
    """The items of an export that is written and read."""
    return list(open_export(export_file(folder, items, **said)).items())


def read_text(folder, text):
    """The export in a file of this text or these octets."""
    path = folder / "eksportas.xml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return open_export(path)


def refusal(folder, text):
    """What is said of a file of this text or these octets."""
    with pytest.raises(UnreadableExport) as refused:
        read_text(folder, text)
    return str(refused.value)


# --- What WordPress writes --------------------------------------------------------------------------------------------


def test_an_item_is_read_whole(tmp_path):
    (item,) = read(
        tmp_path,
        post(
            'Rudens mugė - "Butrimonys" &amp; <em>amatai</em>',
            "<p>Tekstas\r\nir <b>dar</b> &nbsp;.</p>\n<!-- wp:x -->",
            number=39,
            slug="rudens-muge",
            date="2016-09-15 14:10:00",
            modified="2016-12-01 09:00:00",
            parent=7,
            order=-3,
            password="slapta ",
            sticky=True,
            author="redakcija",
            excerpt="Trumpai.",
            terms=[("category", "renginiai", "Renginiai"), ("post_tag", "%c5%bealia", "žalia &amp; kita")],
            meta={"_thumbnail_id": "8", "_du": ["pirmas", "antras"], "_php": php({"a": [1, "ą"]})},
            comments=3,
        ),
    )
    assert item.number == 39
    assert (item.kind, item.status) == ("post", "publish")
    assert item.title == "Rudens mugė – „Butrimonys“ & amatai"
    assert item.slug == "rudens-muge"
    assert item.link == f"{SITE}/rudens-muge/"
    assert item.guid == f"{SITE}/?p=39"
    assert item.published == datetime(2016, 9, 15, 11, 10, tzinfo=UTC)
    assert item.modified == datetime(2016, 12, 1, 7, 0, tzinfo=UTC)
    assert (item.parent, item.order, item.password, item.sticky) == (7, -3, "slapta ", True)
    assert item.author == "redakcija"
    assert item.content == "<p>Tekstas\nir <b>dar</b> &nbsp;.</p>\n<!-- wp:x -->"
    assert item.excerpt == "Trumpai."
    assert item.terms == (("category", "renginiai", "Renginiai"), ("post_tag", "žalia", "žalia & kita"))
    assert item.meta["_du"] == ["pirmas", "antras"]
    assert item.first_meta("_thumbnail_id") == "8"
    assert loads(item.first_meta("_php")) == {"a": {0: 1, 1: "ą"}}
    assert item.comments == 3
    assert item.attachment_url == item.file == ""


def test_the_site_is_read(tmp_path):
    export = open_export(
        export_file(
            tmp_path,
            [page(number=1), post(number=2)],
            [
                term("category", "projektai", "Projektai &amp; kt.", number=6),
                term("category", "strategija", "Strategija", parent="projektai"),
                term("post_tag", "strategija", "strategija"),
                term("nav_menu", "meniu", "Meniu"),
            ],
            [author("redakcija", "Redakcija", "redakcija@senoji.example")],
            site="http://www.Senoji.example/lt",
            title="Senoji &amp; „gera“",
        )
    )
    assert (export.site_url, export.host) == ("http://www.Senoji.example/lt", "senoji.example")
    assert export.title == "Senoji & „gera“"
    assert export.authors["redakcija"].email == "redakcija@senoji.example"
    assert [(one.number, one.taxonomy, one.slug, one.name, one.parent_slug) for one in export.terms] == [
        (6, "category", "projektai", "Projektai & kt.", ""),
        (3, "category", "strategija", "Strategija", "projektai"),
        (4, "post_tag", "strategija", "strategija", ""),
        (5, "nav_menu", "meniu", "Meniu", ""),
    ]
    assert export.count == 2
    assert export.removed_characters == 0
    assert len(export.digest) == 64


def test_the_index_holds_heads_of_all_items_and_no_bodies(tmp_path):
    export = open_export(
        export_file(
            tmp_path,
            [
                page("Apie mus", "x" * 50_000, number=5, password="slapta"),
                page("Valdyba", number=6, parent=5, order=2, status="draft"),
                attachment("2019/05/mugė.jpg", number=7),
            ],
        )
    )
    assert list(export.index) == [5, 6, 7]
    head = export.index[6]
    assert (head.kind, head.status, head.title, head.parent, head.order) == ("page", "draft", "Valdyba", 5, 2)
    assert export.index[5].has_password
    assert not head.has_password
    assert export.index[7].file == "2019/05/mugė.jpg"
    assert export.index[7].attachment_url.endswith("/2019/05/mugė.jpg")
    assert "xxxx" not in repr(export)


def test_an_export_is_read_as_often_as_one_likes(tmp_path):
    export = open_export(export_file(tmp_path, [post(number=1), post(number=2)]))
    assert list(export.items()) == list(export.items())
    assert [item.number for item in export.items()] == [1, 2]


def test_a_category_that_is_said_twice_is_one(tmp_path):
    twice = "<wp:term><wp:term_id>9</wp:term_id><wp:term_taxonomy>post_tag</wp:term_taxonomy>"
    twice += "<wp:term_slug>amatai</wp:term_slug><wp:term_name>Amatai</wp:term_name></wp:term>"
    export = open_export(export_file(tmp_path, [twice, post()], [term("post_tag", "amatai", "Amatai", number=9)]))
    assert [(one.number, one.slug) for one in export.terms] == [(9, "amatai")]
    assert export.count == 1


@pytest.mark.parametrize(
    ("said", "published"),
    [
        ({"date": "2019-05-24 11:00:00"}, datetime(2019, 5, 24, 8, tzinfo=UTC)),
        ({"date": "2019-12-24 11:00:00", "date_gmt": "0000-00-00 00:00:00"}, datetime(2019, 12, 24, 9, tzinfo=UTC)),
        ({"date": "2019-05-24 11:00:00", "date_gmt": "2019-05-24 11:00:00"}, datetime(2019, 5, 24, 11, tzinfo=UTC)),
        ({"date": "2019-05-24", "date_gmt": ""}, datetime(2019, 5, 23, 21, tzinfo=UTC)),
        ({"date": "2019-05-24T11:00:00Z", "date_gmt": "x"}, datetime(2019, 5, 24, 11, tzinfo=UTC)),
        ({"date": "0000-00-00 00:00:00", "date_gmt": "0000-00-00 00:00:00"}, None),
        ({"date": "2019-02-30 11:00:00", "date_gmt": "2019-02-30 09:00:00"}, None),
        ({"date": "0001-11-30 00:00:00", "date_gmt": "-0001-11-30 00:00:00"}, None),
        ({"date": "9999-12-31 23:59:59", "date_gmt": "9999-12-31 23:59:59"}, None),
        ({"date": "", "date_gmt": ""}, None),
    ],
)
def test_moments_are_of_greenwich_or_of_vilnius_or_none(tmp_path, said, published):
    (item,) = read(tmp_path, post(**said))
    assert item.published == published


def test_where_the_file_of_an_attachment_is(tmp_path):
    items = read(
        tmp_path,
        attachment("2019/05/a.jpg"),
        attachment(None, attachment_url="https://www.kitas.example/wp-content/uploads/2016/02/%C5%BEem%C4%97.pdf?x=1"),
        attachment("/var/www/site/wp-content/uploads/2011/b.jpg", attachment_url=""),
        attachment(None, attachment_url="http://senoji.example/files/2009/c.doc"),
        attachment(None, attachment_url="http://senoji.example/kita/c.doc"),
    )
    assert [item.file for item in items] == ["2019/05/a.jpg", "2016/02/žemė.pdf", "2011/b.jpg", "2009/c.doc", ""]


@pytest.mark.parametrize(
    ("slug", "decoded"),
    [("%c5%a1altinis", "šaltinis"), ("%C5%A1altinis", "šaltinis"), ("%c5%a1altini%c5", "šaltini"), ("100%", "100%")],
)
def test_slugs_are_decoded(tmp_path, slug, decoded):
    assert read(tmp_path, post(slug=slug))[0].slug == decoded


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("5 &lt; 6 ir 7 > 6", "5 < 6 ir 7 > 6"),
        ("5 < 6 ir 7 > 6", "5 < 6 ir 7 > 6"),
        ("Mugė<br />miestelyje", "Mugė miestelyje"),
        ("Žal<b>ias</b> miškas", "Žalias miškas"),
        ("A<script>alert(1)</script>B<!-- x -->", "AB"),
        ("&bdquo;Sodas&ldquo;&nbsp;&#8211; 2016 m.", "„Sodas“ – 2016\u00a0m."),
        ("  du\n\ttarpai ", "du tarpai"),
        ("", ""),
    ],
)
def test_titles_are_as_a_reader_saw_them(said, shown):
    assert shown_text(said) == shown


@pytest.mark.parametrize(
    "title", ["<" * 300_000, "<!--" * 100_000, "<script>" * 50_000, '"' * 100_000, "&amp;" * 90_000]
)
def test_a_title_that_never_ends_costs_no_more_than_another(title):
    assert len(shown_text(title)) <= 10_000


# --- What is met in the wild ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2", "1.3"])
def test_every_version_of_the_format_is_read(tmp_path, version):
    (item,) = read(tmp_path, post("Mugė", "<p>x</p>", excerpt="Trumpai."), version=version)
    assert (item.title, item.content, item.excerpt) == ("Mugė", "<p>x</p>", "Trumpai.")


def test_the_oldest_version_says_categories_twice_and_calls_tags_otherwise(tmp_path):
    old = item_text(post()).replace(
        "\t\t</item>",
        f"<category>{cdata('Naujienos')}</category><category domain='category' nicename='naujienos'>"
        f"{cdata('Naujienos')}</category><category domain='tag'>{cdata('mugė')}</category>"
        f"<category domain='tag' nicename='muge'>{cdata('mugė')}</category></item>",
    )
    category = (
        "<wp:category><wp:category_nicename>naujienos</wp:category_nicename><wp:category_parent></wp:category_parent>"
    )
    category += f"<wp:cat_name>{cdata('Naujienos')}</wp:cat_name></wp:category>"
    export = open_export(export_file(tmp_path, [category, old], version="1.0"))
    (item,) = export.items()
    assert item.terms == (("category", "naujienos", "Naujienos"), ("post_tag", "muge", "mugė"))
    assert [(one.number, one.slug) for one in export.terms] == [(None, "naujienos")]


def test_namespaces_may_be_missing_or_have_other_prefixes(tmp_path):
    text = export_text([post("Mugė", "tekstas", excerpt="trumpai", number=3)])
    bare = text.replace(rss(), "<rss>")
    assert "xmlns" not in bare
    other = text.replace("xmlns:wp=", "xmlns:ns2=").replace("<wp:", "<ns2:").replace("</wp:", "</ns2:")
    other = other.replace("xmlns:content=", "xmlns:a=").replace("content:encoded", "a:encoded")
    other = other.replace("xmlns:excerpt=", "xmlns:b=").replace("excerpt:encoded", "b:encoded")
    for changed in (bare, other):
        (item,) = read_text(tmp_path, changed).items()
        assert (item.number, item.title, item.content, item.excerpt) == (3, "Mugė", "tekstas", "trumpai")


BEFORE_THE_BEGINNING = {
    "blank lines": "\n\n  \r\n",
    "a notice": "<br />\n<b>Notice</b>:  Undefined index: x in <b>/var/www/functions.php</b> on line <b>3</b><br />\n",
    "a warning": "\nWarning: Cannot modify header information & more <in> /var/www/wp-content/x.php on line 3\n",
    "a mark": "\ufeff",
    "two marks and a line": "\ufeff\ufeff\n",
}


@pytest.mark.parametrize("before", BEFORE_THE_BEGINNING)
@pytest.mark.parametrize("head", ["with", "without"])
def test_what_stands_before_the_beginning_is_passed_over(tmp_path, before, head):
    text = export_text([post("Mugė")], head=None if head == "with" else rss())
    (item,) = read_text(tmp_path, BEFORE_THE_BEGINNING[before] + text).items()
    assert item.title == "Mugė"


def test_what_stands_after_the_end_is_passed_over(tmp_path):
    text = export_text([post("Mugė")])
    for after in ("\n<!-- cached -->", "\n<br /><b>Warning</b>: x & y", "\x00" * 5_000, "x" * 200_000):
        assert read_text(tmp_path, text.rstrip() + after).count == 1


def test_a_second_export_in_the_same_file_is_not_lost_in_silence(tmp_path):
    text = export_text([post("Mugė")])
    assert "keli eksportai" in refusal(tmp_path, text + text)
    long = export_text([post("Mugė", "x" * 200_000)])
    assert "keli eksportai" in refusal(tmp_path, long + long)


LETTERS = "Ąžuolas ėjo į švenčių ūkį – „taip“ €"


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-8", "windows-1257"),
        ("utf-8", "ISO-8859-1"),
        ("utf-8", "koks-nors"),
        ("windows-1257", "windows-1257"),
        ("windows-1257", "UTF-8"),
        ("windows-1257", "utf-7"),
        ("utf-16", "UTF-8"),
        ("utf-16", "UTF-16"),
    ],
)
def test_letters_are_read_in_whatever_encoding_they_are(tmp_path, encoding, declared):
    (item,) = read(tmp_path, post(LETTERS, LETTERS), encoding=encoding, declared=declared)
    assert item.content == LETTERS


def test_an_encoding_need_not_be_declared(tmp_path):
    text = export_text([post("x", LETTERS)]).replace(' encoding="UTF-8"', "")
    (item,) = read_text(tmp_path, text).items()
    assert item.content == LETTERS


def test_a_letter_that_was_cut_in_two_is_marked_and_counted(tmp_path):
    octets = export_text([post("x", "Ąžuolas ir ž|")]).encode().replace("ž|".encode(), "ž".encode()[:1])
    export = read_text(tmp_path, octets)
    (item,) = export.items()
    assert item.content == "Ąžuolas ir \ufffd"
    assert export.removed_characters == 1


@pytest.mark.parametrize("character", ["\x00", "\x01", "\x08", "\x0b", "\x0c", "\x1b", "\x1f", "\ufffe", "\uffff"])
def test_characters_that_are_no_xml_are_removed_and_counted(tmp_path, character):
    export = open_export(export_file(tmp_path, [post(f"Mu{character}gė", f"<p>te{character}kstas</p>")]))
    (item,) = export.items()
    assert (item.title, item.content) == ("Mugė", "<p>tekstas</p>")
    assert export.removed_characters == 2


def test_lone_halves_of_characters_are_removed(tmp_path):
    octets = export_text([post("Mugė", "te|kstas")]).encode().replace(b"|", b"\xed\xa0\x80")
    (item,) = read_text(tmp_path, octets).items()
    assert item.content.replace("\ufffd", "") == "tekstas"


def test_characters_of_every_width_come_over(tmp_path):
    text = "Jaukių švenčių 🎄 𐍈 👩‍👩‍👧 日本 \u202e \x85 \u2028"
    (item,) = read(tmp_path, post("x", text))
    assert item.content == text


def outside_cdata(folder, title):
    """The title of an item that stands in the file without CDATA, and the export."""
    export = read_text(folder, export_text([post("ANTRAŠTĖ")]).replace(cdata("ANTRAŠTĖ"), title))
    return next(export.items()).title, export.removed_characters


@pytest.mark.parametrize(
    ("written", "title", "removed"),
    [
        ("Alus&nbsp;&ndash; 5&euro;", "Alus – 5\u00a0€", 0),
        ("Mugė & talka", "Mugė & talka", 0),
        ("Mugė &amp; talka &lt;3 &#8211; x", "Mugė & talka <3 – x", 0),
        ("R&D ir A&B; C", "R&D ir A&B; C", 0),
        ("a &nera; b", "a &nera; b", 0),
        ("a&#150;b", "a–b", 0),
        ("Mu&#xD800;gė", "Mugė", 1),
        ("Mu&#x1F;gė&#0;", "Mugė", 2),
        ("Mu&#x110000;gė&#99999999;", "Mugė", 2),
        ("&#60;b&#62;x", "<b>x", 0),
        ("x &", "x &", 0),
        ("x &#; &#x; &#xg;", "x &#; &#x; &#xg;", 0),
    ],
)
def test_references_outside_cdata_are_read_as_a_browser_would(tmp_path, written, title, removed):
    if title == "<b>x":  # in the file a mark of an element after all
        title = "x"
    assert outside_cdata(tmp_path, written) == (title, removed)


def test_references_inside_cdata_stay_as_they_are(tmp_path):
    text = "<p>A&nbsp;&amp; B & C &#xD800; &#x1F; &nera;</p>"
    export = open_export(export_file(tmp_path, [post("x", text)]))
    assert next(export.items()).content == text
    assert export.removed_characters == 0


CDATA_ENDS = [
    "x]]>y",
    "]]>",
    "]]]]>>",
    "<script>//<![CDATA[\nvar a;\n//]]></script>",
    "a]]><![CDATA[b",
    "]]></content:encoded>",
]


@pytest.mark.parametrize("text", CDATA_ENDS)
def test_the_end_of_a_section_may_stand_in_a_text(tmp_path, text):
    first, second = read(tmp_path, post("x", text, excerpt=text, meta={"a": text}), post("Kitas"))
    assert first.content == first.excerpt == first.first_meta("a") == text
    assert second.title == "Kitas"


@pytest.mark.parametrize("text", ["x]]>y", "<script>//<![CDATA[\nvar a;\n//]]></script>tekstas", "a ]]> b ]]> c ]] d"])
def test_the_end_of_a_section_that_nobody_parted_is_text_too(tmp_path, text):
    raw = export_text([post("x", "TURINYS"), post("Kitas")]).replace(cdata("TURINYS"), f"<![CDATA[{text}]]>")
    first, second = read_text(tmp_path, raw).items()
    assert (first.content, second.title) == (text, "Kitas")


def test_line_ends_of_windows_are_line_ends(tmp_path):
    text = export_text([post("Mugė", "viena\ndvi")]).replace("\n", "\r\n")
    (item,) = read_text(tmp_path, text).items()
    assert item.content == "viena\ndvi"


def test_no_place_in_the_file_is_special(tmp_path, monkeypatch):
    """Every mark that means something may fall between two readings."""
    text = export_text(
        [post("Mugė & talka", "a]]>b <![CDATA[ &nbsp; ą" * 3, number=1, excerpt="x]]>"), post("Kita", number=2)],
        [term("category", "a&b", "A&B")],
    ).replace(cdata("Mugė & talka"), "Mugė&nbsp;&amp; talka & &#xD800;")
    whole = read_text(tmp_path, text)
    expected = (list(whole.items()), whole.terms, whole.removed_characters, whole.index)
    for size in (*range(1, 60), 97, 411, 1009):
        monkeypatch.setattr(cleaning, "CHUNK", size)
        monkeypatch.setattr(cleaning, "BEGINS_WITHIN", 40)
        again = read_text(tmp_path, text)
        assert (list(again.items()), again.terms, again.removed_characters, again.index) == expected, size


# --- Broken items -----------------------------------------------------------------------------------------------------


BROKEN = {
    "no number": (post("Mugė", without=["wp:post_id"]), None, "numerio"),
    "an empty number": (post("Mugė", number=""), None, "numerio"),
    "no digits": (post("Mugė", number="abc"), None, "abc"),
    "zero": (post("Mugė", number=0), None, "0"),
    "below zero": (post("Mugė", number=-5), None, "-5"),
    "too high": (post("Mugė", number=2**63), None, str(2**63)),
    "far too high": (post("Mugė", number="9" * 5000), None, "999"),
    "other digits": (post("Mugė", number="٣"), None, "٣"),
    "met before": (post("Mugė", number=1), 1, "jau yra"),
    "no kind": (post("Mugė", number=5, kind=""), 5, "kas tai"),
    "no kind at all": (post("Mugė", number=5, without=["wp:post_type"]), 5, "kas tai"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_item_does_not_stop_the_others(tmp_path, case):
    item, number, reason = BROKEN[case]
    export = open_export(export_file(tmp_path, [post("Pirma", number=1), item, post("Paskutinė", number=9)]))
    first, broken, last = export.items()
    assert (first.title, last.title) == ("Pirma", "Paskutinė")
    assert isinstance(broken, BrokenItem)
    assert (broken.number, broken.title) == (number, "Mugė")
    assert reason in broken.reason
    assert len(broken.reason) < 200
    assert list(export.index) == [1, 9]
    assert export.count == 3


def test_an_item_that_says_nothing_but_what_it_is_is_an_item(tmp_path):
    (item,) = read(tmp_path, "<item><wp:post_id>3</wp:post_id><wp:post_type>post</wp:post_type></item>")
    assert (item.title, item.status, item.published, item.terms, item.meta) == ("", "", None, (), {})
    assert (item.content, item.parent, item.comments) == ("", 0, 0)


@pytest.mark.parametrize("parent", ["abc", -1, "", "9" * 400])
def test_a_parent_that_is_no_number_is_none(tmp_path, parent):
    assert read(tmp_path, page(parent=parent))[0].parent == 0


def test_elements_that_nobody_knows_are_passed_over(tmp_path):
    text = export_text([post("Mugė", "tekstas", comments=1)])
    strange = "<x:a xmlns:x='http://x.example/'><wp:post_id>99</wp:post_id><item><title>Ne</title></item></x:a>"
    text = text.replace("<wp:comment_id>", f"{strange}<wp:comment_id>").replace("\t\t</item>", f"{strange}</item>")
    text = text.replace("\t</channel>", f"{strange}</channel>{strange}")
    (item,) = read_text(tmp_path, text).items()
    assert (item.number, item.title, item.comments) == (1001, "Mugė", 1)


def test_the_meta_of_comments_is_not_the_item_s(tmp_path):
    text = export_text([post(comments=1, meta={"mano": "1"})]).replace(
        "\t\t</wp:comment>",
        "<wp:commentmeta><wp:meta_key>svetimas</wp:meta_key><wp:meta_value>1</wp:meta_value></wp:commentmeta></wp:comment>",
    )
    (item,) = read_text(tmp_path, text).items()
    assert list(item.meta) == ["mano"]


# --- What is refused --------------------------------------------------------------------------------------------------


# Elements without which an item is still one.
NOT_NEEDED = ["pubDate", "guid", "description", "wp:post_date_gmt", "wp:post_modified", "wp:post_modified_gmt"]
NOT_NEEDED += ["wp:comment_status", "wp:ping_status", "wp:menu_order", "wp:is_sticky", "wp:post_password"]


def test_every_truncation_is_refused_with_a_word(tmp_path):
    small = page("Ąžuolas", "<p>a]]>b</p>", number=1, meta={"a": "b"}, without=NOT_NEEDED)
    octets = export_text([small], [term("category", "a", "A")]).encode()
    end = octets.rindex(b"</rss>") + len(b"</rss>")
    path = tmp_path / "nutrukes.xml"
    for length in range(end):
        path.write_bytes(octets[:length])
        with pytest.raises(UnreadableExport, match=r"(nutrūksta|tuščias|ne WordPress)"):
            open_export(path)
    path.write_bytes(octets[:end])
    assert open_export(path).count == 1


def test_octets_at_random_are_read_or_refused_with_a_word(tmp_path):
    octets = export_text(
        [page("Ąžuolas", number=1, meta={"a": "b"}, comments=1)], [term("category", "a", "A")]
    ).encode()
    chance = random.Random(5)
    for _ in range(400):
        damaged = bytearray(octets)
        for _ in range(chance.randint(1, 20)):
            at = chance.randrange(len(damaged))
            damaged[at : at + chance.choice([0, 1, 1, 5])] = bytes([chance.choice([0, 38, 60, 62, 93, 255, 128, 59])])
        try:
            list(read_text(tmp_path, bytes(damaged)).items())
        except UnreadableExport as refused:
            assert str(refused).endswith(".")  # noqa: PT017


REFUSED = {
    "nothing": ("", "tuščias"),
    "one letter": ("x", "ne WordPress"),
    "a text": ("Tai tiesiog tekstas.\n" * 9_000, "ne WordPress"),
    "octets": (bytes(range(256)) * 1000, "ne WordPress"),
    "a ZIP": (b"PK\x03\x04" + b"x" * 500, "suspaustas"),
    "a GZ": (b"\x1f\x8b\x08" + b"x" * 500, "suspaustas"),
    "a page of the web": ("<!DOCTYPE html><html><body>Prisijunkite</body></html>", "tinklalapis"),
    "a page without a word on its kind": ("<html lang='lt'><body>Prisijunkite</body></html>", "tinklalapis"),
    "a page as XML": ("<?xml version='1.0'?><!DOCTYPE html><html><body/></html>", "tinklalapis"),
    "a page that names a feed": (
        "<!DOCTYPE html><html><head><link rel='alternate' title='<rss'></head></html>",
        "tinklalapis",
    ),
    "another XML": ("<?xml version='1.0'?><urlset><url/></urlset>", "ne WordPress"),
    "a plain feed": ("<rss version='2.0'><channel><item><title>x</title></item></channel></rss>", "ne WordPress"),
    "no items": (export_text(), "nė vieno įrašo"),
    "tags across": (export_text([post("x")]).replace("</title>", "</titel>", 2), "sugadintas"),
    "an open tag": (export_text([post("AAA")]).replace(cdata("AAA"), "a <b c"), "sugadintas"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_export_is_refused_with_a_word(tmp_path, case):
    text, word = REFUSED[case]
    assert word in refusal(tmp_path, text)


def test_a_damaged_line_is_named(tmp_path):
    text = "Notice: x\n\n" + export_text([post("x")])
    broken = text.replace("</wp:status>", "</wp:x>")
    line = next(number for number, one in enumerate(broken.split("\n"), 1) if "</wp:x>" in one)
    assert f" {line} eilutėje" in refusal(tmp_path, broken)


BOMB = "".join(f'<!ENTITY lol{n} "{f"&lol{n - 1};" * 10}">' for n in range(1, 10))
ENTITIES = {
    "billion laughs": f'<!DOCTYPE rss [<!ENTITY lol0 "lol">{BOMB}]>',
    "a file": '<!DOCTYPE rss [<!ENTITY lol9 SYSTEM "file:///etc/passwd">]>',
    "an address": '<!DOCTYPE rss SYSTEM "http://127.0.0.1/x.dtd">',
    "a parameter": '<!DOCTYPE rss [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]>',
    "nothing": "<!DOCTYPE rss>",
}


@pytest.mark.parametrize("case", ENTITIES)
@pytest.mark.parametrize("place", ["after the declaration", "at the beginning", "before the declaration"])
def test_document_types_and_entities_are_refused(tmp_path, case, place):
    text = export_text([post("ANTRAŠTĖ")]).replace(cdata("ANTRAŠTĖ"), "&lol9;")
    start, _, rest = text.partition("?>\n")
    text = {
        "after the declaration": f"{start}?>\n{ENTITIES[case]}{rest}",
        "at the beginning": ENTITIES[case] + rest,
        "before the declaration": ENTITIES[case] + text,
    }[place]
    assert "DOCTYPE" in refusal(tmp_path, text)


def test_a_file_that_cannot_be_opened_is_told(tmp_path):
    for path in (tmp_path / "nera.xml", tmp_path, tmp_path / "failas" / "kitas.xml"):
        with pytest.raises(UnreadableExport, match=str(path)):
            open_export(path)
    with pytest.raises(UnreadableExport, match="nėra"):
        open_export(str(tmp_path / "nera.xml"))


def test_a_file_that_changed_meanwhile_is_told(tmp_path):
    export = open_export(export_file(tmp_path, [post(number=1), post(number=2)]))
    export.path.write_bytes(export.path.read_bytes()[:-400])
    with pytest.raises(UnreadableExport, match="nutrūksta"):
        list(export.items())
    export.path.unlink()
    with pytest.raises(UnreadableExport, match="nepavyko"):
        list(export.items())


# --- Large files ------------------------------------------------------------------------------------------------------

MEASURED = """
import resource, sys, time
from wordpress_import.export import open_export
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
started = time.perf_counter()
export = open_export(sys.argv[1])
read = sum(len(item.content) + item.comments for item in export.items())
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(export.count, read, (after - before) // 1024, round(time.perf_counter() - started, 1))
"""


def measured(path):
    """Read an export twice, in a process of its own: items, letters and comments, MB more than before, seconds."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, path], capture_output=True, text=True, check=True, cwd=settings.BASE_DIR
    )
    return [float(word) for word in done.stdout.split()]


def test_a_large_export_takes_little_memory(tmp_path):
    path = export_file(tmp_path, [post("Įrašas", "<p>Ąžuolų giraitė.</p>\n" * 4_000, number=n + 1) for n in range(400)])
    assert path.stat().st_size > 36_000_000
    count, letters, megabytes, _ = measured(path)
    assert (count, letters) == (400, 400 * 4_000 * len("<p>Ąžuolų giraitė.</p>\n"))
    assert megabytes < 40


def test_an_item_of_ten_megabytes_and_one_of_a_hundred_thousand_comments(tmp_path):
    comments = f"<wp:comment><wp:comment_content>{cdata('Ačiū!')}</wp:comment_content></wp:comment>" * 100_000
    many = item_text(post("Daug", "", number=2)).replace("</item>", f"{comments}</item>")
    path = export_file(tmp_path, [post("Ilgas", "🎄 ąžuolas]]>\n" * 600_000, number=1), many])
    count, read, megabytes, _ = measured(path)
    assert (count, read) == (2, 600_000 * len("🎄 ąžuolas]]>\n") + 100_000)
    assert megabytes < 130


def test_depth_is_no_trap(tmp_path):
    text = export_text([post("Mugė")]).replace("\t\t</item>", f"{'<a>' * 200_000}{'</a>' * 200_000}</item>")
    assert next(read_text(tmp_path, text).items()).title == "Mugė"


# --- Addresses and PHP ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("http://a.example/wp-content/uploads/2019/05/a.jpg", "2019/05/a.jpg"),
        ("/wp-content/uploads/2019/05/a%20b.jpg?w=3#x", "2019/05/a b.jpg"),
        ("//a.example/wp-content/uploads/sites/3/2019/a.jpg", "2019/a.jpg"),
        ("https://i0.wp.com/a.example/wp-content/uploads/2019/a.jpg?resize=3", "2019/a.jpg"),
        ("http://a.example/files/2009/a.doc", "2009/a.doc"),
        ("http://a.example/a.jpg", ""),
        ("http://[a/uploads/x.jpg", "x.jpg"),
        ("", ""),
    ],
)
def test_the_path_of_an_upload_by_its_address(address, path):
    assert upload_path(address) == path


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("http://www.Senas.lt:8080/x", "senas.lt"),
        ("https://senas.lt", "senas.lt"),
        ("http://[senas", ""),
        ("", ""),
        ("senas.lt", ""),
    ],
)
def test_hosts(address, host):
    assert host_of(address) == host


@pytest.mark.parametrize(
    "value", [None, True, False, 0, -5, 1.5, "", 'ąžuolas; "x"', {"a": 1, 5: {"b": "c"}}, {0: "x", 1: None}]
)
def test_what_php_serialised_is_read(value):
    again = loads(php(value))
    assert again == value
    assert type(again) is type(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        's:5:"abc";',
        's:3:"abc',
        "a:2:{i:0;i:1;}",
        "a:1:{a:0:{}i:1;}",
        "i:1;i:2;",
        "i:x;",
        "d:;",
        'O:8:"stdClass":0:{}',
        'C:3:"Abc":0:{}',
        "a:1:{i:0;R:1;}",
        "a:9999999999:{",
        "a:1:{i:0;" * 5_000,
        "b:2",
        "a:1:" + "(" * 5,
    ],
)
def test_what_is_no_value_of_php_is_refused(text):
    with pytest.raises(ValueError, match="."):
        loads(text)


def test_the_names_of_encodings_are_those_of_python():
    assert codecs.lookup(cleaning.OLDEST_GUESS)

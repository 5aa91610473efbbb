"""Tables of WordPress's texts: heading cells, spans, and what is no table."""

import pytest

from tests.test_wordpress_bodies import blocks, codes, moved
from tests.wordpress_places import UPLOADS


def table(html):
    """The one table of a text: caption, headings, rows, kinds of columns."""
    [value] = [value for kind, value in blocks(html) if kind == "table"]
    columns = value["columns"]
    rows = [row["values"] for row in value["rows"]]
    assert all(len(row) == len(columns) for row in rows)
    return value["caption"], [c["heading"] for c in columns], rows, [c["type"] for c in columns]


@pytest.mark.parametrize(
    "html",
    [
        "<table><thead><tr><th>Nr.</th><th>Kas</th></tr></thead><tbody><tr><td>1</td><td>a</td></tr></tbody></table>",
        "<table><tr><th>Nr.</th><th>Kas</th></tr><tr><td>1</td><td>a</td></tr></table>",
        "<table><tr><td><b>Nr.</b></td><td><strong>Kas</strong></td></tr><tr><td>1</td><td>a</td></tr></table>",
    ],
)
def test_heading_cells(html):
    assert table(html) == ("", ["Nr.", "Kas"], [["1", "a"]], ["text", "text"])
    assert moved(html).remarks == []


def test_a_guessed_row_of_headings_is_told():
    html = "<table><tr><td>Nr.</td><td>Kas</td></tr><tr><td>1</td><td>a</td></tr></table>"
    assert table(html)[1] == ["Nr.", "Kas"]
    assert codes(moved(html)) == ["table-heading"]


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><th>Vieta</th><td>Daugai</td></tr><tr><th>Laikas</th><td>10 val.</td></tr></table>",
        "<table><tr><td>Vieta:</td><td>Daugai</td></tr><tr><td>Laikas:</td><td>10 val.</td></tr></table>",
        "<table><tr><td>1</td><td>a</td></tr><tr><td>2</td><td>b</td></tr></table>",
    ],
)
def test_a_table_without_a_row_of_headings_is_told(html):
    assert table(html)[1] == ["", ""]
    assert codes(moved(html)) == ["table-no-heading"]


def test_spans_are_expanded_and_ragged_rows_filled():
    html = (
        "<table><caption>Lėšos</caption><thead><tr><th rowspan=2>Metai</th><th colspan=2>Suma</th></tr>"
        "<tr><th>ES</th><th>VB</th></tr></thead><tr><td rowspan='2'>2022</td><td>1</td><td>2</td></tr>"
        "<tr><td>3</td></tr><tr><td colspan=3>Iš viso</td></tr></table>"
    )
    assert table(html) == (
        "Lėšos",
        ["Metai", "Suma – ES", "Suma – VB"],
        [["2022", "1", "2"], ["2022", "3", ""], ["Iš viso", "", ""]],
        ["text"] * 3,
    )


def test_only_columns_that_need_it_are_rich():
    html = (
        "<table><tr><th>a</th><th>b</th><th>c</th></tr><tr><td><b>d</b></td><td><a href='http://a.lt/'>e</a></td>"
        "<td>f</td></tr><tr><td>g</td><td></td><td><ul><li>h</li><li>i</li></ul></td></tr></table>"
    )
    assert table(html)[2:] == (
        [
            ["d", '<p><a href="http://a.lt/">e</a></p>', "<p>f</p>"],
            ["g", "<p>–</p>", "<p>– h</p><p>– i</p>"],
        ],
        ["text", "rich_text", "rich_text"],
    )


def test_the_caption_of_its_figure():
    html = "<figure class='wp-block-table'><table><tr><th>a</th><th>b</th></tr><tr><td>c</td><td>d</td></tr></table>"
    assert table(f"{html}<figcaption>Planas</figcaption></figure>")[0] == "Planas"
    made = blocks(f"{html}<figcaption>{'ilgas ' * 50}</figcaption></figure>")
    assert [kind for kind, _ in made] == ["table", "text"]


def test_pictures_and_tables_in_cells_stand_after_the_table():
    inner = "<table><tr><th>c</th><th>d</th></tr><tr><td>e</td><td>f</td></tr></table>"
    html = (
        f"<table><tr><th>a</th><th>b</th></tr><tr><td>g<img src='{UPLOADS}/1.jpg'></td><td>h{inner}</td></tr></table>"
    )
    assert [kind for kind, _ in blocks(html)] == ["table", "figure", "table"]


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td><p>a</p><ul><li>b</li></ul></td></tr></table>",
        "<table><tr><td>a</td><td><ul><li>b</li></ul></td></tr><tr><td></td></tr></table>",
        "<table role='presentation'><tr><td>a</td></tr><tr><td><ul><li>b</li></ul></td></tr></table>",
    ],
)
def test_a_table_that_only_set_things_out(html):
    assert blocks(html) == [("text", "<p>a</p><ul><li>b</li></ul>")]


def test_empty_rows_and_columns_go():
    html = (
        "<table><tr><th>a</th><th></th><th>b</th></tr><tr><td></td></tr><tr><td>c</td><td> </td><td>d</td></tr></table>"
    )
    assert table(html)[1:3] == (["a", "b"], [["c", "d"]])


def test_spans_that_claim_everything():
    html = "<table><tr><td rowspan=999999 colspan=999999>a</td></tr>" + "<tr><td>b</td></tr>" * 300 + "</table>"
    body = moved(html)
    assert sum(len(block["value"]["columns"]) for block in body.blocks if block["type"] == "table") <= 40

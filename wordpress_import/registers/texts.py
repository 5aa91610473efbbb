"""The entries of a text: bullets, the lists of a page, paragraphs that begin with a date; and tables as rows."""

import re

from bs4 import BeautifulSoup

from lithuanian.stated_dates import find_stated_dates

_TAG = re.compile(r"<(?:p|ul|ol|li|div|table|br|h[1-6]|strong|b|em|span|a|!--)\b|<!--", re.IGNORECASE)
_BULLET = re.compile(r"^\s*[•·▪◦●∙*–—-]\s+")
_NUMBER = re.compile(r"^\s*\(?\d{1,3}[.)]\s+")
_LIST_TAGS = ["ul", "ol"]
_BLOCK_TAGS = ["p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "br", "blockquote", "figure", "table"]
# How far into a paragraph the date may stand that makes it an entry: „Nuo 2015 m. …“, „VVG 2015 m. …“ not.
_DATE_WITHIN = 3


def entries_of(text_or_html):
    """
    The entries as plain text, word for word, in their order.

    Items of lists (of the outermost, where lists stand in lists), lines that begin with a bullet, paragraphs that begin
    with a date. A text that has items has no entries in its paragraphs.
    """
    if not _TAG.search(text_or_html):
        return _of_text(text_or_html)
    soup = BeautifulSoup(text_or_html, "html.parser")
    for unread in soup(["script", "style"]):
        unread.decompose()
    items = [
        item
        for of_list in soup(_LIST_TAGS)
        if not of_list.find_parent(_LIST_TAGS)
        for item in of_list.find_all("li", recursive=False)
    ]
    # A broken list may have lost its frame.
    items = items or [item for item in soup("li") if not item.find_parent("li")]
    if items:
        return [text for item in items if (text := _plain(item))]
    return _of_text(_plain(soup))


def rows_of(html):
    """The tables of a page, each as a list of rows of cells; the text of a cell in one line."""
    soup = BeautifulSoup(html, "html.parser")
    return [
        [[" ".join(_plain(cell).split()) for cell in row(["td", "th"])] for row in table("tr") if row(["td", "th"])]
        for table in soup("table")
        if not table.find_parent("table")
    ]


def without_tables(html):
    """A page without its tables."""
    soup = BeautifulSoup(html, "html.parser")
    for table in soup("table"):
        table.decompose()
    return str(soup)


def _plain(soup):
    """The text of an element, with line breaks where its blocks part."""
    for block in soup(_BLOCK_TAGS):
        if block.name == "br":
            block.replace_with("\n")
        else:
            block.insert_before("\n")
            block.insert_after("\n")
    return soup.get_text().strip()


def _of_text(text):
    lines = text.splitlines()
    # One bullet alone may be a dash that began a line.
    if sum(bool(_BULLET.match(line)) for line in lines) > 1 or re.match(r"\s*•", text):
        return _bullets(lines)
    paragraphs = [_NUMBER.sub("", line).strip() for line in lines]
    return [paragraph for paragraph in paragraphs if _begins_with_date(paragraph)]


def _bullets(lines):
    """Each with the lines that follow it, up to an empty one."""
    items, is_open = [], False
    for line in lines:
        if bullet := _BULLET.match(line):
            items.append(line[bullet.end() :].rstrip())
            is_open = True
        elif not line.strip():
            is_open = False
        elif is_open:
            items[-1] += f"\n{line.rstrip()}"
    return [item for item in items if item.strip()]


def _begins_with_date(paragraph):
    found = find_stated_dates(paragraph[:80])
    return bool(found) and found[0].start <= _DATE_WITHIN

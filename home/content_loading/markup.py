"""
The small markup of the files' texts, as rich text and as blocks of a body.

Paragraphs are set apart by an empty line. `## ` and `### ` start a heading, `- ` an item of a list, `> ` a quotation;
within a line `**bold**` and `[text](address)`.
"""

import re
from html import escape

BOLD = re.compile(r"\*\*(.+?)\*\*")
LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
HEADING_LEVELS = {"## ": "h2", "### ": "h3"}


def to_rich_text(text, page_at):
    """
    `text` as Wagtail rich text. `page_at` is a function from a path of this site to the page there or None: a link to a
    page is kept by the page's number and so survives a move.
    """
    return "".join(_paragraph(part, page_at) for part in _parts(text))


def to_blocks(text, page_at):
    """`text` as the value of a body: a list of (block's name, value). `page_at` as for `to_rich_text`."""
    blocks = []
    for part in _parts(text):
        mark = part.partition(" ")[0] + " "
        if mark in HEADING_LEVELS:
            blocks.append(("heading", {"text": part.removeprefix(mark), "level": HEADING_LEVELS[mark]}))
        elif mark == "> ":
            lines = [line.removeprefix(">").strip() for line in part.splitlines()]
            blocks.append(("quote", {"text": "\n".join(lines), "source": ""}))
        elif blocks and blocks[-1][0] == "text":
            blocks[-1] = ("text", blocks[-1][1] + _paragraph(part, page_at))
        else:
            blocks.append(("text", _paragraph(part, page_at)))
    return blocks


def _parts(text):
    return [part.strip("\n") for part in re.split(r"\n\s*\n", text.strip()) if part.strip()]


def _paragraph(part, page_at):
    lines = part.splitlines()
    if all(line.startswith("- ") for line in lines):
        items = "".join(f"<li>{_inline(line.removeprefix('- '), page_at)}</li>" for line in lines)
        return f"<ul>{items}</ul>"
    return f"<p>{_inline(' '.join(lines), page_at)}</p>"


def _inline(text, page_at):
    def link(match):
        label, address = match.groups()
        page = page_at(address) if address.startswith("/") else None
        target = f'linktype="page" id="{page.pk}"' if page else f'href="{address}"'
        return f"<a {target}>{label}</a>"

    return LINK.sub(link, BOLD.sub(r"<b>\1</b>", escape(text, quote=True)))

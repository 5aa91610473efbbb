"""
A line of text with its bold and italic parts and links, from the tree to rich text as it is stored.

A line is a list of `Run`s, so marks never cross and never nest twice; typography sees the whole line, since quotation
marks open in one part and close in another.
"""

import re
from html import escape
from itertools import groupby
from typing import NamedTuple

from lithuanian.typography import tidy

# What parts the lines of a paragraph, and stays a part of its text.
BREAK = "\n"
_SPACES = re.compile(r"[ \t\u00a0]*\n[ \t\u00a0]*|[ \t]+")
_SUPERSCRIPT = str.maketrans("0123456789+-()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ")
_SUBSCRIPT = str.maketrans("0123456789+-()", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎")
# A paragraph longer than this is no paragraph that anybody set; its typography is left as it is.
_LONGEST_TO_TIDY = 100_000


class Style(NamedTuple):
    """How a part of a line is set. link: ("page" or "document", number), ("href", address), or None."""

    bold: bool = False
    italic: bool = False
    link: tuple | None = None


class Run(NamedTuple):
    """A part of a line in one style."""

    text: str
    style: Style


def superscript(text: str) -> str:
    """Raised digits where there are signs for all of the text, else the text as it is."""
    return _raised(text, _SUPERSCRIPT)


def subscript(text: str) -> str:
    """Lowered digits, as `superscript`."""
    return _raised(text, _SUBSCRIPT)


def _raised(text, signs):
    return text.translate(signs) if text and all(ord(character) in signs for character in text) else text


def set_well(runs: list[Run]) -> list[Run]:
    """The line with Lithuanian typography, without needless spaces; [] where nothing is left."""
    text = "".join(run.text for run in runs)
    if not text.strip():
        return []
    styles = [run.style for run in runs for _ in run.text]
    text, styles = _squeezed(text, styles)
    if len(text) <= _LONGEST_TO_TIDY:
        better = tidy(text)
        if better != text:
            text, styles = better, _carried_over(text, styles, better)
    return _runs(text, styles)


def _squeezed(text, styles):
    """Runs of spaces to one, none at the ends of lines."""
    pieces, kept, place = [], [], 0
    for spaces in _SPACES.finditer(text):
        pieces += [text[place : spaces.start()], BREAK if "\n" in spaces[0] else " "]
        kept += styles[place : spaces.start()]
        kept.append(styles[spaces.start()])
        place = spaces.end()
    text = "".join(pieces) + text[place:]
    kept += styles[place:]
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    return text[start:end], kept[start : max(start, end)]


def _carried_over(text, styles, better):
    """
    The styles of `better`, which has the same letters and digits as `text` in the same order.

    Between two of them the signs are matched from both ends; what is new in between is set as what it stands before.
    """
    old, new = _gaps(text), _gaps(better)
    if len(old) != len(new):
        return [styles[min(index, len(styles) - 1)] for index in range(len(better))]
    carried, place = [], 0
    for was, is_now in zip(old, new, strict=True):
        of_gap = styles[place : place + len(was)] or styles[max(0, place - 1) : place] or styles[:1]
        ahead = 0
        while ahead < min(len(was), len(is_now)) and was[ahead] == is_now[ahead]:
            ahead += 1
        behind = 0
        while behind < min(len(was), len(is_now)) - ahead and was[-1 - behind] == is_now[-1 - behind]:
            behind += 1
        for index in range(len(is_now)):
            from_end = len(is_now) - index
            matched = len(was) - from_end if from_end <= behind else min(index, len(was) - behind)
            carried.append(of_gap[max(0, min(matched, len(of_gap) - 1))])
        place += len(was)
        carried += styles[place : place + 1]
        place += 1
    return carried[: len(better)]


def _gaps(text):
    """The signs before each letter or digit, and after the last."""
    gaps, start = [], 0
    for place, character in enumerate(text):
        if character.isalnum():
            gaps.append(text[start:place])
            start = place + 1
    return [*gaps, text[start:]]


def _runs(text, styles):
    runs, place = [], 0
    for style, same in groupby(styles):
        length = sum(1 for _ in same)
        runs.append(Run(text[place : place + length], style))
        place += length
    return runs


def plain(runs: list[Run]) -> str:
    """The line's text; its breaks stay line ends."""
    return "".join(run.text for run in runs)


def is_plain(runs: list[Run]) -> bool:
    """Whether nothing in the line is set in any style."""
    return all(run.style == Style() for run in runs)


def links(runs: list[Run]) -> list[tuple]:
    """The links of a line."""
    return [run.style.link for run in runs if run.style.link]


def in_bold(runs: list[Run]) -> list[Run]:
    """The line, all of it bold."""
    return [Run(run.text, run.style._replace(bold=True)) for run in runs]


def parts(runs: list[Run], separator: str) -> list[list[Run]]:
    """A line taken apart at a sign, which goes."""
    lines = [[]]
    for run in runs:
        for number, text in enumerate(run.text.split(separator)):
            if number:
                lines.append([])
            if text:
                lines[-1].append(Run(text, run.style))
    return lines


def html(runs: list[Run]) -> str:
    """The line as rich text in the form that Wagtail keeps: `a`, within it `b`, within it `i`; `br` for a break."""
    pieces = []
    for link, of_link in groupby(runs, key=lambda run: run.style.link):
        inner = "".join(_marked(run) for run in of_link)
        if link and not inner.replace("<br/>", "").strip():
            link = None
        pieces.append(f"{_opening(link)}{inner}</a>" if link else inner)
    return "".join(pieces)


def _marked(run):
    text = escape(run.text, quote=False).replace(BREAK, "<br/>")
    if not run.text.strip():
        return text
    if run.style.italic:
        text = f"<i>{text}</i>"
    return f"<b>{text}</b>" if run.style.bold else text


def _opening(link):
    kind, target = link
    if kind == "href":
        return f'<a href="{escape(target)}">'
    return f'<a linktype="{kind}" id="{int(target)}">'

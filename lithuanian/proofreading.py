"""What a careful reader of a Lithuanian text would stumble over: plain text in, remarks out.

Remarks are for a person who decides: what is found only looks like a slip, and nothing is corrected here.
"""

import calendar
import difflib
import re
from datetime import date

from .calendar_text import MONTHS_GENITIVE
from .characters import NBSP
from .typography import tidy

# --- Typing ---

# Said twice on purpose: "vos vos", "labai labai".
_SAID_TWICE = {"ai", "gal", "labai", "na", "ne", "nu", "oi", "tai", "taip", "ten", "tik", "tuoj", "vis", "vos"}
_DOUBLED = re.compile(r"(?<![\w-])(\w{2,})[ \u00a0]+\1(?![\w-])", re.IGNORECASE)
_DOUBLED_BY_AND = re.compile(r"(?<![\w-])(?<!labai )([^\W\d]{4,}) ir \1(?![\w-])", re.IGNORECASE)


def doubled_words(text: str) -> list[str]:
    """Words typed twice in a row ("partnerysčių partnerysčių"), or joined with themselves ("kultūros ir kultūros").

    Numbers, and words that are doubled on purpose ("vos vos"), are left alone. Each once, as typed.
    """
    found = [
        match.group()
        for pattern in (_DOUBLED, _DOUBLED_BY_AND)
        for match in pattern.finditer(text)
        if not match[1].isdigit() and match[1].lower() not in _SAID_TWICE
    ]
    return list(dict.fromkeys(found))


_PUNCTUATION = (
    re.compile(r"\w+ [,;:!?](?![)(])\w*"),  # "žodis ,kitas"
    re.compile(r"\w+ \.(?=\s|$)"),  # "žodis ."
    re.compile(r"\w*(?<!\.)\.\.(?!\.)(?=\s|$)"),  # "bendruomenėse.."
    re.compile(r"\w*,,(?!\w)"),  # "žodis,,"
    re.compile(r"(?<![\w/@.:-])[^\W\d_]{3,}[,;!?][^\W\d_]{2,}(?![\w/@.-])"),  # "žodis,kitas"
    re.compile(r"(?<![\w/@.:-])[^\W\d_A-Z]{3,}\.[A-ZĄČĘĖĮŠŲŪŽ][^\W\d_]+(?![\w/@.-])"),  # "sakinys.Kitas"
)


def punctuation_slips(text: str) -> list[str]:
    """Places where a mark stands beside a space that should not be, lacks one, or is typed twice: as typed."""
    return list(dict.fromkeys(match.group().strip() for pattern in _PUNCTUATION for match in pattern.finditer(text)))


def better_set(text: str) -> list[tuple[str, str]]:
    """Words that `tidy` would set otherwise, as (typed, better): quotation marks, dashes, ranges.

    No-break spaces are left out: whoever types cannot see them.
    """
    typed, better = text.split(), tidy(text).replace(NBSP, " ").split()
    if typed == better:
        return []
    pairs = [
        (" ".join(typed[a:b]), " ".join(better[c:d]))
        for kind, a, b, c, d in difflib.SequenceMatcher(None, typed, better, autojunk=False).get_opcodes()
        if kind == "replace"
    ]
    return [pair for pair in dict.fromkeys(pairs) if pair[0] and pair[1]]


# --- Time ---

# Words that only what lies ahead is told in. Those that also tell of what always holds ("bus", "kviečia") are not here.
_AHEAD = re.compile(
    r"(?<!\w)(?:įvyks|vyks|prasidės|susitiksime|kviečiame|laukiame|rengsime|surengsime|organizuosime|pakviesime"
    r"|registruokitės|susirinksime)(?!\w)",
    re.IGNORECASE,
)
_DAY = rf"(?P<year>(?:19|20)\d\d)[ \u00a0]?(?:m\.[ \u00a0]?)?(?P<month>{'|'.join(MONTHS_GENITIVE)})"
_WRITTEN = re.compile(
    rf"(?<!\w){_DAY}(?:[ \u00a0](?:\d\d?[ \u00a0]?[–-][ \u00a0]?)?(?P<day>\d\d?)[ \u00a0]?d\.|[ \u00a0]mėn\.)?",
    re.IGNORECASE,
)
_BY_NUMBERS = re.compile(r"(?<![\d-])(?P<year>(?:19|20)\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?![\d-])")
_ABBREVIATED = re.compile(
    r"(?<!\w)(?:m|d|g|val|mėn|sav|nr|pvz|kt|pan|tel|str|el|al|pr|r|sen|vad|[a-ząčęėįšųūž])\.$", re.IGNORECASE
)
_GAP = re.compile(r"(?<=[.!?…“\"])\s+(?=[„\"A-ZĄČĘĖĮŠŲŪŽ])")


def sentences(text: str) -> list[str]:
    """The sentences of a text; a stop after an abbreviation or an initial ends none."""
    found = []
    for line in text.splitlines():
        start = 0
        for gap in _GAP.finditer(line):
            if not _ABBREVIATED.search(line[start : gap.start()]):
                found.append(line[start : gap.start()].strip())
                start = gap.end()
        found.append(line[start:].strip())
    return [sentence for sentence in found if sentence]


def dates_in(text: str) -> list[date]:
    """The days that a text names, each the latest it can mean: "2019 m. gegužės 22 d.", "2019-05-22", "2019 m.
    gegužės mėn."

    A year alone is no date here: programmes are named by years. Nor is a day without its year.
    """
    found = []
    for match in _WRITTEN.finditer(text):
        month = [name.lower() for name in MONTHS_GENITIVE].index(match["month"].lower()) + 1
        found.append(_latest(int(match["year"]), month, match["day"]))
    found += [_latest(int(match["year"]), int(match["month"]), match["day"]) for match in _BY_NUMBERS.finditer(text)]
    return [day for day in found if day]


def _latest(year: int, month: int, day: str | None) -> date | None:
    try:
        return date(year, month, int(day or calendar.monthrange(year, month)[1]))
    except (ValueError, calendar.IllegalMonthError):
        return None  # no such day: another check's business


def stale_future(text: str, now: date, about: date | None = None) -> list[str]:
    """Sentences that speak of what lies ahead, though it lies behind: each as it stands.

    A sentence speaks of what lies ahead by a word such as "įvyks" or "kviečiame". It is stale where all days it names
    are before `now`; where it names none, where `about`, the last day that the whole text is about, is.
    """
    stale = []
    for sentence in sentences(text):
        if _AHEAD.search(sentence):
            days = dates_in(sentence) or ([about] if about else [])
            if days and max(days) < now:
                stale.append(sentence)
    return stale

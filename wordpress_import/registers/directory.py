"""The organisations that are known, and where a text names them, whatever the case and however the names are strung."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from lithuanian.sorting import name_for_sorting
from lithuanian.stems import CASES, cases, stem

# What stands for the LAG itself among the organisations found.
OWN = object()
ANY_CASE = frozenset(CASES)
LAG_KINDS = {"lag", "flag"}

OPENING, CLOSING = '„“”"«‚', '“”"»‘'
_QUOTED = re.compile(rf"[{OPENING}]([^{OPENING}{CLOSING}]+)[{CLOSING}]")
_TOKEN = re.compile(r"\w+|[^\w\s]")
DASHES = set("-‐‑‒–—")
SEPARATORS = {",", "ir", "bei"}

# Abbreviations within names.
_IN_FULL = {"r": "rajon", "raj": "rajon", "sav": "savivaldyb", "rajonas": "rajon"}
# Words of a LAG's name that say what kind of land it is of.
CLASSIFIERS = {"rajon", "krast", "miest", "savivaldyb", "region", "kaim", "kaimisk", "zuvininkyst", "kaimiskos"}
# Of these nothing changes who is meant as long as the directory knows only one.
_MAY_BE_UNSAID = {"rajon", "savivaldyb"}
# Words that begin a list of names with a capital letter and are no part of one.
_NO_NAMES = {stem(word) for word in ("asociacija", "partneriai", "šalys", "abi", "visos", "šios", "kitos")}
_FUNCTION_WORDS = {"su", "tarp", "kartu", "prie", "iš", "į", "pas", "nuo", "iki", "pagal", "dėl", "leader"}
_LOCATIVE = re.compile(r"(?:uje|oje|ėje|yje|uose|ose|ėse|yse)$")
_DATIVE = re.compile(r"(?:ai|ei|ui)$")


@dataclass(frozen=True)
class Token:
    """A word or a sign of a text, from `start` to `end`; `quote` is the number of the quotation it stands in, or 0."""

    text: str
    start: int
    end: int
    quote: int

    @property
    def is_word(self):
        """Whether it is a word or a number."""
        return self.text[0].isalnum()

    @property
    def is_capital(self):
        """Whether it is a word with a capital letter."""
        return self.text[0].isupper()

    @property
    def stem(self):
        """What is compared."""
        return _IN_FULL.get(self.text.casefold()) or stem(self.text)


def tokens_of(text):
    """The words and signs of a text."""
    quotes = [match.span(1) for match in _QUOTED.finditer(text)]

    def quote_at(place):
        return next((number for number, (start, end) in enumerate(quotes, 1) if start <= place < end), 0)

    return [Token(match[0], *match.span(), quote_at(match.start())) for match in _TOKEN.finditer(text)]


def _words(text):
    return [token for token in tokens_of(text) if token.is_word]


@dataclass(frozen=True)
class Named:
    """Somebody named in a text: a row of the directory, OWN, or None where it is not known who; and what is doubted."""

    organisation: object
    said: str
    doubt: str = ""


@dataclass
class Mention:
    """
    A place in a text, from token `start` to `end`, where one or several are named with one head word.

    `cases` are those that the head word may stand in; `countries` the codes of countries named without an organisation
    („Austrijos, Vokietijos vietos veiklos grupės“).
    """

    start: int
    end: int
    named: list
    cases: frozenset = ANY_CASE
    countries: list = field(default_factory=list)
    is_lag: bool = False


@dataclass(frozen=True)
class _Name:
    """One of the names of a row, taken apart. `area` and `quoted` are stems, `words` the words as written."""

    row: object
    area: tuple
    quoted: tuple
    words: tuple


def lag_head(tokens, place):
    """How many tokens at a place are „vietos veiklos grupė“ or a short form of it; 0 where it is another word."""
    token = tokens[place]
    if token.text in {"VVG", "ŽRVVG", "LAG", "FLAG"}:
        length = 1
    elif [other.stem for other in tokens[place : place + 3]] in (["viet", "veikl", "grup"], ["viet", "veik", "grup"]):
        length = 3
    else:
        return 0
    following = tokens[place + length : place + length + 1]
    # „VVG tinklas“ is somebody else.
    return 0 if following and following[0].stem.startswith("tinkl") else length


class Directory:
    """
    The organisations that are known, by all their names.

    `rows` are hashable and have `name`, `short_name`, `aliases` (one a line), `kind` and `country` (a code, or what has
    a `code`); `own_names` are those of the LAG itself, `countries` a dict of Lithuanian name → code, by default of all
    there are.
    """

    def __init__(self, rows, own_names=(), countries=None):
        self.rows = list(rows)
        self.countries = countries_by_name() if countries is None else countries
        self._countries = {stem(name): code for name, code in self.countries.items() if " " not in name}
        self._lags, self._names = [], defaultdict(set)
        self._written = {}
        for row in self.rows:
            for name in filter(None, map(str.strip, [row.name, row.short_name, *row.aliases.splitlines()])):
                self._add(row, name, is_lag=row.kind in LAG_KINDS)
        for name in own_names:
            self._add(OWN, name, is_lag=True)
        self._longest = max(map(len, self._names), default=0)
        self._classifiers = CLASSIFIERS | {
            token.stem
            for known in self._lags
            for token in known.words
            if token.text[0].islower() and not lag_head([token], 0)
        }

    def _add(self, row, name, is_lag):
        words = _words(name)
        head = next(((place, size) for place in range(len(words)) if (size := lag_head(words, place))), None)
        if is_lag and head:
            place, size = head
            area = tuple(word.stem for word in (*words[:place], *words[place + size :]) if not word.quote)
            quoted = tuple(word.stem for word in words if word.quote)
            if not (area or quoted):
                return  # „VVG“ names nobody
            self._lags.append(_Name(row, area, quoted, tuple(words[:place])))
            return
        for variant in {name, name_for_sorting(name)}:
            parts = _words(variant)
            key = tuple(part.stem for part in parts)
            self._names[key].add(row)
            self._written[key, id(row)] = parts

    @staticmethod
    def country_of(row):
        """The code of a row's country."""
        return getattr(row.country, "code", row.country)

    def areas_of(self, row):
        """The places by which a LAG is called, each as a tuple of stems."""
        return {known.area for known in self._lags if known.row is row and known.area}

    def country(self, token):
        """The code of the country that a word names; "" if it is none."""
        return self._countries.get(token.stem, "") if token.is_capital else ""

    def mentions(self, tokens):
        """All the places of a text where organisations are named, in order; they do not overlap."""
        # Names first, the longest at each place; then lists of LAGs, which reach left from their head word; then LAGs
        # that are called otherwise.
        found = self._by_name(tokens, set(), lags=False)
        taken = _places(found)
        lags = [mention for mention in self._by_head(tokens, taken) if mention]
        taken |= _places(lags)
        return sorted([*found, *lags, *self._by_name(tokens, taken, lags=True)], key=lambda mention: mention.start)

    # --- By full name ---

    def _by_name(self, tokens, taken, lags):
        found, place = [], 0
        while place < len(tokens):
            mention = None if place in taken or not tokens[place].is_word else self._name_at(tokens, place, taken, lags)
            if mention:
                found.append(mention)
            place = mention.end if mention else place + 1
        return found

    def _name_at(self, tokens, place, taken, lags):
        """The longest name that begins at a place."""
        run, best = [], None
        for at in range(place, len(tokens)):
            token = tokens[at]
            if at in taken or len(run) >= self._longest:
                break
            if token.is_word:
                run.append(at)
            elif token.text not in OPENING + CLOSING and token.text not in DASHES:
                break
            key = tuple(tokens[word].stem for word in run)
            rows = [row for row in self._names.get(key, ()) if row is OWN or (row.kind in LAG_KINDS) == lags]
            if token.is_word and rows and self._may_be_name(tokens, run, rows):
                best = self._mention_of(tokens, run, key, rows)
        return best

    def _may_be_name(self, tokens, run, rows):
        """A name of one word is one only in quotation marks or as an abbreviation; others begin with a capital."""
        first, last = tokens[run[0]], tokens[run[-1]]
        if len(run) == 1:
            alone = [token for token in tokens if token.quote == first.quote and token.is_word]
            return (first.quote and len(alone) == 1) or (first.text.isupper() and len(first.text) > 1)
        after = run[-1] + 1
        # „Alytaus rajono savivaldybės vietos veiklos grupė“ is not the municipality.
        is_part_of_lag = after < len(tokens) and lag_head(tokens, after)
        return (first.is_capital or first.quote) and not is_part_of_lag and (first.quote == 0 or last.quote != 0)

    def _mention_of(self, tokens, run, key, rows):
        start, end = run[0], run[-1] + 1
        if end < len(tokens) and tokens[run[-1]].quote and tokens[end].text in CLOSING:
            end += 1
        if start and tokens[run[0]].quote and tokens[start - 1].text in OPENING:
            start -= 1
        said = _said(tokens, start, end)
        if len(rows) > 1:
            doubt = f"Kelios organizacijos vadinasi „{said}“: pasirinkite, kuri tai."
            return Mention(start, end, [Named(None, said, doubt)])
        written = self._written[key, id(rows[0])]
        return Mention(start, end, [Named(rows[0], said)], self._cases_of(tokens, start, run, written))

    def _cases_of(self, tokens, start, run, written):
        plain = [at for at in range(len(run)) if not tokens[run[at]].quote]
        head = plain[-1] if plain else None
        if head is None:
            # Only what is in quotation marks: the word before them tells.
            before = tokens[start - 1] if start else None
            is_dative = before and before.is_word and not before.is_capital and _DATIVE.search(before.text)
            return frozenset({"dative"}) if is_dative else ANY_CASE
        for at in plain[1:]:
            if tokens[run[at]].text.lower() == "prie":
                head = at - 1
                break
        word = tokens[run[head]].text
        if word.isupper() or word in {"VšĮ", "Všį"}:
            return ANY_CASE
        nominative = written[head].text
        # One organisation is no plural: „sąjungos“ is a genitive here.
        return frozenset(cases(nominative, word) - ({"nominative"} if word != nominative else set())) or ANY_CASE

    # --- LAGs by their head word ---

    def _by_head(self, tokens, taken):
        place = 0
        while place < len(tokens):
            size = 0 if place in taken or tokens[place].quote else lag_head(tokens, place)
            if size:
                yield self._lags_at(tokens, place, size, taken)
            place += size or 1

    def _lags_at(self, tokens, place, size, taken):
        """All who are named with one head word, and where their list begins and ends; None if nobody is."""
        start = self._start_of_list(tokens, place, taken)
        head = tokens[place + size - 1].text
        said_cases = ANY_CASE if size == 1 else frozenset(cases("grupė", head))
        end = place + size
        segments = _segments(tokens, start, place)
        countries = [code for words in segments if len(words) == 1 and (code := self.country(words[0]))]
        quoted, quoted_end = _quoted_after(tokens, end)
        if not quoted and len(countries) == len(segments):
            quoted, quoted_end = self._foreign_name_after(tokens, end)
        if len(segments) <= 1 and quoted:
            area = segments[0] if segments else []
            named = [self._with_own_name(area, quoted, tokens, start, quoted_end, countries)]
            return Mention(start, quoted_end, named, said_cases, [], is_lag=True)
        if len(countries) == len(segments):
            # „Austrijos, Lietuvos vietos veiklos grupės“ or nobody at all.
            return Mention(start, end, [], said_cases, countries, is_lag=True) if countries else None
        named = self._resolved(segments)
        if len(segments) == 1:
            # „X vietos veiklos grupės“ of one group is a genitive.
            said_cases -= {"nominative"} if head.endswith("ės") else set()
        return Mention(start, end, named, said_cases, countries, is_lag=True)

    def _start_of_list(self, tokens, place, taken):
        start = place
        while start and start - 1 not in taken and self._belongs_to_list(tokens, start - 1, place):
            start -= 1
        while start < place and (
            tokens[start].text in SEPARATORS
            or not tokens[start].is_word
            or tokens[start].stem in _NO_NAMES
            or (tokens[start].is_capital and _LOCATIVE.search(tokens[start].text))
        ):
            start += 1
        return start

    def _belongs_to_list(self, tokens, at, place):
        token, before, after = tokens[at], tokens[at - 1] if at else None, tokens[at + 1]
        if token.quote:
            return False
        if token.is_word:
            is_abbreviation = token.text.isupper() and len(token.text) <= 4
            is_name = token.is_capital and not is_abbreviation and token.text.lower() not in _FUNCTION_WORDS
            return is_name or token.stem in self._classifiers or token.text in SEPARATORS
        if token.text == ".":
            return before is not None and before.text.lower() in {"r", "raj", "sav"}
        if token.text in DASHES:
            return before is not None and before.is_capital and after.is_capital
        return token.text == ","

    def _foreign_name_after(self, tokens, end):
        """Words just after the head that are somebody's whole name."""
        stop = end
        while stop < len(tokens) and tokens[stop].is_word and not tokens[stop].quote and stop < end + 6:
            stop += 1
        if stop == end or not tokens[end].is_capital:
            return [], end
        for last in range(stop, end, -1):
            words = tokens[end:last]
            if self._called(tuple(token.stem for token in words)):
                return words, last
        return [], end

    def _called(self, key):
        """The rows that are called so: in quotation marks, or as the whole of what stands with the head word."""
        lags = {known.row for known in self._lags if known.quoted == key or (not known.quoted and known.area == key)}
        return {row for row in lags | self._names.get(key, set()) if row is OWN or row.kind in LAG_KINDS}

    def _with_own_name(self, area, quoted, tokens, start, end, countries):
        """„Jurbarko VVG „Nemunas““: the name in quotation marks decides, the place must not contradict it."""
        said = _said(tokens, start, end)
        key, place = tuple(token.stem for token in quoted), [token.stem for token in area]
        fitting = [row for row in self._called(key) if countries or self._lies_in(row, place)]
        if countries:
            fitting = [row for row in fitting if row is not OWN and self.country_of(row) == countries[0]]
        if len(fitting) == 1:
            return Named(fitting[0], said)
        return Named(None, said, _unknown(said))

    def _lies_in(self, row, place):
        known = {part for name in self._lags if name.row is row for part in name.area}
        return set(place) - _MAY_BE_UNSAID <= known

    def _resolved(self, segments):
        """Whom the segments of a list name, one each."""
        named = []
        for at, words in enumerate(segments):
            if len(words) == 1 and self.country(words[0]):
                continue
            shared = self._shared_classifier(segments, at)
            named.append(self._named(words, shared))
        return named

    def _shared_classifier(self, segments, at):
        """„Alytaus ir Prienų rajonų“: what a plural says for all the bare names before it; None if nothing."""
        if self._has_classifier(segments[at]):
            return None
        for words in segments[at + 1 :]:
            if self._has_classifier(words):
                return words[-1] if words[-1].text.lower().endswith("ų") else None
        return None

    def _has_classifier(self, words):
        return any(word.stem in self._classifiers for word in words[1:])

    def _named(self, words, shared):
        said = " ".join(word.text for word in words)
        place = tuple(word.stem for word in words)
        if shared:
            said = f"{said} ({shared.text})"
            place += (shared.stem,)
        row, is_loose = self._at_place(place)
        if row is None and (code := self.country(words[0])):
            row, is_loose = self._at_place(place[1:])
            row = row if row not in (None, OWN) and self.country_of(row) == code else None
        if row is None:
            return Named(None, said, self._why_unknown(said, place))
        if is_loose and row is not OWN:
            return Named(row, said, f"„{said}“ suprasta kaip „{row.short_name or row.name}“: patikrinkite.")
        return Named(row, said)

    def _at_place(self, place):
        """The LAG of a place, and whether its name is said otherwise in the directory."""
        if not place:
            return None, False
        bare = place[:-1] if place[-1] == "savivaldyb" else place
        for area, is_loose in ((place, False), (bare, True)):
            exact = {known.row for known in self._lags if known.area == area and not known.quoted}
            exact = exact or {known.row for known in self._lags if known.area == area}
            if len(exact) == 1:
                return exact.pop(), is_loose and area != place
            if exact:
                return None, False
        begun = {known.row for known in self._lags if known.area[: len(bare)] == bare}
        fitting = {
            known.row
            for known in self._lags
            if known.area[: len(bare)] == bare and set(known.area[len(bare) :]) <= _MAY_BE_UNSAID
        }
        # „Ukmergės“ is „Ukmergės rajono“ only where no other begins so.
        return (fitting.pop(), False) if len(begun) == 1 == len(fitting) else (None, False)

    def _why_unknown(self, said, place):
        begun = {known.row for known in self._lags if known.area[:1] == place[:1]}
        alike = sorted("mes patys" if row is OWN else row.short_name or row.name for row in begun)
        return _unknown(f"{said} vietos veiklos grupė", alike)


def _unknown(said, alike=()):
    text = f"Šalis neatpažinta: „{said}“."
    return f"{text} Gal {' ar '.join(alike)}?" if alike else f"{text} Jei tai partneris, įrašykite."


def _places(mentions):
    return {place for mention in mentions for place in range(mention.start, mention.end)}


def _said(tokens, start, end):
    """The words from one token to another as they were written, a space between."""
    text = ""
    for at in range(start, end):
        gap = at > start and tokens[at].start > tokens[at - 1].end
        text += (" " if gap else "") + tokens[at].text
    return text


def _segments(tokens, start, end):
    """The names of a list, each as its words."""
    segments = [[]]
    for token in tokens[start:end]:
        if token.text in SEPARATORS:
            segments.append([])
        elif token.is_word:
            segments[-1].append(token)
    return [words for words in segments if words]


def _quoted_after(tokens, end):
    """The words of a quotation that begins at a place, and where it ends; ([], end) if none does."""
    if end + 1 >= len(tokens) or tokens[end].text not in OPENING or not tokens[end + 1].quote:
        return [], end
    number, stop = tokens[end + 1].quote, end + 1
    while stop < len(tokens) and tokens[stop].quote == number:
        stop += 1
    return [token for token in tokens[end + 1 : stop] if token.is_word], min(stop + 1, len(tokens))


def countries_by_name():
    """The Lithuanian names of all countries → their codes."""
    from django.utils import translation
    from django_countries import countries

    with translation.override("lt"):
        return {name: code for code, name in countries}

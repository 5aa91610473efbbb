"""Entries of prose as agreements and memberships; keeping them as drafts."""

import re
from contextlib import suppress
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from django.db import transaction
from django.db.models import Q

from core.content_checks import NotReady
from core.trash_pages import without_trash
from core.visibility import TRASH_PATH
from lithuanian.calendar_text import format_date
from lithuanian.dates import Precision, edtf_bounds, precision
from lithuanian.folding import fold
from lithuanian.stated_dates import find_stated_dates
from lithuanian.stems import stem
from partners.models import (
    HOME_COUNTRY,
    AgreementKind,
    AgreementParty,
    CooperationAgreementPage,
    NetworkMembership,
    OrganisationKind,
    PartyRole,
)
from projects.models import ProjectAgreement, ProjectPage
from wordpress_import.registers.directory import OWN, SEPARATORS, Directory, tokens_of
from wordpress_import.registers.parties import SIGNED, Clause, Found, Reader
from wordpress_import.registers.texts import entries_of

# An entry of a register is a paragraph. Of a whole article only the beginning is read: all of it would take minutes.
LONGEST = 5000


@dataclass
class Entry:
    """
    What one entry says of an agreement, or of a membership in a network.

    `text` is the entry word for word. `kind` is an AgreementKind, "" where the words leave it open. `date` and
    `date_inferred` are EDTF, "" if not known. `parties` are pairs of a row of the directory and a PartyRole; of a
    membership its one row is the network. `doubts` are sentences for the editor.
    """

    text: str
    kind: str = ""
    is_membership: bool = False
    date: str = ""
    date_as_stated: str = ""
    date_inferred: str = ""
    date_note: str = ""
    parties: list = field(default_factory=list)
    doubts: list = field(default_factory=list)
    unnamed_party_count: int = 0
    unnamed_countries: list = field(default_factory=list)
    project_names: list = field(default_factory=list)
    place_signed: str = ""


def read_entries(text_or_html, directory, own_names):
    """
    The agreements and memberships that a text lists, a list of `Entry` in the text's order.

    `directory` knows the other organisations, `own_names` are those of the LAG itself. What speaks neither of an
    agreement nor of a membership is no entry.
    """
    directory = Directory(directory.rows, own_names, directory.countries)
    read = (_entry(text, directory) for text in entries_of(text_or_html))
    return [entry for entry in read if entry]


def _entry(text, directory):
    entry = _Reading(text[:LONGEST], directory).entry()
    if entry and len(text) > LONGEST:
        entry.text = text
        entry.doubts.append("Įrašas labai ilgas: perskaityta tik jo pradžia. Pažiūrėkite, ar toliau nėra dar ko nors.")
    return entry


# --- Words ------------------------------------------------------------------------------------------------------------

_NOUN = re.compile(
    r"(?:(?P<agreement>sutar(?:tis|ties|čiai|tį|timi|tyje|tys|čių|tims|timis|tyse))|(?P<arrangement>susitarim\w+)"
    r"|(?P<protocol>protokol\w+|memorandum\w+|deklaracij\w+))\Z",
    re.IGNORECASE,
)
# Words that may stand among those that say of which kind an agreement is.
_FILLERS = {"ir", "bei", "bendradarbiauti", "viet", "veikl"}
_FILLER_STEMS = {
    stem(w) for w in ["tarpusavio", "dvišalė", "trišalė", "ilgalaikė", "tarptautinė", "teritorinė", "tarpinstitucinė"]
}
_MEMBER = re.compile(
    r"(?:\b(?:yra|tapo|tapome|esame|priimt\w+|buvo)\b[^.;]*\bnar(?:ė|e|ys|iu|iai|iais|es|ėmis)\b"
    r"|\bįstojo(?:me)?\s+į\b|\bpriimt\w+\s+į\b|\bnar(?:ė|ys|iai)\s+nuo\b|\bnarystė\w*)",
    re.IGNORECASE,
)
_COOPERATION = re.compile(r"\b(?:bendradarb|partneryst|partneri)\w*", re.IGNORECASE)
# A period that is a programme's or a strategy's and says nothing of the agreement.
_OF_PROGRAMME = re.compile(r"\s*(?:\w+\s+){0,3}?(?:program|strateg|laikotarp|finansav|priemon|LEADER|KPP|VPS)", re.I)
_SIGNED_AFTER_DATE = re.compile(
    r"\s*(?:tarp\s+šalių\s+)?(?:pa)?(?:sirašyt|sudaryt|patvirtint)\w*\s+(?:\W?\w+\W*\s*){0,4}"
)
_SIGNED_BEFORE_DATE = re.compile(r"(?:pa)?(?:sirašyt|sudaryt)\w*\s*$", re.IGNORECASE)
_AGREED = re.compile(r"su(?:si)?tar(?:ė|ta|ėme)\Z", re.IGNORECASE)
# What happens to an agreement later.
_ENDED = re.compile(r"\b(?:nutrauk|pasibaig|baigė|pratęs|papildyt|pakeist|atnaujint)\w*", re.IGNORECASE)
_ORDINALS = {"pirm": 1, "antr": 2, "treči": 3, "ketvirt": 4, "penkt": 5, "šešt": 6, "septint": 7}
_DAY_OF_VISIT = re.compile(
    r"\b(?P<which>\w+?)(?:osios|ąją|oji|oje|ojoje|ios|ą|os)?\s+dien(?:os|ą|a|oje)\b", re.IGNORECASE
)
_PROJECT = re.compile(r"\bprojekt\w*\s*(?:pavadinimu\s*)?[„“\"«]\s*([^„“”\"«»]+?)\s*[“”\"»]", re.IGNORECASE)
_ABBREVIATION = re.compile(
    r"(?:^|\W)(?:m|d|mėn|r|raj|sav|sen|nr|pvz|žr|val|proc|g|a|prof|dr|t|y|š|pan|p|[A-ZŠŽČ])$", re.I
)
_SENTENCE_END = re.compile(r"[.!?…]+[“”\"»)]?\s+(?=[„\"(]?[A-ZĄČĘĖĮŠŲŪŽ])")
_BEGINS_SENTENCE = re.compile(r"(?:Projekt|Sutart|Šal|Jos?\b|Juo\b|Ji\b|Tai\b|Ši|Taip)")
_LEAD = re.compile(r"(?:administrator|koordinator|pareiškėj)\w*|(?:pagrindin|vadovaujan)\w+ partner\w*", re.IGNORECASE)
_NUMBERS = {
    **dict.fromkeys(("du", "dvi", "dviem", "dviejų"), 2),
    **dict.fromkeys(("trys", "trimis", "trijų"), 3),
    **dict.fromkeys(("keturi", "keturios", "keturiais", "keturiomis", "keturių"), 4),
    **dict.fromkeys(("penki", "penkios", "penkiais", "penkiomis", "penkių"), 5),
    **dict.fromkeys(("šeši", "šešios", "šešiais", "šešiomis", "šešių"), 6),
    **dict.fromkeys(("septyni", "septynios", "septyniais", "septyniomis", "septynių"), 7),
    **dict.fromkeys(("aštuoni", "aštuonios", "aštuoniais", "aštuoniomis", "aštuonių"), 8),
    **dict.fromkeys(("devyni", "devynios", "devyniais", "devyniomis", "devynių"), 9),
    **dict.fromkeys(("dešimt", "dešimčia", "dešimties"), 10),
}
_COUNT = rf"(?P<count>\d{{1,2}}|{'|'.join(_NUMBERS)})"
_PARTNERS = r"(?:\w+\s+){0,2}?(?:partner|asociacij|organizacij|VVG\b|viet\w+ veikl\w+ grup)"
_WITH_OTHERS = re.compile(rf"\bsu\s+{_COUNT}\s+{_PARTNERS}\w*(?P<abroad>[^.;]{{0,60}}užsienio)?", re.IGNORECASE)
_WITH_US = re.compile(rf"(?:^|\btarp\s+|[–—-]\s*|\b(?:m|d|mėn)\.\s+){_COUNT}\s+{_PARTNERS}", re.IGNORECASE)
_OF_COUNTRIES = re.compile(rf"\b{_COUNT}\s+(?:ES\s+|Europos\s+)?(?:šalių|valstybių)\b", re.IGNORECASE)

# Places: the locative tells the nominative where its ending can come of one only.
_LOCATIVES = (("iuose", "iai"), ("uose", "ai"), ("uje", "us"), ("oje", "a"), ("ėje", "ė"))
_ANY_LOCATIVE = re.compile(r"(?:uje|oje|ėje|yje|uose|ose|ėse|yse|ne|re|te|le|de)\Z")
_SITUATED = re.compile(r"(?:veiki|esan|įsikūr|registruot|gyven)\w*\Z", re.IGNORECASE)


def _number(text):
    return int(text) if text.isdigit() else _NUMBERS[text.lower()]


def _is_like(word, wanted):
    """Whether a word is one that is wanted, but for a slip of the pen."""
    return SequenceMatcher(None, stem(word), stem(wanted)).ratio() >= 0.85


class _Reading:
    """One entry being read."""

    def __init__(self, text, directory):
        self.directory = directory
        self.text = " ".join(text.split())
        self.read = Entry(text=text.strip())
        self.sentence_starts, self.sentences = [], []
        start = 0
        for end in [*self._sentence_ends(), len(self.text)]:
            self.sentence_starts.append(start)
            self.sentences.append(self.text[start:end].rstrip())
            start = end

    def _sentence_ends(self):
        for match in _SENTENCE_END.finditer(self.text):
            before, after = self.text[: match.start()], self.text[match.end() :]
            is_abbreviation = match[0][0] == "." and _ABBREVIATION.search(before)
            if not is_abbreviation or (len(before) > 40 and _BEGINS_SENTENCE.match(after)):
                yield match.end()

    def entry(self):
        """What it says; None if it speaks neither of an agreement nor of a membership."""
        kinds = [self._kinds(tokens_of(sentence)) for sentence in self.sentences]
        number = next((at for at, found in enumerate(kinds) if any(kind for kind, *_ in found)), None)
        if number is None and _MEMBER.search(self.text):
            return self._membership()
        if number is None:
            number = next((at for at, found in enumerate(kinds) if found), None)
        if number is None:
            number = next((at for at, s in enumerate(self.sentences) if self._is_signed(s)), None)
        dates = self._dates()
        if number is None:
            mentions = self.directory.mentions(tokens_of(self.text))
            if not (dates and dates[0].start < 4 and _COOPERATION.search(self.text) and mentions):
                return None
            number = 0
        self._agreement(number, kinds[number], dates)
        return self.read

    def _is_signed(self, sentence):
        return any(SIGNED.match(token.text) and not token.quote for token in tokens_of(sentence))

    # --- Kind ---

    def _kinds(self, tokens):
        """The agreements that a sentence names: triples of AgreementKind or "", first token, end."""
        found = []
        for at, token in enumerate(tokens):
            noun = _NOUN.match(token.text)
            if not noun:
                continue
            begins = at
            while begins and self._says_kind(tokens[begins - 1]) and at - begins < 4:
                begins -= 1
            said = [other for other in tokens[begins:at] if other.is_word]
            if begins and tokens[begins - 1].text.lower() == "dėl":
                continue  # what is talked of is not agreed yet
            kind = self._kind_of(noun.lastgroup, said)
            if kind is not None:
                found.append((kind, begins, at + 1))
        qualified = [row for row in found if row[0]]
        return qualified or found

    def _says_kind(self, token):
        word = token.text.casefold()
        return (
            word in _FILLERS
            or token.stem in _FILLERS | _FILLER_STEMS
            or token.text in '„“"«'
            or self._word_of_kind(token.text) is not None
        )

    @staticmethod
    def _word_of_kind(word):
        words = ("bendradarbiavimo", "jungtinės", "ketinimų", "partnerystės")
        return next((wanted for wanted in words if _is_like(word, wanted)), None)

    def _kind_of(self, noun, said):
        words = {self._word_of_kind(token.text) for token in said}
        if noun == "agreement":
            if "jungtinės" in words:
                return AgreementKind.JOINT_ACTIVITY_AGREEMENT.value
            return AgreementKind.COOPERATION_AGREEMENT.value if "bendradarbiavimo" in words else ""
        if "ketinimų" in words:
            return AgreementKind.LETTER_OF_INTENT.value
        if noun == "arrangement":
            return AgreementKind.COOPERATION_ARRANGEMENT.value if "bendradarbiavimo" in words else ""
        # A protocol of anything else is none of ours.
        return "" if words - {None} else None

    # --- Date ---

    def _dates(self):
        """The dates that may be the agreement's: not those of programmes and strategies."""
        return [
            date
            for date in find_stated_dates(self.text)
            if not (precision(date.edtf) == Precision.RANGE and _OF_PROGRAMME.match(self.text, date.end))
        ]

    def _date(self, number, dates):
        """Choose the agreement's own date; where the headline's date ends, or 0."""
        headline = dates[0] if dates and not self._word_before(dates[0].start) else None
        own = next((date for date in dates if date is not headline and self._is_of_agreement(date)), None)
        if headline and own and self._is_signed(self.text[headline.end : own.start]):
            if own.edtf != headline.edtf:
                self.read.doubts.append(f"Tekste yra dvi pasirašymo datos: „{headline.words}“ ir „{own.words}“.")
            own = None
        chosen = own or headline
        if not chosen:
            start = self.sentence_starts[number]
            inside = [date for date in dates if start <= date.start < start + len(self.sentences[number])]
            near = [date for date in inside if self._is_beside_verb(date)]
            chosen = near[0] if near else inside[0] if len(inside) == 1 else None
        if chosen:
            self.read.date, self.read.date_as_stated = chosen.edtf, chosen.words
            if own and headline and own.edtf != headline.edtf:
                self.read.date_note = (
                    f"Įrašas senojoje svetainėje prasideda data „{headline.words}“, "
                    f"o pati sutartis, kaip jame parašyta, sudaryta „{own.words}“."
                )
            self._infer(chosen)
            if _ENDED.search(self.sentences[number]) and not self._is_signed(self.sentences[number]):
                self.read.doubts.append(f"Neaišku, ar „{chosen.words}“ sutartis sudaryta, ar pakeista arba nutraukta.")
                self.read.date = self.read.date_inferred = ""
        else:
            said = ", ".join(f"„{date.words}“" for date in dates)
            self.read.doubts.append(
                f"Neaišku, kuri data – sutarties: {said}." if said else "Sutarties data nenurodyta."
            )
        return headline.end if headline else 0

    def _word_before(self, place):
        return bool(re.search(r"\w{2}", self.text[:place]))

    def _is_of_agreement(self, date):
        after = _SIGNED_AFTER_DATE.match(self.text, date.end)
        if after:
            words = self.text[date.end : after.end() + 40].split()[:7]
            return any(_NOUN.match(word.strip('„“”",.;()')) for word in words)
        before = self.text[: date.start]
        if not _SIGNED_BEFORE_DATE.search(before):
            return False
        return any(_NOUN.match(word.strip('„“”",.;()')) for word in before.split()[-4:-1])

    def _is_beside_verb(self, date):
        words = [*self.text[: date.start].split()[-2:], *self.text[date.end :].split()[:3]]
        return any(SIGNED.match(word.strip(",.;()")) for word in words)

    def _infer(self, chosen):
        """Of a visit of several days: on which of them it was signed, where the text counts them."""
        if precision(chosen.edtf) != Precision.RANGE:
            return
        first, last = edtf_bounds(chosen.edtf)
        if len(chosen.edtf) != 21 or (last - first).days > 6:
            return
        sentence_end = self.text.find(self.sentences[0][-20:]) + 20
        for match in _DAY_OF_VISIT.finditer(self.text, chosen.end, max(sentence_end, chosen.end)):
            day = next((n for name, n in _ORDINALS.items() if match["which"].lower().startswith(name)), 0)
            if day and day <= (last - first).days + 1:
                inferred = first.replace(day=first.day).fromordinal(first.toordinal() + day - 1)
                self.read.date_inferred = inferred.isoformat()
                self.read.date_as_stated = f"{chosen.words} … {match[0]}"
                self.read.date_note = (
                    f"Šaltinyje nurodytos kelios dienos („{chosen.words}“) ir pasakyta: „{match[0]}“. "
                    f"Iš to išvesta data – {format_date(inferred)} Pati ji šaltinyje neįrašyta."
                )
                return
        self.read.doubts.append(f"Kurią iš dienų („{chosen.words}“) pasirašyta, nepasakyta.")

    # --- Membership ---

    def _membership(self):
        dates = self._dates()
        self.read.is_membership = True
        if dates:
            date = dates[0].edtf
            self.read.date = date if "/" in date else f"{date}/.."
            self.read.date_as_stated = dates[0].words
        found = {
            who.organisation
            for mention in self.directory.mentions(tokens_of(self.text))
            for who in mention.named
            if who.organisation not in (None, OWN)
        }
        networks = [row for row in found if row.kind == OrganisationKind.NETWORK]
        if len(networks) == 1:
            self.read.parties = [(networks[0], PartyRole.PARTNER.value)]
        else:
            self.read.doubts.append("Kurio tinklo ar sąjungos narystė, neatpažinta: įrašykite ją narystėse.")
        return self.read

    # --- Agreement ---

    def _agreement(self, number, kinds, dates):
        read = self.read
        headline_end = self._date(number, dates)
        sentence, start = self.sentences[number], self.sentence_starts[number]
        tokens = tokens_of(sentence)
        begins = next((at for at, token in enumerate(tokens) if token.start + start >= headline_end), 0)
        if kinds and not kinds[0][0] and any(_AGREED.match(token.text) for token in tokens[: kinds[0][1]]):
            kinds = []  # „susitarė …, susitarimo“: what they agreed is named by the verb alone
        kind = kinds[0] if kinds else None
        self._name_kind(kind, kinds, tokens, sentence)
        clause = Clause(tokens, begins, kind and kind[1:])
        if len({row[0] for row in kinds}) > 1:
            clause.stop = min(clause.stop, kinds[1][1])
            read.doubts.append("Įraše minima daugiau negu viena sutartis: perskaityta tik pirmoji.")
        found = Reader(clause, self.directory).read(HOME_COUNTRY) if kind or clause.verbs else Found()
        read.doubts += found.doubts
        read.parties = [(row, PartyRole.PARTNER.value) for row in found.named]
        self._lead()
        self._unnamed(found, sentence)
        if not read.parties and not found.unknown and not read.unnamed_party_count:
            read.doubts.append(self._nobody_found(clause))
        if len(read.parties) > 1 and not re.search(r"\bsu\b|\bmūsų\b", sentence) and not self._names_us(clause):
            read.doubts.append("Mūsų VVG įraše nepaminėta: patikrinkite, ar ji – šios sutarties šalis.")
        read.project_names = list(dict.fromkeys(" ".join(name.split()) for name in _PROJECT.findall(self.text)))
        self._place(clause)

    def _name_kind(self, kind, kinds, tokens, sentence):
        read = self.read
        if kind and kind[0]:
            read.kind = kind[0]
        elif kind:
            said = sentence[tokens[kind[1]].start : tokens[kind[2] - 1].end]
            read.doubts.append(f"Sutarties rūšis neaiški („{said.strip('„“')}“): pasirinkite.")
        elif self._is_signed(sentence):
            read.kind = AgreementKind.OTHER.value
        else:
            read.doubts.append("Neaišku, ar tai sutartis: nepasakyta, kad kas nors pasirašyta ar susitarta.")

    def _names_us(self, clause):
        return any(
            who.organisation is OWN for mention in self.directory.mentions(clause.tokens) for who in mention.named
        )

    def _nobody_found(self, clause):
        mentioned = {
            who.organisation.short_name or who.organisation.name
            for mention in self.directory.mentions(clause.tokens)
            for who in mention.named
            if who.organisation not in (None, OWN)
        }
        text = "Kitos sutarties šalys neatpažintos: įrašykite jas."
        return f"{text} Įraše minima: {'; '.join(sorted(mentioned))}." if mentioned else text

    def _lead(self):
        """The role of who is said to administer the project, where that is one of the parties."""
        tokens = tokens_of(self.text)
        mentions = self.directory.mentions(tokens)
        for match in _LEAD.finditer(self.text):
            at = next((n for n, token in enumerate(tokens) if token.start >= match.end()), len(tokens))
            while at < len(tokens) and not tokens[at].is_word:
                at += 1
            said = [row for row, _ in self.read.parties if self._is_named_at(row, tokens, at, mentions)]
            if len(said) == 1:
                self.read.parties = [
                    (row, PartyRole.LEAD.value if row is said[0] else role) for row, role in self.read.parties
                ]
                return

    def _is_named_at(self, row, tokens, at, mentions):
        if any(mention.start == at and [who.organisation for who in mention.named] == [row] for mention in mentions):
            return True
        # „administratorius Kaišiadorių rajono ir partneriais VVG“: the place alone, of two words at least.
        said = [token.stem for token in tokens[at : at + 6] if token.is_word]
        return any(len(area) > 1 and said[: len(area)] == list(area) for area in self.directory.areas_of(row))

    def _unnamed(self, found, sentence):
        """How many parties are only counted, and of which countries."""
        read, home = self.read, HOME_COUNTRY
        others = _WITH_OTHERS.search(self.text)
        countries = list(dict.fromkeys([*found.countries, *(self._countries_after(others.end()) if others else [])]))
        abroad = [row for row, _ in read.parties if Directory.country_of(row) != home]
        named = {Directory.country_of(row) for row in abroad}
        read.unnamed_countries = [code for code in countries if code != home and code not in named]
        stated = _OF_COUNTRIES.search(sentence)
        if stated and countries and _number(stated["count"]) != len({*countries, *named, home}):
            read.doubts.append(f"Pasakyta „{stated[0]}“, o išvardyta kitiek šalių.")
        if others:
            is_abroad = others["abroad"] or (countries and home not in countries)
            told = len(abroad) if is_abroad else len(read.parties)
            read.unnamed_party_count = max(0, _number(others["count"]) - told - found.unknown)
        elif us := _WITH_US.search(sentence):
            missing = _number(us["count"]) - 1 - len(read.parties) - found.unknown
            if not read.parties and not found.unknown:
                read.unnamed_party_count = max(0, missing)
            elif missing:
                read.doubts.append(f"Pasakyta „{us[0].strip(' –—-')}…“, o su mumis išvardyta kitiek.")
        if read.unnamed_countries and not read.unnamed_party_count:
            read.doubts.append("Partneriai minimi tik šalimis: kiek jų, nepasakyta.")

    def _countries_after(self, place):
        """The codes of „… iš Latvijos, Estijos ir Suomijos“ just after a place."""
        codes, began = [], False
        for token in tokens_of(self.text[place : place + 120]):
            if began and (code := self.directory.country(token)):
                codes.append(code)
            elif began and token.text not in SEPARATORS or not token.is_word and not began:
                break
            began = began or token.text == "iš"
        return codes

    def _place(self, clause):
        """Where it was signed: a place in the locative in the clause that tells of the signing."""
        tokens, places = clause.tokens, []
        taken = {at for mention in self.directory.mentions(tokens) for at in range(mention.start, mention.end)}
        for at in range(clause.begins, clause.stop):
            token = tokens[at]
            is_place = token.is_capital and not token.quote and at not in taken and _ANY_LOCATIVE.search(token.text)
            if not is_place or self.directory.country(token) == HOME_COUNTRY or self._is_situated(tokens, at):
                continue
            if _NOUN.match(token.text):
                continue
            first = at
            while first and tokens[first - 1].is_capital and first - 1 not in taken and first > clause.begins:
                first -= 1
            said = " ".join(word.text for word in tokens[first : at + 1])
            places.append((said, self._nominative(tokens[at].text, said)))
        if len(places) == 1 and places[0][1]:
            self.read.place_signed = places[0][1]
        elif places:
            said = "“, „".join(said for said, _ in places)
            self.read.doubts.append(f"Pasirašymo vieta neaiški: „{said}“.")

    @staticmethod
    def _is_situated(tokens, at):
        return any(_SITUATED.match(token.text) for token in tokens[max(0, at - 2) : at])

    @staticmethod
    def _nominative(word, said):
        for ending, nominative in _LOCATIVES:
            if word.endswith(ending):
                return said.removesuffix(ending) + nominative
        return ""


# --- Keeping ----------------------------------------------------------------------------------------------------------

NOTE = "Perkelta iš senosios svetainės teksto (skirtukas „Šaltinis“): palyginkite ir papildykite."


@transaction.atomic
def keep(entries, parent, source_url=""):
    """
    Make a draft agreement of every entry, and a membership of every membership; all of them or none.

    `parent` is the CooperationIndexPage. What is there already is left as it is: an agreement with the same source
    text (also in the trash), or of the same kind whose date overlaps and which has a party in common; a membership in
    the same network. Returns, entry by entry, pairs of the page (None for a membership) and whether it was made.
    """
    there = _agreements_there(parent)
    kept = []
    for order, entry in enumerate(entries, 1):
        if entry.is_membership:
            kept.append((None, _keep_membership(entry, source_url)))
            continue
        page = next((page for page, states in there if any(_is_same(entry, state) for state in states)), None)
        kept.append((page or _draft(entry, parent, source_url, order), page is None))
    return kept


def _agreements_there(parent):
    """The agreements of the register and of the trash, each with its states: as stored, and as last edited."""
    mine = Q(pk__in=CooperationAgreementPage.objects.child_of(parent)) | Q(url_path__startswith=TRASH_PATH)
    pages = CooperationAgreementPage.objects.filter(mine).prefetch_related("parties").select_related("latest_revision")
    return [
        (page, [page, page.get_latest_revision_as_object()] if page.has_unpublished_changes else [page])
        for page in pages
    ]


def _is_same(entry, page):
    if page.source_text.split() == entry.text.split():
        return True
    if page.url_path.startswith(TRASH_PATH) or page.kind != entry.kind or not (page.date and entry.date):
        return False
    mine, others = {row.pk for row, _ in entry.parties}, {party.organisation_id for party in page.parties.all()}
    if not mine:
        return page.date == entry.date and not others
    return bool(mine & others) and _overlap(page.date, entry.date)


def _overlap(one, other):
    """Whether two EDTF dates can mean the same day."""
    first, last = zip(edtf_bounds(one), edtf_bounds(other), strict=True)
    begins, ends = max(filter(None, first), default=None), min(filter(None, last), default=None)
    return not (begins and ends) or begins <= ends


def _draft(entry, parent, source_url, order):
    projects = _projects_named(entry.project_names)
    lost = [name for name in entry.project_names if not projects.get(fold(name))]
    remarks = [*entry.doubts, *(f"Projektas „{name}“ svetainėje nerastas: susiekite, kai bus." for name in lost)]
    page = CooperationAgreementPage(
        title=title_of(entry)[:255],
        kind=entry.kind,
        date=entry.date,
        date_as_stated=entry.date_as_stated,
        date_inferred=entry.date_inferred,
        date_note=entry.date_note,
        unnamed_party_count=entry.unnamed_party_count,
        unnamed_party_countries=entry.unnamed_countries,
        place_signed=entry.place_signed,
        register_order=order,
        source_url=source_url,
        source_text=entry.text,
        editor_note="\n".join([NOTE, *(f"– {remark}" for remark in remarks)]),
        live=False,
        parties=[
            AgreementParty(organisation=row, role=role, sort_order=place)
            for place, (row, role) in enumerate(entry.parties)
        ],
    )
    parent.add_child(instance=page)
    page.save_revision()
    for project in filter(None, projects.values()):
        _link(project, page)
    return page


def title_of(entry):
    """What a draft is called: its kind, and the project or the parties."""
    kind = AgreementKind(entry.kind).label if entry.kind else "Sutartis"
    if entry.kind == AgreementKind.OTHER:
        kind = "Susitarimas"
    if entry.project_names:
        return f"{kind} dėl projekto „{entry.project_names[0]}“"
    names = [row.short_name or row.name for row, _ in entry.parties]
    # Names that end so look the same after „su“; the others stay in the nominative.
    if names and all(name.endswith(("VVG", "“")) and name[0] not in "„" for name in names):
        return f"{kind} su {_listed(names)}"
    return f"{kind}: {_listed(names)}" if names else f"{kind} ({entry.date_as_stated or 'be datos'})"


def _listed(names):
    return " ir ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def _projects_named(names):
    """Folded name → the project's page, None where there is none, or are several."""
    wanted = {fold(name): [] for name in names}
    if wanted:
        for project in without_trash(ProjectPage.objects.all()):
            if (key := fold(project.title)) in wanted:
                wanted[key].append(project)
    return {key: found[0] if len(found) == 1 else None for key, found in wanted.items()}


def _link(project, agreement):
    """Add the agreement to the project's. Nobody sees more by it: a link to a draft shows to nobody."""
    is_whole = project.live and not project.has_unpublished_changes
    edited = project.get_latest_revision_as_object()
    edited.agreement_links.add(ProjectAgreement(agreement=agreement))
    revision = edited.save_revision()
    if is_whole:
        with suppress(NotReady):  # then the link waits in the project's draft
            revision.publish()


def _keep_membership(entry, source_url):
    """A membership in the network, unless there is one. Returns whether it was made."""
    if not entry.parties:
        return False
    network = entry.parties[0][0]
    if NetworkMembership.everything.filter(network=network).exists():
        return False
    membership = NetworkMembership(
        network=network,
        since=entry.date.removesuffix("/.."),
        since_as_stated=entry.date_as_stated,
        source_url=source_url,
    )
    membership.full_clean(exclude=["trash", "latest_revision"])
    membership.save()
    membership.save_revision()
    return True

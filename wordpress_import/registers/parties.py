"""
Which of the organisations that a sentence names are parties to the agreement it speaks of.

Only what the grammar says plainly counts: the subject of „pasirašė“, „sudarė“, „susitarė“; what follows „su“ or „tarp“
in the case that they govern; the hosts of a visit on which something was signed. A name in another case or place („X
savivaldybės seniūnijoje“, „Agentūrai pateikė“) is no party.
"""

import re
from dataclasses import dataclass, field

from wordpress_import.registers.directory import CLOSING, OPENING, OWN, SEPARATORS, Directory

ACTIVE = r"(?:pa)?sirašė|sudarė|su(?:si)?tarė|pasirašo|sudaro|pasirašėme|sudarėme|su(?:si)?tarėme"
PASSIVE = r"pasirašyt(?:a|as|i|os)|sudaryt(?:a|as|i|os)|su(?:si)?tarta"
SIGNED = re.compile(rf"(?:{ACTIVE}|{PASSIVE})\Z", re.IGNORECASE)
SIGNED_PASSIVE = re.compile(rf"(?:{PASSIVE})\Z", re.IGNORECASE)

# What follows the agreement and its parties: what it is about, what was done by it.
_AFTERWARDS = re.compile(
    r"(?:dėl|kur(?:i|io|ia|ią|iuo|ios|iame|ioje|iais|ių|ie|iomis)|pagal|siek(?:iant|dam\w+)|kad|jog|"
    r"(?:pa)?reng(?:ti|iant)|(?:į)?gyvendin(?:ti|ant)|vykd(?:yti|ant)|teik(?:ti|iant)|"
    r"\w*(?:parengė|pateikė|įgyvendino|vykdė|gavo|įsipareigojo|nutarė|nusprendė|surengė|organizavo|dalyvavo))\Z",
    re.IGNORECASE,
)
_OTHER_VERB = re.compile(
    r"(?:lankėsi|svečiavosi|viešėjo|surengė|organizavo|vyko|įvyko|dalyvavo|pristatė|pakvietė|priėmė|aplankė|atvyko|"
    r"tapo|yra|buvo|parėmė|skyrė|gavo|baigė|pradėjo|įgyvendino|parengė|pateikė)\Z"
)
_PREPOSITIONS = {
    "prie",
    "į",
    "iš",
    "pas",
    "per",
    "nuo",
    "iki",
    "už",
    "apie",
    "dėl",
    "pagal",
    "be",
    "po",
    "prieš",
    "ant",
}
# Another predicate than the signing: „aptarti projektai“, „surengė mugę“.
_OTHER_PREDICATE = re.compile(r"[a-ząčęėįšųūž]{3,}(?:t[aio]|tas|tos|ama|oma)\Z")
_OCCASION = re.compile(r"(?:metu|proga|dien\w+|vizit\w+|renginy?\w*|konferencij\w+|šalių|ES)\Z")
_GOES_ON = {"kartu", "su", "tarp", "metu", "taip"}
_VISIT = re.compile(r"(?:vizit|vieš|svečiuo|išvyk)\w*", re.IGNORECASE)
_CO_WORKING = re.compile(r"(?:bendradarbiau\w+|kartu|drauge|partneri\w+)\Z", re.IGNORECASE)


@dataclass
class Found:
    """The parties of an agreement: `named` rows in order, sentences for the editor, countries of those unnamed."""

    named: list = field(default_factory=list)
    doubts: list = field(default_factory=list)
    countries: list = field(default_factory=list)
    # How many the text names that the directory does not know.
    unknown: int = 0

    def add(self, who):
        """Take somebody named, unless it is the LAG itself or is there already."""
        if who.doubt and who.doubt not in self.doubts:
            self.doubts.append(who.doubt)
        if who.organisation is None:
            self.unknown += 1
        elif who.organisation is not OWN and who.organisation not in self.named:
            self.named.append(who.organisation)

    def unknown_name(self, said):
        """Tell of a name that nobody is known by."""
        self.unknown += 1
        self.doubts.append(f"Šalis neatpažinta: {_quoted(said)}. Jei tai partneris, įrašykite.")

    def unsure(self, said):
        """Tell of somebody known, of whom it is not plain that they are a party."""
        self.doubts.append(f"Neaišku, ar {_quoted(said)} – sutarties šalis: jei taip, įrašykite.")


def _quoted(said):
    """Some words of a text in quotation marks, with those that they hold."""
    said = said.strip(" .,;:")
    # A quotation that is all there is needs no second pair of marks.
    return f"„{said.strip(OPENING + CLOSING)}“" if said[0] in OPENING else f"„{said}“"


@dataclass
class Clause:
    """A sentence of an agreement: its tokens, where its date ends, where the agreement is named (None: nowhere)."""

    tokens: list
    begins: int
    kind: tuple | None

    def __post_init__(self):
        tokens = self.tokens
        self.verbs = [at for at, token in enumerate(tokens) if not token.quote and SIGNED.match(token.text)]
        if self.kind:
            self.verbs = [at for at in self.verbs if at < self.kind[1] + 25]
        marks = [*self.verbs[:1], *([self.kind[0]] if self.kind else [])]
        self.first = min(marks, default=len(tokens))
        self.act_end = self.kind[1] if self.kind else self.first + 1
        after = range(self.act_end, len(tokens))
        ends = (at for at in after if not tokens[at].quote and _AFTERWARDS.match(tokens[at].text))
        self.stop = next(ends, len(tokens))
        self.is_passive = bool(self.verbs) and bool(SIGNED_PASSIVE.match(tokens[self.verbs[0]].text))

    def ends_name(self, at):
        """Whether what stands at a place can follow a name without being governed by it."""
        if at >= len(self.tokens):
            return True
        token = self.tokens[at]
        return (
            not token.is_word
            or token.text.lower() in SEPARATORS | _GOES_ON
            or token.text[0].isdigit()
            or at in self.verbs
            or bool(self.kind and self.kind[0] <= at < self.kind[1])
            or bool(_AFTERWARDS.match(token.text))
        )


class Reader:
    """Reads the parties of one clause."""

    def __init__(self, clause, directory: Directory):
        self.clause, self.tokens, self.directory = clause, clause.tokens, directory
        self.mentions = directory.mentions(clause.tokens)
        self.starts = {mention.start: mention for mention in self.mentions}
        self.within = {at: mention for mention in self.mentions for at in range(mention.start, mention.end)}
        self.found = Found()
        self.read_already = set()

    def read(self, home):
        """All that is found; `home` is the country of the LAG itself."""
        self._chains()
        self._subjects()
        self._hosts()
        self._partners_at_home(home)
        return self.found

    # --- „su X, Y ir Z“, „tarp X ir Y“ ---

    def _chains(self):
        for at in range(self.clause.begins, self.clause.stop):
            word = self.tokens[at].text.lower()
            if word in {"su", "tarp"} and at not in self.within and not self.tokens[at].quote and self._governs(at):
                self._chain(at, "instrumental" if word == "su" else "genitive", self.clause.stop)

    def _governs(self, at):
        """After the agreement „su“ must follow at once: „pasirašė sutartį ir kartu su X surengė“ is another matter."""
        if at < self.clause.act_end:
            return True
        depth = 0
        for token in self.tokens[self.clause.act_end : at]:
            depth += {"(": 1, ")": -1}.get(token.text, 0)
            if depth == 0 and not token.quote and (token.text in SEPARATORS or token.text in {"o", ";"}):
                return False
        return True

    def _chain(self, at, case, limit):
        """Read a list that „su“ or „tarp“ at a place governs."""
        place = at + 1
        while place < limit:
            place, mention = self._next_name(place, limit, case)
            if mention:
                self._take(mention, case)
            if place >= limit or self.tokens[place].text not in SEPARATORS:
                break
            place += 1
            # „…, taip pat …“, „…, ir …“
            while place < limit and self.tokens[place].text.lower() in SEPARATORS | {"taip", "pat"}:
                place += 1

    def _next_name(self, place, limit, case):
        """Where the next name of a list ends, and the mention if it is one that is known."""
        begins = place
        while place < limit:
            token = self.tokens[place]
            if place in self.starts:
                mention = self.starts[place]
                end = self._past_brackets(mention.end)
                is_governed = not self._is_of_other_verb(end) and not self._after_preposition(place)
                if is_governed and self._stands_alone(mention, end):
                    self.read_already.update(range(begins, end))
                    return end, mention
                place = mention.end
                continue
            if token.text in SEPARATORS or self.clause.ends_name(place) and not self._is_in_name(place):
                break
            place += 1
        self._unknown_name(begins, place)
        return self._past_brackets(place), None

    def _stands_alone(self, mention, end):
        """Whether a name is not the beginning of another: „savivaldybės administracija“."""
        return not mention.named or "genitive" not in mention.cases or self.clause.ends_name(end)

    def _is_in_name(self, place):
        token = self.tokens[place]
        return token.text in OPENING + CLOSING or token.quote or token.text in ".:" or token.text[0].isdigit()

    def _past_brackets(self, place):
        """Behind what stands in brackets, and behind a closing quotation mark."""
        while place < len(self.tokens) and self.tokens[place].text in CLOSING:
            place += 1
        if place < len(self.tokens) and self.tokens[place].text == "(":
            ends = (at for at in range(place, len(self.tokens)) if self.tokens[at].text == ")")
            place = next(ends, len(self.tokens) - 1) + 1
        return place

    def _unknown_name(self, begins, ends):
        """A stretch where a name is expected and none is known: a doubt if it looks like one."""
        words = [token for token in self.tokens[begins:ends] if token.is_word]
        inside = [self.within[at] for at in range(begins, ends) if at in self.within]
        told = [
            token
            for token in words
            if (token.is_capital or token.quote)
            and not self.directory.country(token)
            and not re.match(r"(?:sutar|susitar|protokol|ES\Z)", token.text, re.IGNORECASE)
        ]
        if any(token.text.lower() == "mūsų" for token in words):
            return
        if any(_OCCASION.match(token.text) and not token.quote for token in words) or not told:
            return
        if inside and all(who.organisation is OWN for mention in inside for who in mention.named):
            return
        self.read_already.update(range(begins, ends))
        self.found.unknown_name(self._said(begins, ends))

    def _said(self, begins, ends):
        text = ""
        for at in range(begins, ends):
            gap = at > begins and self.tokens[at].start > self.tokens[at - 1].end
            text += (" " if gap else "") + self.tokens[at].text
        return text

    def _take(self, mention, case):
        self.found.countries += mention.countries
        if case not in mention.cases:
            if any(who.organisation is not OWN for who in mention.named):
                self.found.unsure(self._said(mention.start, mention.end))
            return
        for who in mention.named:
            self.found.add(who)

    # --- „X ir Y pasirašė“ ---

    def _subjects(self):
        first = self.clause.first
        for mention in self.mentions:
            if not self.clause.begins <= mention.start < first or mention.start in self.read_already:
                continue
            if "nominative" not in mention.cases or self._after_preposition(mention.start):
                continue
            self.read_already.update(range(mention.start, mention.end))
            others = [who for who in mention.named if who.organisation is not OWN]
            end = self._past_brackets(mention.end)
            is_subject = not self.clause.is_passive and self.clause.ends_name(end) and not self._is_of_other_verb(end)
            if is_subject:
                for who in mention.named:
                    self.found.add(who)
            elif others:
                self.found.unsure(self._said(mention.start, mention.end))
        self._unknown_subjects()

    def _is_of_other_verb(self, end):
        """Whether something else is told before the signing, so that a name before it may belong to that."""
        between = [self.tokens[at] for at in range(end, self.clause.first) if at not in self.within]
        return any(
            (_OTHER_VERB.match(token.text) or _OTHER_PREDICATE.match(token.text)) and not token.quote
            for token in between
        )

    def _after_preposition(self, at):
        return at > 0 and self.tokens[at - 1].text.lower() in _PREPOSITIONS

    def _unknown_subjects(self):
        """What else stands before the verb and looks like a name."""
        if self.clause.is_passive or not self.clause.verbs:
            return
        begins = self.clause.begins
        for at in range(self.clause.begins, self.clause.first + 1):
            token = self.tokens[at] if at < len(self.tokens) else None
            is_end = (
                at == self.clause.first
                or token is None
                or at in self.within
                or at in self.read_already
                or (token.text in SEPARATORS and not token.quote)
            )
            if not is_end:
                continue
            named_in_brackets = token is not None and at in self.within and self.tokens[at - 1].text == "("
            leads_to_name = token is not None and at in self.starts and not named_in_brackets
            if at > begins and not named_in_brackets and not leads_to_name:
                self._unknown_name(begins, at)
            begins = at + 1

    # --- Others ---

    def _hosts(self):
        """„Vizito X grupėje metu pasirašytas“: who was visited signed."""
        before = self.tokens[self.clause.begins : self.clause.first]
        if not any(_VISIT.match(token.text) for token in before):
            return
        for mention in self.mentions:
            if self.clause.begins <= mention.start < self.clause.first and mention.cases == {"locative"}:
                for who in mention.named:
                    self.found.add(who)

    def _partners_at_home(self, home):
        """
        „Sutartis tarp Austrijos ir Lietuvos grupių, kurios pagrindu, bendradarbiaudama su X, …“

        Where the agreement names its parties by their countries alone, ours among them, those of our own country with
        whom it is carried out are the parties.
        """
        if self.found.named or home not in self.found.countries:
            return
        for at in range(self.clause.stop, len(self.tokens) - 1):
            mention = self.starts.get(at + 1)
            before = self.tokens[at - 1]
            if self.tokens[at].text == "su" and mention and mention.is_lag and _CO_WORKING.match(before.text):
                for who in mention.named:
                    if who.organisation not in (None, OWN) and Directory.country_of(who.organisation) == home:
                        self.found.add(who)
                        self.found.doubts.append(
                            f"„{who.said} VVG“ paminėta kaip partnerė vykdant, ne prie pasirašymo: patikrinkite."
                        )

"""
Tells English from Lithuanian on a screen: `english_in(texts)` and `readable(html)`.

A word is English when the packages' own English uses it, or it is among the thousand commonest, and nothing Lithuanian
does: neither the catalogue nor the editors' guide. So nobody has to keep a list of words, and a single "Dashboard" is
found as well as a sentence.
"""

import json
import re
from functools import cache
from html.parser import HTMLParser

from faker.providers.lorem.en_US import Provider

from scripts.messages import ROOT as HOUSE
from scripts.messages import in_force, spoken

WORD = re.compile(r"[^\W\d_]{3,}")
# Placeholders, markup, addresses and what is written in a language of machines are not words.
MACHINES = re.compile(
    r"\w+…|\bw-\S+|%\(\w+\)\w|\{\w*\}|<[^>]*>|https?://\S+|\S+@\S+|\S*[/_\\=]\S*|\w+\.\w[\w.]*|\w+-\w[\w-]*:\S*"
)
# English that neither knows: names in the database that Wagtail's migrations make, labels made of names in the code.
MORE = {"root", "moderators", "moderator", "approval", "editor", "editors", "untitled", "true", "false", "none"}
# Attributes that are seen, heard or shown later.
SPOKEN = {"aria-label", "title", "placeholder", "alt", "aria-description", "aria-roledescription", "data-label"}
# Names of their own, whatever the language, and Lithuanian words that look English: „tema šeimos link“.
NAMES = {"wagtail", "javascript", "csv", "xlsx", "json", "html", "url", "pdf", "google", "leader", "link", "seen"}


def words_of(text):
    """The words of a text, in small letters."""
    return {word.lower() for word in WORD.findall(MACHINES.sub(" ", text))}


@cache
def english_words():
    """Words that only English uses."""
    english, lithuanian = MORE | set(Provider.word_list), set(NAMES)
    for domain in ("django", "djangojs"):
        for message in spoken()[domain]:
            english |= words_of(message.text) | words_of(message.plural or "")
        for text in in_force(domain).items():
            if text[0] and isinstance(text[1], str):
                lithuanian |= words_of(text[1])
    lithuanian |= words_of((HOUSE / "docs" / "redaktoriams.md").read_text())
    return frozenset(word for word in english - lithuanian if len(word) > 2)


def english_in(texts):
    """The texts that have an English word, each with its words."""
    found = {}
    for text in texts:
        words = words_of(text) & english_words()
        if words:
            found[" ".join(text.split())[:160]] = sorted(words)
    return found


class Reader(HTMLParser):
    """Collects what of a page is read by people, also what waits in it for a script: dialogs, messages, labels."""

    def __init__(self):
        super().__init__()
        self.texts, self.silent = [], None

    def handle_starttag(self, tag, attributes):
        """Remember the attributes that are spoken, and where code begins."""
        attributes = dict(attributes)
        if "hidden" in attributes and "data-side-panel-toggle-counter" in attributes:
            self.silent = tag  # a number that a script will write
        kind = attributes.get("type") or ""
        if tag in ("script", "style") and kind not in ("text/django-form-template", "text/html"):
            self.silent = "json" if kind == "application/json" else tag
        for name, value in attributes.items():
            if value and (name in SPOKEN or (tag == "input" and name == "value" and kind in ("submit", "button"))):
                self.texts.append(value)
            elif value and name.startswith("data-") and name.endswith("-value"):
                self.texts += strings_in(value)

    def handle_endtag(self, tag):
        """Code ends."""
        if tag == self.silent or (tag == "script" and self.silent == "json"):
            self.silent = None

    def handle_data(self, data):
        """A text, or the data of a script."""
        if self.silent == "json":
            self.texts += strings_in(data)
        elif not self.silent and data.strip():
            self.texts.append(data)


def strings_in(value):
    """The strings of a piece of JSON that look like a text: a space between words."""
    if value[:1] in ("{", "["):
        try:
            value = json.loads(value)
        except ValueError:
            return []
    found, waiting = [], [value]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, dict):
            waiting += thing.values()
        elif isinstance(thing, list):
            waiting += thing
        elif isinstance(thing, str) and thing[:1] in ("{", "["):
            found += strings_in(thing)
        elif isinstance(thing, str) and re.search(r"\w \w|…", thing):
            found += readable(thing) if "<" in thing else [thing]
    return found


def readable(html):
    """The texts of a page."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader.texts

"""
What an item of the old site becomes: ordered rules from a small TOML file (`rules.toml` explains its form).

Nothing here asks the database; a rule sees only what the export says of the item.
"""

import hashlib
import re
import tomllib
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from lithuanian.folding import fold

DEFAULT_FILE = Path(__file__).with_name("rules.toml")
CONDITIONS = ("type", "category", "tag", "slug", "title", "meta")


class RulesError(Exception):
    """The file of rules cannot be used; the message says in Lithuanian what is wrong and where."""


class Becomes(StrEnum):
    """What an item can become. `UNKNOWN` is of a kind that nobody has said anything about: a draft page."""

    NEWS = "news"
    EVENT = "event"
    PROJECT = "project"
    PAGE = "page"
    LEAVE = "leave"
    AGREEMENTS = "register-agreements"
    MEMBERS = "register-members"
    UNKNOWN = "unknown"


BY_DEFAULT = {"post": Becomes.NEWS, "page": Becomes.PAGE}


@dataclass(frozen=True)
class Rule:
    """One rule; `conditions` maps the names of `CONDITIONS` to what the file says of them, read."""

    name: str
    becomes: Becomes
    conditions: dict

    def holds(self, item):
        """Whether every condition is true of `item` (`export.Item`)."""
        return all(getattr(self, f"_{name}")(item, wanted) for name, wanted in self.conditions.items())

    def _type(self, item, kinds):
        return item.kind in kinds

    def _category(self, item, names):
        return _has_term(item, "category", names)

    def _tag(self, item, names):
        return _has_term(item, "post_tag", names)

    def _slug(self, item, pattern):
        return bool(pattern.fullmatch(item.slug or ""))

    def _title(self, item, pattern):
        return bool(pattern.search(item.title or ""))

    def _meta(self, item, patterns):
        return all(
            any(pattern.search(value) for value in item.meta.get(name, ())) for name, pattern in patterns.items()
        )


@dataclass(frozen=True)
class Rules:
    """The rules of a file in their order, the site's further hosts, the terms of which no topics are made."""

    rules: list
    hosts: list = field(default_factory=list)
    skip_topics: frozenset = frozenset()
    digest: str = ""

    def judge(self, item):
        """What `item` becomes and by which rule: a pair, the rule None where none holds."""
        for rule in self.rules:
            if rule.holds(item):
                return rule.becomes, rule
        return BY_DEFAULT.get(item.kind, Becomes.UNKNOWN), None

    def makes_topic(self, slug, name):
        """Whether a category or tag becomes a topic."""
        return fold(slug) not in self.skip_topics and fold(name) not in self.skip_topics


def read_rules(path=None):
    """The rules of a file, by default our own. Raises `RulesError`."""
    path = Path(path or DEFAULT_FILE)
    try:
        text = path.read_text("utf-8")
        told = tomllib.loads(text)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RulesError(f"Taisyklių failo „{path}“ perskaityti nepavyko: {error}") from error
    unknown = set(told) - {"rule", "hosts", "skip_topics"}
    if unknown:
        raise RulesError(f"Taisyklių faile nežinomi žodžiai: {', '.join(sorted(unknown))}.")
    rules = told.get("rule", [])
    if not isinstance(rules, list):
        raise RulesError("Taisyklės rašomos po „[[rule]]“, su dviem laužtiniais skliaustais.")
    return Rules(
        rules=[_rule(number, row) for number, row in enumerate(rules, 1)],
        hosts=[host.lower().removeprefix("www.") for host in _texts(told.get("hosts", []), "hosts")],
        skip_topics=frozenset(fold(name) for name in _texts(told.get("skip_topics", []), "skip_topics")),
        digest=hashlib.sha256(text.encode()).hexdigest(),
    )


def _rule(number, row):
    where = f"Taisyklė Nr. {number}"
    if not isinstance(row, dict):
        raise RulesError(f"{where}: taisyklės rašomos po „[[rule]]“.")
    unknown = set(row) - {"name", "becomes", *CONDITIONS}
    if unknown:
        raise RulesError(f"{where}: nežinomi žodžiai {', '.join(sorted(unknown))}. Sąlygos: {', '.join(CONDITIONS)}.")
    choices = [choice.value for choice in Becomes if choice is not Becomes.UNKNOWN]
    if row.get("becomes") not in choices:
        raise RulesError(f"{where}: „becomes“ turi būti vienas iš: {', '.join(choices)}.")
    conditions = {name: _condition(name, row[name], f"{where}, „{name}“") for name in CONDITIONS if name in row}
    return Rule(str(row.get("name") or where), Becomes(row["becomes"]), conditions)


def _condition(name, value, where):
    if name == "type":
        return frozenset(_texts(value, where))
    if name in ("category", "tag"):
        return frozenset(fold(text) for text in _texts(value, where))
    if name == "meta":
        wanted = value if isinstance(value, dict) else dict.fromkeys(_texts(value, where), "")
        return {key: _pattern(text, where) for key, text in wanted.items()}
    return _pattern(value, where)


def _pattern(text, where):
    if not isinstance(text, str):
        raise RulesError(f"{where}: turi būti tekstas.")
    try:
        return re.compile(text, re.IGNORECASE)
    except re.error as error:
        raise RulesError(f"{where}: reguliariojo reiškinio perskaityti nepavyko ({error}).") from error


def _texts(value, where):
    """A text or a list of texts, as a list."""
    texts = value if isinstance(value, list) else [value]
    if not all(isinstance(text, str) for text in texts):
        raise RulesError(f"{where}: turi būti tekstas arba tekstų sąrašas.")
    return texts


def _has_term(item, taxonomy, names):
    return any(kind == taxonomy and {fold(slug), fold(name)} & names for kind, slug, name in item.terms)

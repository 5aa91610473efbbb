"""What the packages say is said in Lithuanian: every message of theirs, in `locale/lt` or in their own catalogue."""

import re
from collections import Counter

import pytest
from babel.messages.pofile import read_po
from django.urls import reverse

from scripts import messages
from scripts.messages import DOMAINS, compiled, forms_of, in_force, in_step, is_translated, read, spoken
from tests.factories import UserFactory

# The same in both languages: names of languages, countries and a standard.
SAME = {"Esperanto", "Hindi", "Ido", "Interlingua", "Urdu", "WebAuthn"} | {
    "Angola", "Argentina", "Aruba", "Bahamas", "Grenada", "Malta", "Moldova", "Nauru", "Palau", "Panama", "Peru",
    "Samoa", "Tokelau", "Tonga", "Tuvalu", "Uganda", "Vanuatu",
}  # fmt: skip
# What Lithuanian would have to decline, and may therefore leave out of a sentence.
NAMES = {
    "%(classname)s", "%(model_name)s", "{model_name}", "%(model)s", "%(field)s",
    "%(snippet_type_name)s", "%(snippet_plural_name)s",
}  # fmt: skip

PLACEHOLDER = re.compile(r"%\((\w+)\)[#0 +.\d]*[a-zA-Z]|%[sd]|\{(\w*)\}")
TAG = re.compile(r"<[^>]+>")

every_domain = pytest.mark.parametrize("domain", DOMAINS)


def names_in(text):
    """How often each placeholder stands in a text."""
    return Counter(match[0] for match in PLACEHOLDER.finditer(text.replace("%%", "")))


def originals(message):
    """The English of a message of ours: one text or two."""
    return message.id if message.pluralizable else (message.id,)


def translations(message):
    """Its Lithuanian: one text or one for each plural form."""
    return message.string if message.pluralizable else (message.string,)


@every_domain
def test_every_message_of_the_packages_is_said_in_lithuanian(domain):
    catalogue = in_force(domain)
    assert len(spoken()[domain]) > (1700 if domain == "django" else 80)
    assert [message for message in spoken()[domain] if forms_of(catalogue, message) is None] == []


@every_domain
def test_no_message_is_only_repeated_in_english(domain):
    catalogue = in_force(domain)
    repeated = [
        message.text
        for message in spoken()[domain]
        if re.search("[a-z]{2}", PLACEHOLDER.sub("", message.text))
        and message.text in (forms_of(catalogue, message) or ())
    ]
    assert sorted(set(repeated) - SAME) == []


@every_domain
def test_our_catalogue_is_in_step_with_the_packages(domain):
    """Nothing empty, nothing fuzzy, nothing that nobody says any more: otherwise `make messages`."""
    ours, expected = read(domain), in_step(domain)
    assert [m.id for m in ours] == [m.id for m in expected]
    assert [m.id for m in ours if m.id and not is_translated(m)] == []


@every_domain
def test_the_compiled_catalogue_is_that_of_the_source(domain):
    """A clean machine has no msgfmt: the compiled files are committed."""
    assert (messages.LOCALE / f"{domain}.mo").read_bytes() == compiled(read(domain))


@every_domain
def test_our_catalogue_counts_as_django_does(domain):
    """Four forms: 1 puslapis, 2 puslapiai, 1,5 puslapio, 10 puslapių."""
    ours = read(domain)
    with (messages.packages()["wagtail.admin"] / "locale/lt/LC_MESSAGES" / f"{domain}.po").open("rb") as file:
        assert ours.plural_expr.replace(" ", "") == read_po(file).plural_expr.replace(" ", "")
    assert {len(m.string) for m in ours if m.pluralizable} <= {4}


@every_domain
def test_placeholders_are_those_of_the_original(domain):
    wrong = []
    for message in read(domain):
        for text in translations(message) if message.id else ():
            allowed = [names_in(original) for original in originals(message)]
            needed = set(allowed[-1]) - NAMES
            if not needed <= set(names_in(text)) <= set().union(*allowed):
                wrong.append((message.id, text))
    assert wrong == []


@every_domain
def test_markup_is_that_of_the_original(domain):
    """A link or a script's handle that is lost in translation is lost on the screen."""
    wrong = [
        (message.id, text)
        for message in read(domain)
        for text in (translations(message) if message.id else ())
        if sorted(TAG.findall(text)) not in [sorted(TAG.findall(original)) for original in originals(message)]
    ]
    assert wrong == []


@every_domain
def test_typography_is_lithuanian(domain):
    """Quotes are „so“, a dash is –, an ellipsis is one character; space and punctuation at the ends stay."""
    wrong = []
    for message in read(domain):
        for text in translations(message) if message.id else ():
            bare = TAG.sub("", text)
            if re.search(r"[\"'”’‘]| - |\.\.\.", bare) or bare.count("„") != bare.count("“"):
                wrong.append(text)
            if text.endswith(" ") != originals(message)[0].endswith(" "):
                wrong.append(text)
    assert wrong == []


@pytest.mark.django_db
def test_scripts_of_the_admin_are_told_our_words(client):
    client.force_login(UserFactory(is_superuser=True))
    answer = client.get(reverse("wagtailadmin_javascript_catalog")).content.decode()
    assert read("djangojs").get("Autosave in progress…").string == "Automatiškai išsaugoma…"
    assert r"Automati\u0161kai i\u0161saugoma\u2026" in answer

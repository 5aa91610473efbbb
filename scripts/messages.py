"""
Keeps `locale/lt` in step with the packages: `make messages`.

Our own words stand in the code in Lithuanian; `locale/lt` holds what the packages say and do not say in Lithuanian
themselves, and what they say badly. This script reads their source, adds what is missing (empty, to be translated),
drops what nobody says any more and compiles. It needs neither msgfmt nor xgettext.
"""

import io
import os
import sys
from collections import namedtuple
from copy import copy
from functools import cache
from pathlib import Path

from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

LOCALE = ROOT / "locale" / "lt" / "LC_MESSAGES"
DOMAINS = ("django", "djangojs")
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop", "ugettext", "ugettext_lazy"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy", "ungettext", "ungettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
# Folders of a package whose words reach no screen: tests, examples, output of commands, later versions' migrations.
SILENT = {"tests", "test", "testapp", "project_template", "commands", "locale", "node_modules", "jinja2"}

# Packages that are loaded but never speak to anybody here, and why.
UNHEARD = {
    "django.contrib.admin": "Django's own admin is not installed; other packages load its classes",
    "django.contrib.admindocs": "loaded by Django's own admin",
    "django.contrib.postgres": "fields that no form here has",
    "rest_framework": "the admin's own API answers scripts",
}

# A message of a package: its context or None, itself, its plural or None.
Message = namedtuple("Message", "context text plural")


def packages():
    """The folders of the installed apps that are not ours, by name, and Django's own."""
    import django
    from django.apps import apps

    found = {"django": Path(django.__file__).parent}
    for config in apps.get_app_configs():
        if ROOT not in Path(config.path).parents or ".venv" in config.path:
            found[config.name] = Path(config.path)
    return found


def files_of(package, folder, others):
    """The files of a package that may hold messages, without those of the apps inside it: they count by themselves."""
    for path, folders, names in os.walk(folder):
        here = Path(path)
        folders[:] = sorted(
            name
            for name in folders
            if name not in SILENT
            and not (package == "django" and here == folder and name == "contrib")
            and not (here / name / "apps.py").exists()
            and here / name not in others
        )
        for name in sorted(names):
            if name.endswith((".py", ".html", ".txt")):
                yield here / name


def loaded_modules(folders):
    """What the running site has loaded of packages that are no installed apps (treebeard, humanize…), with names."""
    from django.urls import get_resolver

    get_resolver().url_patterns  # noqa: B018 - loads every view
    site_packages = folders["django"].parent
    for module in list(sys.modules.values()):
        path = Path(getattr(module, "__file__", None) or "/")
        if site_packages not in path.parents or path.suffix != ".py":
            continue
        parts = path.relative_to(site_packages).parts
        package = ".".join(parts[:3] if parts[:2] == ("django", "contrib") else parts[:1])
        # Django's core has been read file by file; so have the installed apps.
        if package != "django" and not any(f in path.parents for p, f in folders.items() if p != "django"):
            yield package, path


def messages_in(path):
    """The messages in a Python file or a template."""
    from django.utils.translation.template import templatize

    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # What is not a message has become X's; the indentation that is left means nothing.
        source = "\n".join(line.strip() for line in templatize(source).splitlines()) if "{" in source else ""
    elif "gettext" not in source:
        return
    for _, found, _, context in extract("python", io.BytesIO(source.encode()), KEYWORDS):
        text, plural = found if isinstance(found, tuple) else (found, None)
        if text:
            yield Message(context, text, plural)


def english_catalogue(folder, domain):
    """The messages that a package lists itself, but for those of apps inside it that are not installed."""
    path = folder / "locale" / "en" / "LC_MESSAGES" / f"{domain}.po"
    if not path.exists():
        return
    with path.open("rb") as file:
        catalogue = read_po(file)
    for message in catalogue:
        places = [folder / place for place, _ in message.locations]
        if message.id and (not places or any(is_met(place, folder) for place in places)):
            text, plural = message.id if message.pluralizable else (message.id, None)
            yield Message(message.context, text, plural)


def is_met(place, folder):
    """Whether what stands at this place of a package can be met: not in a silent folder or an app that is not there."""
    inside = [parent for parent in place.parents if folder in parent.parents]
    return not any(parent.name in SILENT or (parent / "apps.py").exists() for parent in inside)


@cache
def spoken():
    """For each domain what the installed packages say: {message: names of the packages}."""
    said = {domain: {} for domain in DOMAINS}
    folders = packages()
    for package, folder in folders.items():
        for path in files_of(package, folder, folders.values()):
            for message in messages_in(path):
                said["django"].setdefault(message, set()).add(package)
        for domain in DOMAINS:
            for message in english_catalogue(folder / "conf" if package == "django" else folder, domain):
                said[domain].setdefault(message, set()).add(package)
    for package, path in loaded_modules(folders):
        if package not in UNHEARD:
            for message in messages_in(path):
                said["django"].setdefault(message, set()).add(package)
    return said


def forms_of(catalogue, message):
    """The Lithuanian of a message in a merged catalogue of Django's: a list of its forms, None where one is missing."""
    key = f"{message.context}\x04{message.text}" if message.context else message.text
    forms = [catalogue.get((key, number)) for number in range(4)]
    if message.plural is None:
        forms = [catalogue.get(key) or forms[0]]  # as gettext does it
    return forms if all(forms) else None


def in_force(domain, with_ours=True):
    """The merged Lithuanian catalogue of the site, or what the packages alone would say."""
    from django.conf import settings
    from django.test.utils import override_settings
    from django.utils.translation.trans_real import DjangoTranslation

    with override_settings(LOCALE_PATHS=settings.LOCALE_PATHS if with_ours else []):
        return DjangoTranslation("lt", domain=domain)._catalog


def read(domain):
    """Our own catalogue of a domain."""
    with (LOCALE / f"{domain}.po").open("rb") as file:
        return read_po(file, locale="lt", domain=domain)


def is_translated(message):
    """Whether each form of a message of ours says something that need not be looked at again."""
    return not message.fuzzy and all(message.string if message.pluralizable else [message.string])


def compiled(catalogue):
    """The bytes of the .mo file: the same for the same catalogue."""
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def in_step(domain):
    """Our own catalogue as it should be: what is missing in it empty, what nobody says any more gone, in one order."""
    ours, theirs = read(domain), in_force(domain, with_ours=False)
    fresh = copy(ours)
    fresh._messages = {}
    for message, where in sorted(spoken()[domain].items(), key=lambda item: (min(item[1]), item[0].text)):
        kept = ours.get(message.text, message.context)
        if fresh.get(message.text, message.context) or not (kept or forms_of(theirs, message) is None):
            continue
        both = (message.text, message.plural) if message.plural else message.text
        places = [(package, None) for package in sorted(where)]
        fresh.add(both, kept.string if kept else "", places, context=message.context)
    return fresh


def main():
    """Rewrite both catalogues; the number of messages without a translation."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lag_site.settings")
    import django

    django.setup()
    untranslated = 0
    for domain in DOMAINS:
        catalogue = in_step(domain)
        with (LOCALE / f"{domain}.po").open("wb") as file:
            write_po(file, catalogue, width=120)
        (LOCALE / f"{domain}.mo").write_bytes(compiled(catalogue))
        empty = [message.id for message in catalogue if message.id and not is_translated(message)]
        print(f"{domain}.po: {len(catalogue)} messages, {len(empty)} without a translation", *empty, sep="\n  ")
        untranslated += len(empty)
    return untranslated


if __name__ == "__main__":
    sys.exit(bool(main()))

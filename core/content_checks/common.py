"""The checks of every page type."""

import re

from django.utils import timezone

from core.content_checks.reading import read
from core.content_checks.registry import Finding, content_check
from core.drafts import is_unfinished, rows_in_memory
from core.fields import EDTFField
from core.models import BasePage
from lithuanian.dates import InvalidDate, edtf_to_text
from lithuanian.folding import fold
from lithuanian.proofreading import better_set, doubled_words, punctuation_slips, stale_future

# Link texts that say nothing by themselves, folded. Screen readers list links without what stands around them.
SAYS_NOTHING = {
    "cia", "cia paspauskite", "cia rasite", "daugiau", "daugiau informacijos", "nuoroda", "nuorodoje", "paspauskite",
    "paspauskite cia", "placiau", "puslapyje", "sioje nuorodoje", "skaitykite", "skaitykite cia", "skaityti daugiau",
    "skaityti placiau", "spauskite", "spauskite cia", "spausti cia", "svetaineje", "ziureti", "ziurekite cia",
}  # fmt: skip
BARE_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
FILE_NAME = re.compile(
    r"\.(?:avif|gif|jpe?g|png|webp)$|^(?:img|dsc|dscn|image|photo|screenshot)[-_ ]?\d+", re.IGNORECASE
)
TO_WRITE = re.compile(r"\[įrašykite[^\]]*\]?", re.IGNORECASE)
SHOWN = 3  # so many of a kind are quoted


def quoted(texts):
    """A few texts in quotation marks, in one line."""
    texts = [" ".join(text.split()) for text in texts]
    shown = ", ".join(f"„{text if len(text) <= 80 else text[:79].rstrip() + '…'}“" for text in texts[:SHOWN])
    return shown + (" ir kt." if len(texts) > SHOWN else "")


# --- What publishing waits for ----------------------------------------------------------------------------------------


@content_check("wrong-date", "Neteisingai įrašyta data", BasePage)
def dates_can_be_said(page):
    """A draft keeps what was typed; readers are told a date only."""
    for field in page._meta.fields:
        value = getattr(page, field.attname)
        if isinstance(field, EDTFField) and value:
            try:
                edtf_to_text(value)
            except InvalidDate as error:
                yield Finding(f"Laukas „{field.verbose_name}“: {error}", field.name, stops=True)


@content_check("unfinished-row", "Nebaigta eilutė", BasePage)
def rows_are_finished(page):
    """A draft keeps rows that were begun (`core.drafts`)."""
    for relation, rows in rows_in_memory(page):
        names = {row._meta.verbose_name for row in rows if is_unfinished(row)}
        for name in names:
            yield Finding(f"Yra nebaigta eilutė ({name}). Užpildykite ją arba pašalinkite.", relation, stops=True)


@content_check("to-write", "Neužpildyta šablono vieta", BasePage)
def patterns_are_filled_in(page):
    """What a pattern left to write (`news.models.NewsPattern`)."""
    for said in read(page):
        if left := [place for text in said.texts for place in TO_WRITE.findall(text)]:
            message = f"Užpildykite arba ištrinkite, kas liko iš šablono: {quoted(dict.fromkeys(left))}."
            yield Finding(message, said.field, stops=True)


@content_check("image-alt", "Paveikslėlis be aprašymo", BasePage, reads=["cover"])
def pictures_are_described(page):
    """Whoever does not see a picture is told what it shows, unless it only decorates."""
    if page.cover_id and not page.cover_decorative:
        alt = page.cover_alt or page.cover.description
        if not alt:
            yield Finding(
                "Viršelis neaprašytas. Parašykite, kas matyti nuotraukoje, arba pažymėkite, kad ji tik puošia.",
                "cover_alt",
                stops=True,
            )
        elif FILE_NAME.search(alt):
            yield Finding(f"Viršelio aprašymas „{alt}“ – failo vardas. Parašykite, kas matyti.", "cover_alt")
    for said in read(page):
        missing = [picture for picture in said.pictures if not (picture.alt or picture.decorative)]
        if missing:
            yield Finding(
                f"Tekste neaprašytų paveikslėlių: {len(missing)}. Parašykite, kas juose matyti, arba pažymėkite, kad "
                "jie tik puošia.",
                said.field,
                stops=True,
            )
        if names := [picture.alt for picture in said.pictures if FILE_NAME.search(picture.alt)]:
            yield Finding(
                f"Paveikslėlio aprašymas – failo vardas: {quoted(names)}. Parašykite, kas matyti.", said.field
            )


# --- What is only told ------------------------------------------------------------------------------------------------


@content_check("summary", "Nėra santraukos", BasePage)
def there_is_a_summary(page):
    """Lists, search engines and shared links show it."""
    if not page.summary.strip():
        yield Finding(
            "Nėra santraukos. Parašykite vieną sakinį: jis rodomas sąrašuose ir dalijantis nuoroda.", "summary"
        )


def there_is_a_cover(page):
    """A cover, or none on purpose. For the page types whose lists show covers; their rooms join it."""
    if not page.cover_id and not page.cover_decorative:
        yield Finding(
            "Viršelio nėra. Pasirinkite nuotrauką arba pažymėkite, kad jos nebus: tada svetainė nupieš siluetą.",
            "cover",
        )


@content_check("link-text", "Nieko nesakanti nuoroda", BasePage)
def links_say_where_they_lead(page):
    """A link is read by itself."""
    for said in read(page):
        mute = [link.text for link in said.links if not fold(link.text) or fold(link.text) in SAYS_NOTHING]
        bare = [link.text for link in said.links if BARE_ADDRESS.fullmatch(link.text.strip())]
        if mute:
            yield Finding(
                f"Iš nuorodos {quoted(mute)} neaišku, kur ji veda. Nuoroda verskite žodžius, kurie tai pasako.",
                said.field,
            )
        if bare:
            yield Finding(
                f"Vietoj adreso {quoted(bare)} nuoroda verskite žodžius, pvz., puslapio pavadinimą.", said.field
            )


@content_check("heading-order", "Praleistas antraščių lygis", BasePage)
def headings_step_down_one_by_one(page):
    """The page's title is the first level, so the first heading of a body is of the second."""
    for said in read(page):
        level = 1
        for next_level, text in said.headings:
            if next_level > level + 1:
                yield Finding(
                    f"Prieš poskyrį „{text}“ nėra skyriaus antraštės. Pridėkite ją arba pakeiskite lygį.", said.field
                )
            level = next_level


@content_check("stale-future", "Praėjusi data būsimuoju laiku", BasePage)
def what_is_over_is_not_ahead(page):
    """See `BasePage.text_time` for what a page's text is measured against."""
    now, about = page.text_time(timezone.localdate())
    for said in read(page):
        if stale := [sentence for text in said.texts for sentence in stale_future(text, now, about)]:
            yield Finding(f"Apie tai, kas praėjo, kalbama būsimuoju laiku: {quoted(stale)}. Pataisykite.", said.field)


@content_check("typography", "Rašybos ir rinkimo smulkmenos", BasePage)
def texts_are_set_with_care(page):
    """Slips that a reader stumbles over."""
    for said in read(page):
        doubled = [words for text in said.texts for words in doubled_words(text)]
        slips = [slip for text in said.texts for slip in punctuation_slips(text)]
        marks = [pair for text in said.texts for pair in better_set(text)]
        if doubled:
            yield Finding(f"Ar nepasikartojo žodis: {quoted(doubled)}?", said.field)
        if slips:
            yield Finding(f"Patikrinkite skyrybą ir tarpus: {quoted(slips)}.", said.field)
        if marks:
            better = "; ".join(f"{typed} → {right}" for typed, right in marks[:SHOWN])
            yield Finding(f"Lietuviškai rašoma kitaip: {better}.", said.field)

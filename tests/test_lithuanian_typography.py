"""Text that people typed, set as a Lithuanian editor would. "_" stands for a no-break space."""

import time as clock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lithuanian.typography import tidy

properties = settings(deadline=None, max_examples=100)


def seen(text: str) -> str:
    return text.replace("\u00a0", "_")


@pytest.mark.parametrize(
    ("typed", "tidied"),
    [
        # Quotation marks
        ('VšĮ "Devynios galybės"', "VšĮ „Devynios galybės“"),
        ("BĮ „Centras”", "BĮ „Centras“"),
        ("“Centras”, «Centras», ,,Centras” ir ”Centras”", "„Centras“, „Centras“, „Centras“ ir „Centras“"),
        ('"Projektas "Žydinti Lietuva" baigtas"', "„Projektas „Žydinti Lietuva“ baigtas“"),
        ('""Žydinti Lietuva" baigta"', "„„Žydinti Lietuva“ baigta“"),
        ("„Projektas ‚Žydinti Lietuva‘ baigtas“", "„Projektas „Žydinti Lietuva“ baigtas“"),
        ("VšĮ 'Centras' (\"Centras\")", "VšĮ „Centras“ („Centras“)"),
        ("d'Artagnan, L’Oréal", "d'Artagnan, L’Oréal"),
        ('„’90 metai“ "’90 metai"', "„’90 metai“ „’90 metai“"),
        ('5" ekranas ir "Centras"', '5" ekranas ir „Centras“'),
        ('palikta "viena', 'palikta "viena'),
        ("VšĮ 'L'Oréal'", "VšĮ „L'Oréal“"),
        ('atverta "čia\nužverta" čia', 'atverta "čia\nužverta" čia'),
        ('palikta "viena\nir "kita"', 'palikta "viena\nir „kita“'),
        ('"Maisto atlieka - žaliava!?!"', "„Maisto atlieka – žaliava!?!“"),
        # Dashes
        ("Bendradarbiavimo paieškos: Lietuva - Vokietija", "Bendradarbiavimo paieškos: Lietuva – Vokietija"),
        ("taip -- ne — gal", "taip – ne – gal"),
        ("- pirmas\n- antras", "- pirmas\n- antras"),
        ("Zarasų-Visagino VVG", "Zarasų-Visagino VVG"),
        ("temperatūra -5", "temperatūra -5"),
        # Ranges: the ways in which periods were written
        ("VPS 2007-2013", "VPS 2007–2013"),
        ("2014 -2020 m. programa", "2014–2020_m. programa"),
        ("2015 – 2020 m.", "2015–2020_m."),
        ("2014 m. – 2020 m.", "2014_m. – 2020_m."),
        ("2017 m. -2018 m.", "2017_m. – 2018_m."),
        ("2012 m. sausio 24-26 d.", "2012_m. sausio 24–26_d."),
        ("10:00-12:30 val., (9-12 klasės), 1,5-2,5 ha", "10:00–12:30_val., (9–12 klasės), 1,5–2,5_ha"),
        ("90-95%", "90–95_%"),
        # Not ranges
        ("2022-07-01 ir 2022-07", "2022-07-01 ir 2022-07"),
        ("2012-01-24/2012-01-26", "2012-01-24/2012-01-26"),
        ("Nr. 44TT-KA-18-4-04902-PER", "Nr._44TT-KA-18-4-04902-PER"),
        ("LEADER-19.2-SAVA-6.4, 44TT-KK-20-1-01762-PR001", "LEADER-19.2-SAVA-6.4, 44TT-KK-20-1-01762-PR001"),
        ("tel. 8-315-55530, (8-315) 55-60, tel. 55-60", "tel. 8-315-55530, (8-315) 55-60, tel. 55-60"),
        ("+370-315-55530", "+370-315-55530"),
        ("http://alytausrvvg.lt/strategija-2015-2020/", "http://alytausrvvg.lt/strategija-2015-2020/"),
        ("www.pavyzdys.lt/a%20b?x=2007-2013", "www.pavyzdys.lt/a%20b?x=2007-2013"),
        ("info-2007-2013@pavyzdys.lt", "info-2007-2013@pavyzdys.lt"),
        ("Pulko g. 5-12", "Pulko g._5-12"),
        ("įsakymas Nr. 3-140", "įsakymas Nr._3-140"),
        ("20-12", "20-12"),
        ("10-1500", "10-1500"),
        # No-break spaces
        ("2022   m.\u00a0 liepos mėn. 11 d. 17 val.", "2022_m. liepos_mėn. 11_d. 17_val."),
        ("95 % arba 95% arba 95,00 proc.", "95_% arba 95_% arba 95,00_proc."),
        ("98 381 Eur, 178 327,30 €, 5 178,00 Eur", "98_381_Eur, 178_327,30_€, 5_178,00_Eur"),
        ("178\u00a0327 gyventojai", "178_327 gyventojai"),
        ("2019 500 dalyvių", "2019 500 dalyvių"),
        ("kvietimas Nr. 14, Pulko g. 21", "kvietimas Nr._14, Pulko g._21"),
        ("12 km, 5 mln. žmonių, 5 metai", "12_km, 5_mln. žmonių, 5 metai"),
        ("jų\u00a0pačių\u00a0 žodžiai", "jų pačių žodžiai"),
        ("viena  eilutė\n\nkita   eilutė", "viena eilutė\n\nkita eilutė"),
        ("", ""),
    ],
)
def test_tidying(typed, tidied):
    assert seen(tidy(typed)) == tidied
    assert tidy(tidy(typed)) == tidy(typed)


pieces = st.lists(
    st.sampled_from(
        ['"', "„", "“", "”", "'", "’", "‚", "‘", "«", "»", ",,",
         " ", "  ", "\u00a0", "\n", "-", "–", "—", " - ", "a", "Ž",
         "2007", "2013", "24", "26", "8", "12", "10:00", "1,5", "000", "m.", "d.", "val.", "%", "€", "Eur", "Nr.", "g.",
         "liepos", "mėn.", "(", ")", ".", ",", "/", "www.pavyzdys.lt/", "@", "+370", "№"]
    ),
    max_size=14,
).map("".join)  # fmt: skip


@properties
@given(pieces | st.text())
def test_tidying_twice_changes_nothing(text):
    assert tidy(tidy(text)) == tidy(text)


@properties
@given(pieces | st.text())
def test_letters_and_digits_are_never_touched_nor_lines_joined(text):
    def untouched(words):
        return [character for character in words if character.isalnum() or character == "\n"]

    assert untouched(tidy(text)) == untouched(text)


def test_long_text_takes_no_longer_than_it_must():
    started = clock.perf_counter()
    for piece in ('"', "'", "„a'", "1-", " ", "1 ", "1 234 ", "1,1", "- ", "www.", ",,", "95,"):
        tidy(piece * 10_000)
    assert clock.perf_counter() - started < 5

"""What a careful reader stumbles over, and what must not be taken for it."""

from datetime import date

import pytest

from lithuanian.proofreading import better_set, dates_in, doubled_words, punctuation_slips, sentences, stale_future

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("kūrybinių partnerysčių   partnerysčių potencialą", ["partnerysčių   partnerysčių"]),
        ("gamtos, kultūros ir kultūros išteklius", ["kultūros ir kultūros"]),
        ("Taip taip, vos vos, labai labai", []),
        ("labai mažos ir mažos įmonės", []),
        ("2020 2020 m., VVG-VVG", []),
        ("kaimo kaimynai", []),
    ],
)
def test_doubled_words(text, found):
    assert doubled_words(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("dirbo bendruomenėse.. Vėliau", ["bendruomenėse.."]),
        ("taip ,kad būtų", ["taip ,kad"]),
        ("pabaiga .", ["pabaiga ."]),
        ("sakinys.Kitas", ["sakinys.Kitas"]),
        ("vienas,kitas", ["vienas,kitas"]),
        ("Ir taip toliau… arba ... Ką?!", []),
        ("www.example.lt, info@example.lt, 1,5 ha, 10:30, http://a.lt/b,c", []),
        ("UAB „Sodai“, VšĮ; J. Tumo g. 5; t. y.; CultTrips 2.00", []),
    ],
)
def test_punctuation(text, found):
    assert punctuation_slips(text) == found


def test_better_setting_tells_what_and_how_and_leaves_spaces_that_nobody_sees():
    assert better_set('VšĮ "Centras" 2007-2013 m.') == [('"Centras" 2007-2013', "„Centras“ 2007–2013")]
    assert better_set("2022 m. liepos 11 d., 95 % Nr. 14") == []


def test_sentences_end_at_no_abbreviation():
    text = "Vyks 2019 m. gegužės 22 d. Alytuje, Pulko g. 21. Kviečiame! Atvyks p. A. Kita eilutė\nnauja"
    assert sentences(text) == [
        "Vyks 2019 m. gegužės 22 d. Alytuje, Pulko g. 21.",
        "Kviečiame!",
        "Atvyks p. A. Kita eilutė",
        "nauja",
    ]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2019 m. gegužės 22 d.", [date(2019, 5, 22)]),
        ("2019 gegužės 22 d.", [date(2019, 5, 22)]),
        ("2012 m. sausio 24–26 d.", [date(2012, 1, 26)]),
        ("2022 m. liepos mėn.", [date(2022, 7, 31)]),
        ("2020-02-29 ir 2021-02-29", [date(2020, 2, 29)]),
        ("2014–2020 m. programa, 22 d., gegužės 5 d.", []),
        ("2020-13-01, 44TT-2018-04-11-PER", []),
    ],
)
def test_dates_in_a_text(text, days):
    assert dates_in(text) == days


@pytest.mark.parametrize(
    "text",
    [
        "Mokymai vyks 2019 m. gegužės 22 d. Alytuje.",
        "Kviečiame 2026-11-21 į sąskrydį!",
        "Konferencija ĮVYKS 2022 m. liepos mėn.",
        "Registruokitės iki 2026 m. lapkričio 1 d.",
    ],
)
def test_what_lies_behind_told_as_ahead(text):
    assert stale_future(text, TODAY) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "Mokymai vyks 2026 m. lapkričio 22 d.",  # today
        "Mokymai vyks 2026 m. lapkričio mėn.",  # not over yet
        "Po 2019 m. gegužės 22 d. posėdžio kviečiame susitikti 2027-01-05.",
        "Mokymai įvyko 2019 m. gegužės 22 d.",
        "2014–2020 m. programos konferencija vyks Alytuje.",
        "Projektas kviečia žmones būti veiklesnius. Jis pradėtas 2019 m. gegužės 22 d.",
        "Kviečiame bendrauti!",
        "Renginys nevyks 2019 m. gegužės 22 d.",
    ],
)
def test_what_is_no_stale_future(text):
    assert stale_future(text, TODAY) == []


def test_a_sentence_without_a_day_is_measured_by_what_the_text_is_about():
    text = "Šio projekto metu įvyks 3 konferencijos."
    assert stale_future(text, TODAY, about=date(2021, 7, 14)) == [text]
    assert stale_future(text, TODAY, about=date(2027, 7, 14)) == []

"""Words without their endings, and the case that an ending shows."""

import pytest

from lithuanian.stems import cases, stem

FORMS = [
    "Alytus Alytaus Alytui Alytų Alytumi Alytuje",
    "Vilnius Vilniaus Vilniuje",
    "Panevėžys Panevėžio Panevėžyje",
    "Raseiniai Raseinių Raseiniuose",
    "Druskininkai Druskininkų Druskininkuose",
    "sutartis sutarties sutartį sutartimi sutartyje sutarčių sutartims",
    "viešoji viešosios viešajai viešąją viešąja viešojoje",
    "didysis didžiojo didžiajam didįjį didžiuoju",
    "grupė grupės grupei grupę grupe grupėje grupių grupėms grupėmis grupėse",
    "rajonas rajono rajone rajonų rajonams rajonuose",
    "asociacija asociacijos asociacijų asociacijoms",
    "pažangūs pažangių pažangiais",
    "muziejus muziejaus muziejumi",
    "BIRŽŲ Biržai Biržų",
    "šaltinis saltinis",
]


@pytest.mark.parametrize("forms", FORMS)
def test_forms_of_a_word_have_one_stem(forms):
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize("pair", ["miesto rajono", "Elektrėnų Elektros", "Alytaus Akmenės", "sutartį susitarimą"])
def test_other_words_have_others(pair):
    one, other = pair.split()
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    ("nominative", "form", "expected"),
    [
        ("agentūra", "agentūrai", {"dative"}),
        ("biblioteka", "biblioteka", {"nominative", "instrumental"}),
        ("grupė", "grupės", {"nominative", "genitive"}),
        ("grupė", "grupėmis", {"instrumental"}),
        ("centras", "Centru", {"instrumental"}),
        ("universitetas", "universitete", {"locative"}),
        ("savivaldybė", "savivaldybėse", {"locative"}),
        ("centras", "biblioteka", set()),
        ("VVG", "VVG", set()),
    ],
)
def test_the_case_of_a_form(nominative, form, expected):
    assert cases(nominative, form) == expected

"""The order of names, the letter they are filed under, and the text that filters compare."""

import string
import unicodedata
from functools import cmp_to_key
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lithuanian.folding import FOREIGN_LETTERS, fold
from lithuanian.sorting import (
    ALPHABET,
    INITIAL_OF_NUMBERS,
    INITIAL_OF_OTHERS,
    KEY_LENGTH,
    initial,
    name_for_sorting,
    sort_key,
)

properties = settings(deadline=None, max_examples=100)


# --- Order ---

# Each line is in the order that ICU 78 gives with the collation "lt"; "_" is a space inside a text.
IN_ORDER = [
    "a A á à ă â ǎ å ä a̋ ã ȧ a̧ ā ą Ą b B c C ć ç č Č d D e E é è ë ē ę Ę ė Ė f",
    "g h i I í ī į Į y Y j k l m n o ö p q r s S ś š Š t u U ü ų Ų ū Ū v w x z Z ź ž Ž",
    "aa aą áa áą ąa",
    "cz ča d",
    "ia ya iz yz ja",
    "í ì ĩ į y ý",
    "Ignalina Ylakiai Įvartas Jonava",
    "sa sz ša šz ta",
    "Zarasai Zyplių Žagarė Žuvintas",
    "Alytus Alytus_r. Alytusas",
]


@pytest.mark.parametrize("line", IN_ORDER)
def test_the_order_is_that_of_cldr(line):
    texts = [text.replace("_", " ") for text in line.split()]
    for one, next_one in pairwise(texts):
        assert sort_key(one) < sort_key(next_one), (one, next_one)


def test_the_stress_of_a_dotted_letter_is_the_stress_alone():
    assert sort_key("i\u0307\u0301") == sort_key("í")
    assert sort_key("ė\u0301") > sort_key("ė")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("„Nemunas“", "Nemunas"),
        ('"Nemunas"', "Nemunas"),
        ("Nemunas.", "Nemunas"),
        ("Zarasų-Visagino", "Zarasų Visagino"),
        ("2.00/ CultTrips", "2.00 CultTrips"),
        ("  Nemunas \u00a0 krantas\n", "Nemunas krantas"),
        ("Aly\u00adtus", "Alytus"),
        (unicodedata.normalize("NFD", "Žąsų ėžys"), "Žąsų ėžys"),
    ],
)
def test_punctuation_spaces_and_ways_of_encoding_do_not_count(one, other):
    assert sort_key(one) == sort_key(other)


@pytest.mark.parametrize(
    "texts",
    [
        ["Nr. 2", "Nr. 10", "Nr. 100"],
        ["kvietimas 9", "kvietimas 14 (pratęstas)", "kvietimas 30"],
        ["2", "02", "3"],
        ["٢", "10"],  # digits of any script
        ["€ fondas", "1 fondas", "fondas", "Ясная", "日本"],
        ["Straße", "strasse2"],
        ["lo", "ło", "lp"],
        ["od", "ød", "oe"],
        ["ae", "æ", "af"],
        ["🌲", "a"],
    ],
    ids=str,
)
def test_numbers_go_by_value_and_no_script_is_lost(texts):
    keys = list(map(sort_key, texts))
    assert keys == sorted(set(keys))


def test_no_letter_of_any_script_is_without_a_key():
    letters = [chr(code) for code in range(0x110000) if chr(code).isalpha()][::37]
    assert all(map(sort_key, letters))


LITHUANIAN = "aąbcčdeęėfghiįyjklmnoprsštuųūvzž"
PLAIN = "aabccdeeefghiiijklmnoprsstuuuvzz"


def compare(one: str, other: str) -> int:
    """The rule of CLDR lt as it reads: letters, then accents, then case. For Lithuanian letters and spaces."""
    letters_apart = " abcčdefghijklmnoprsštuvzž"
    accents = {"ą": 1, "ę": 1, "ė": 2, "į": 1, "y": 2, "ų": 1, "ū": 2}

    def letter(character):
        small = character.lower()
        return letters_apart.index(PLAIN[LITHUANIAN.index(small)] if small in accents else small)

    for level in (letter, lambda character: accents.get(character.lower(), 0), str.isupper):
        left, right = [level(character) for character in one], [level(character) for character in other]
        if left != right:
            return -1 if left < right else 1
    return 0


# Few letters make near misses likely: words that differ in an accent or a capital only.
words = st.text("aąeęėyiįcčzžAĄYĮ", max_size=4) | st.text(LITHUANIAN + LITHUANIAN.upper(), max_size=8)
names = st.lists(words.filter(bool), max_size=3).map(" ".join)


@properties
@given(names, names)
def test_keys_agree_with_the_rule_written_out(one, other):
    left, right = sort_key(one), sort_key(other)
    assert (left > right) - (left < right) == compare(one, other)


@properties
@given(st.lists(names, max_size=12))
def test_a_list_is_sorted_as_the_rule_written_out_sorts_it(texts):
    assert sorted(texts, key=sort_key) == sorted(texts, key=cmp_to_key(compare))


@properties
@given(st.text(max_size=300))
def test_a_key_is_digits_of_a_bounded_length_and_always_the_same(text):
    key = sort_key(text)
    assert set(key) <= set(string.digits)
    assert len(key) <= KEY_LENGTH
    assert sort_key(unicodedata.normalize("NFD", text)) == sort_key(unicodedata.normalize("NFC", text)) == key


@pytest.mark.parametrize("letter", [*ALPHABET, "Ąž ", "a "])
def test_255_lithuanian_letters_are_never_cut(letter):
    assert len(sort_key((letter * 255)[:255])) < KEY_LENGTH


def test_a_cut_key_still_sorts_by_what_it_kept():
    assert len(sort_key("日" * 300)) == KEY_LENGTH
    assert sort_key("日" * 300) < sort_key("本" + "日" * 299)


@properties
@given(st.integers(0, 10**30), st.integers(0, 10**30))
def test_whole_numbers_sort_by_value(one, other):
    assert (sort_key(f"Nr. {one}") < sort_key(f"Nr. {other}")) == (one < other)


# --- Names and initials ---


@pytest.mark.parametrize(
    ("name", "filed_under", "letter"),
    [
        ("VšĮ „Devynios galybės“", "Devynios galybės", "D"),
        ('VšĮ "Pažangūs sprendimai"', "Pažangūs sprendimai", "P"),
        ("VŠĮ„Devynios galybės“", "Devynios galybės", "D"),
        ("BĮ Alytaus rajono Daugų kultūros centras", "Alytaus rajono Daugų kultūros centras", "A"),
        ("Viešoji įstaiga „Ąžuolas“", "Ąžuolas", "Ą"),
        ("„Nemunas“, UAB", "Nemunas", "N"),
        ("Asociacija „Žuvinto bendruomenė“", "Žuvinto bendruomenė", "Ž"),
        ("Asociacija be kabučių", "Asociacija be kabučių", "A"),
        ("Jurbarko VVG „Nemunas“", "Jurbarko VVG Nemunas", "J"),
        ("Rietavo VVG „Rietavo iniciatyvos“", "Rietavo VVG Rietavo iniciatyvos", "R"),
        ("Vytauto Didžiojo universitetas", "Vytauto Didžiojo universitetas", "V"),
        ("Šventosios žuvininkystės regiono VVG", "Šventosios žuvininkystės regiono VVG", "Š"),
        ("Märkische Seen LAG", "Märkische Seen LAG", "M"),
        ("UAB „L'Oréal“", "L'Oréal", "L"),
        ("VšĮ", "VšĮ", "V"),
        ("ABC klubas", "ABC klubas", "A"),  # not the form "AB"
        ("Yla", "Yla", "Y"),
        ("įlankos bendruomenė", "įlankos bendruomenė", "Į"),
        ("Äland", "Äland", "A"),
        ("Ørsted", "Ørsted", "O"),
        ("ßeta", "ßeta", "S"),
        ("Wienerwald", "Wienerwald", "W"),
        ("Ясная Поляна", "Ясная Поляна", "Я"),
        ("30 ąžuolų", "30 ąžuolų", INITIAL_OF_NUMBERS),
        ("(A) klubas", "(A) klubas", "A"),
        ("!?!", "!?!", INITIAL_OF_OTHERS),
        ("„“", "„“", INITIAL_OF_OTHERS),
        ("", "", INITIAL_OF_OTHERS),
    ],
)
def test_names_are_filed_without_legal_form_and_quotation_marks(name, filed_under, letter):
    assert name_for_sorting(name) == filed_under
    assert initial(name) == letter


def test_the_alphabet_has_32_letters_each_its_own_initial():
    assert "".join(ALPHABET) == "AĄBCČDEĘĖFGHIĮYJKLMNOPRSŠTUŲŪVZŽ"
    assert len(ALPHABET) == 32
    assert [initial(letter.lower() + "x") for letter in ALPHABET] == list(ALPHABET)
    assert [initial(unicodedata.normalize("NFD", letter)) for letter in ALPHABET] == list(ALPHABET)
    assert sorted(ALPHABET, key=sort_key) == list(ALPHABET)


@properties
@given(st.text())
def test_every_name_has_an_initial_and_a_name_to_file(text):
    assert initial(text)
    assert bool(name_for_sorting(text)) == bool(text.split())


# --- Folding ---


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("VšĮ „Devynios galybės“", "vsi devynios galybes"),
        ("ĄČĘĖĮŠŲŪŽ ąčęėįšųūž", "aceeisuuz aceeisuuz"),
        ("Märkische Öl für Straße, Ørsted, Łódź, Æro", "markische ol fur strasse orsted lodz aero"),
        ("Kodukant Läänemaa", "kodukant laanemaa"),
        ("Maisto atlieka – žaliava!?!", "maisto atlieka zaliava"),
        ("2.00/ CultTrips 2.00", "2 00 culttrips 2 00"),
        ("Zarasų-Visagino", "zarasu visagino"),
        ("  Nr.\u00a014\n", "nr 14"),
        ("Aly\u00adtus", "alytus"),
        (unicodedata.normalize("NFD", "Žąsų"), "zasu"),
        ("Ａｌｙｔｕｓ ™ ﬁ İ ŉ", "alytus tm fi i ʼn"),
        ("Ясная Поляна", "ясная поляна"),
        ("हिन्दी", "हिनदी"),
        ("„“ – !", ""),
        ("", ""),
    ],
)
def test_folding(text, folded):
    assert fold(text) == folded


@properties
@given(st.text())
def test_folding_twice_changes_nothing_and_case_never_matters(text):
    folded = fold(text)
    assert fold(folded) == folded
    assert folded == " ".join(folded.split())
    assert not any(map(unicodedata.combining, folded))


@properties
@given(st.text(LITHUANIAN + LITHUANIAN.upper() + "„“-., "))
def test_lithuanian_text_folds_to_plain_letters_whatever_its_case(text):
    assert set(fold(text)) <= set(string.ascii_lowercase + " ")
    assert fold(text) == fold(text.upper()) == fold(text.lower())


def test_foreign_letters_are_folded_to_plain_ones_small_and_capital():
    for letter, plain in FOREIGN_LETTERS.items():
        assert plain.isascii()
        assert fold(letter) == fold(plain)
        assert fold(letter.upper()) == fold(plain)

"""Text without case, accents and punctuation: what filters compare.

A database cannot be asked to do this: SQLite's LIKE and lower() know only ASCII letters, and PostgreSQL's
depend on the locale the cluster was made with. So the folded text is stored, and what the visitor typed is
folded the same way.
"""

import unicodedata

# Letters that Unicode does not take apart into a base letter and an accent. Lower case only: folding lowers
# first.
FOREIGN_LETTERS = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ħ": "h",
    "ŧ": "t",
    "ı": "i",
    "ĸ": "k",
    "ŋ": "n",
    "ə": "e",
    "ƒ": "f",
}


def fold(text: str) -> str:
    """``VšĮ „Devynios galybės“`` → "vsi devynios galybes".

    Lower case; Lithuanian and foreign accents off; quotation marks, hyphens and other punctuation to spaces;
    runs of space to one, none at the ends. Letters and digits of any script stay. Folding twice changes
    nothing.
    """
    # Compatibility decomposition before lowering ("™" holds capital letters), and again after it ("İ" gives a
    # mark).
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return " ".join("".join(map(_folded_character, decomposed)).split())


def _folded_character(character: str) -> str:
    if character.isalnum():
        return FOREIGN_LETTERS.get(character, character)
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return ""  # an accent, or an invisible character such as the soft hyphen: the word goes on
    if unicodedata.category(character).startswith("M"):
        return character  # a vowel sign of an Indic script is a part of the word, not an accent
    return " "

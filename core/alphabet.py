"""An alphabet bar over names in Lithuanian order."""

from dataclasses import dataclass
from itertools import groupby

from lithuanian.folding import fold
from lithuanian.sorting import initial, sort_key


@dataclass
class Letter:
    """
    The rows filed under one letter. `heading` names every letter that is met among them ("A, Ą"); "" stands for rows
    without a name. `anchor` is ASCII, fit for an id.
    """

    heading: str
    anchor: str
    rows: list


def by_letter(rows, name):
    """
    Rows, which come in the order of `lithuanian.sort_key`, by the letter they are filed under: a list of Letter.

    `name` tells a row's name. Letters that the order does not part (A with Ą, E with Ę and Ė, I with Į and Y, U with Ų
    and Ū) share a heading: their names stand mixed, as in a Lithuanian dictionary.
    """
    letters = []
    for key, found in groupby(((_filed_under(name(row)), row) for row in rows), key=lambda pair: pair[0][0]):
        pairs = list(found)
        headings = sorted({heading for (_, heading), _ in pairs}, key=sort_key)
        letters.append(Letter(", ".join(headings), f"raide-{key}", [row for _, row in pairs]))
    return letters


# Č, Š and Ž are letters of their own in the order, unlike the other letters with a mark; Y is filed with I.
_OWN = {"Č": "cz", "Š": "sz", "Ž": "zz"}


def _filed_under(name):
    heading = initial(name) if name else ""
    plain = fold(heading).replace(" ", "") or "kita"
    return _OWN.get(heading, "i" if plain == "y" else plain), heading

"""Names that mean the same: abbreviations of the field, and the several names of one organisation."""

from lithuanian.word_forms import stem_sequence
from partners.models import Organisation

# What the field calls by its first letters (the glossary of LEADER in Lithuania), the abbreviation first.
ABBREVIATIONS = (
    ("VVG", "vietos veiklos grupė"),
    ("ŽRVVG", "žuvininkystės regiono vietos veiklos grupė"),
    ("VPS", "vietos plėtros strategija"),
    ("BIVP", "bendruomenių inicijuota vietos plėtra"),
    ("FSA", "finansavimo sąlygų aprašas"),
    ("PAK", "projektų atrankos komitetas"),
    ("NMA", "Nacionalinė mokėjimo agentūra"),
    ("ŽŪM", "Žemės ūkio ministerija"),
    ("KPP", "kaimo plėtros programa"),
    ("EŽŪFKP", "Europos žemės ūkio fondas kaimo plėtrai"),
    ("ES", "Europos Sąjunga"),
    ("NVO", "nevyriausybinė organizacija"),
    ("VšĮ", "viešoji įstaiga"),
    ("BĮ", "biudžetinė įstaiga"),
    ("UAB", "uždaroji akcinė bendrovė"),
    ("MB", "mažoji bendrija"),
    ("BDAR", "Bendrasis duomenų apsaugos reglamentas"),
    ("sav", "savivaldybė"),
    ("sen", "seniūnija"),
    ("r", "rajonas"),
    ("k", "kaimas"),
    ("mstl", "miestelis"),
)


def synonyms():
    """
    Every name that has others: a dict of its stems (a tuple) and all its group's names (a tuple of texts).

    One query: an organisation's names are as they stand now.
    """
    groups = list(ABBREVIATIONS)
    for name, short_name, aliases in Organisation.objects.values_list("name", "short_name", "aliases"):
        names = tuple(dict.fromkeys(filter(None, [name, short_name, *aliases.splitlines()])))
        if len(names) > 1:
            groups.append(names)
    found = {}
    for names in groups:
        for name in names:
            if key := tuple(stem_sequence(name).split()):
                found[key] = tuple(dict.fromkeys((*found.get(key, ()), *names)))
    return found

"""Words without their endings, and the case that an ending shows: what compares names in running prose.

A light stemmer: it takes off the longest ending of a noun or adjective and undoes the softening before it (sutartis,
sutarčių → "sutart"). Unlike Snowball's it keeps proper names whole: Alytus, Alytaus, Alytuje are all "alyt". It makes
no claim to find a dictionary's word; two forms of one word have one stem, and that is all.
"""

import re
from functools import lru_cache

from .folding import fold

# Of nouns, adjectives, participles and pronouns, folded.
_ENDINGS = """
    a ai aisiais ais aja ajai ajam ajame aji am ame ams as asias asis aus e ei eje em eme emis ems ens eni eniu enyje
    es ese i ia iai iais iaisiais iaja iajai iajam iajame iaji iam iame iams ias iasias iasis iaus ie iejam ieji iems
    ies iesiems ije iji im ime imi imis ims in io iojo ioje iojoje ioji iom iomis ioms ios iose iosiomis iosioms iosios
    iosiose is iu iui iuje iuju iumi iumis iums iuoju iuos iuose iuosiuose iuosius ius o oje ojo ojoje oji om omis oms
    os ose osiomis osioms osios osiose u ui uje uju um umi umis ums uo uoju uos uose uosiuose uosius us y yje ys yse
    ysis
"""
# Shorter stems tell nothing.
SHORTEST_STEM = 3
_ENDING = re.compile(rf"(?<=\w{{{SHORTEST_STEM}}})(?:{'|'.join(sorted(_ENDINGS.split(), key=len, reverse=True))})$")

# Endings by that of the nominative, in the order of CASES after it; then, of a singular, all six of the plural.
CASES = ("nominative", "genitive", "dative", "accusative", "instrumental", "locative")
_PARADIGMS = {
    "oji": "osios ajai ąją ąja ojoje",
    "asis": "ojo ajam ąjį uoju ajame",
    "ius": "iaus iui ių iumi iuje",
    "iai": "ių iams ius iais iuose",
    "as": "o ui ą u e ai ų ams us ais uose",
    "is": "io iui į iu yje iai ių iams ius iais iuose",
    "ys": "io iui į iu yje iai ių iams ius iais iuose",
    "us": "aus ui ų umi uje",
    "ai": "ų ams us ais uose",
    "os": "ų oms as omis ose",
    "ės": "ių ėms es ėmis ėse",
    "a": "os ai ą a oje os ų oms as omis ose",
    "ė": "ės ei ę e ėje ės ių ėms es ėmis ėse",
}


def stem(word: str) -> str:
    """A word without its ending, case and accents: rajonų → "rajon", Didžiojo → "did". Short words stay whole."""
    return stem_of_folded(fold(word))


@lru_cache(maxsize=50_000)
def stem_of_folded(word: str) -> str:
    """The same of a folded word (`folding.fold`): its softened consonant is hard again. Numbers stay as they are."""
    if any(character.isdigit() for character in word):
        return word
    short = _ENDING.sub("", word)
    if short == word:
        return short
    if short.endswith("dz"):
        return short[:-1]
    return f"{short[:-1]}t" if short.endswith("c") else short


def cases(nominative: str, form: str) -> set[str]:
    """Which of CASES `form` may be of the word whose nominative is given; empty where its ending tells nothing.

    "biblioteka", "biblioteka" → nominative and instrumental; "agentūra", "agentūrai" → dative.
    """
    nominative, form = nominative.casefold(), form.casefold()
    for ending, others in _PARADIGMS.items():
        if nominative.endswith(ending):
            base = nominative.removesuffix(ending)
            forms = [nominative, *(base + other for other in others.split())]
            return {CASES[place % len(CASES)] for place, said in enumerate(forms) if said == form}
    return set()

"""Words without their endings, and the case that an ending shows: what compares names in running prose.

A light stemmer: it takes off the longest ending of a noun or adjective and undoes the softening before it (sutartis,
sutarčių → "sutart"). Unlike Snowball's it keeps proper names whole: Alytus, Alytaus, Alytuje are all "alyt". It makes
no claim to find a dictionary's word; two forms of one word have one stem, and that is all.
"""

from functools import lru_cache

from .folding import fold

# Nouns and adjectives, singular and plural.
_PLAIN = (
    "as o ui ą u e ai ų ams us ais uose ame am is io iui į iu yje iai ių iams ius iais iuose ys ies imi ims imis yse "
    "a os oje oms omis ose ia ios ią ioje ioms iomis iose ė ės ei ę ėje ėms es ėmis ėse aus umi uje iaus iumi iuje "
    "ūs umis uo ens enį eniu enyje i iame iam"
)
# Pronominal adjectives: viešoji, didysis.
_PRONOMINAL = (
    "oji osios ajai ąją ąja ojoje ųjų osioms ąsias osiomis osiose asis ojo ajam ąjį uoju ajame ieji iesiems uosius "
    "aisiais uosiuose ysis iojo iajam įjį iuoju iajame iųjų iuosius iaisiais ioji iosios iajai iąją iąja iojoje "
    "iosioms iosiomis iosiose"
)
_ENDINGS = sorted({*_PLAIN.split(), *_PRONOMINAL.split()}, key=len, reverse=True)
_SHORTEST = 3
_SOFTENED = (("dž", "d"), ("č", "t"))

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


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """A word without its ending, case and accents: rajonų → "rajon", Didžiojo → "did". Short words stay whole."""
    word = word.casefold()
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            word = word.removesuffix(ending)
            for soft, hard in _SOFTENED:
                if word.endswith(soft):
                    word = word.removesuffix(soft) + hard
            break
    return fold(word)


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

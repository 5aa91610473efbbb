"""What somebody should look at after a body was moved: one sentence of a kind, however often it happened."""

from dataclasses import dataclass

SHOWN = 20  # so many cases of a kind are told one by one
LONGEST = 160

SENTENCES = {
    "picture-missing": "Paveikslėliai neatkeliavo, jų vieta tekste liko tuščia",
    "picture-undescribed": "Paveikslėliai neaprašyti ir pažymėti kaip puošiantys: parašykite, kas juose matyti",
    "picture-link": "Paveikslėlis vedė kitur, nuoroda dabar stovi po juo",
    "gallery": "Galerijos nuotraukos nenurodytos sąrašu: patikrinkite, ar visos tos",
    "gallery-empty": "Galerija neperkelta: jos nuotraukų nerasta",
    "link-dead": "Nuorodos niekur neveda, liko tik jų tekstas",
    "heading-link": "Antraštė buvo nuoroda; liko jos tekstas",
    "script": "Pašalintas programinis kodas",
    "embed": "Įterptas kitos svetainės turinys pakeistas nuoroda",
    "video-title": "Vaizdo įrašas pavadintas kaip visas įrašas: parašykite, apie ką jis",
    "form": "Forma neperkelta: vietoj jos nurodykite kontaktų puslapį",
    "shortcode": "Įskiepių žymės pašalintos, tekstas liko",
    "shortcode-broken": "Įskiepio žymė nebaigta, ji pašalinta",
    "dynamic-block": "Automatiškai pildomas blokas neperkeltas",
    "reusable-missing": "Pakartotinai naudojamas blokas nerastas",
    "file-missing": "Failas neatkeliavo",
    "table-heading": "Lentelės pirmoji eilutė laikyta antraštėmis: patikrinkite",
    "table-no-heading": "Lentelės stulpeliai be antraščių: parašykite jas",
}


@dataclass(frozen=True)
class Remark:
    """A sentence for the editor with the stable name of its kind."""

    code: str
    text: str


class Remarks:
    """Gathers cases while a body is read."""

    def __init__(self):
        self._cases = {}

    def add(self, code, case=""):
        """One more case of a kind of `SENTENCES`; the same case is told once, with how often it was met."""
        case = " ".join(str(case).split())
        case = case if len(case) <= LONGEST else case[: LONGEST - 1].rstrip() + "…"
        cases = self._cases.setdefault(code, {})
        cases[case] = cases.get(case, 0) + 1

    def told(self) -> list[Remark]:
        """A remark for each kind, in the order they were met."""
        return [Remark(code, self._sentence(code, cases)) for code, cases in self._cases.items()]

    @staticmethod
    def _sentence(code, cases):
        number = sum(cases.values())
        named = [case if times == 1 else f"{case} ({times}×)" for case, times in cases.items() if case]
        sentence = f"{SENTENCES[code]} (iš viso {number})" if number > 1 else SENTENCES[code]
        if not named:
            return f"{sentence}."
        more = f"; ir dar {len(named) - SHOWN}" if len(named) > SHOWN else ""
        return f"{sentence}: {'; '.join(named[:SHOWN])}{more}."

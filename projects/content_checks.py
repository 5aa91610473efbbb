"""What the rules of publicity ask of a project's page, and of pages about a project."""

from core.content_checks import Finding, content_check
from core.content_checks.common import there_is_a_cover
from core.content_checks.reading import read
from core.models import BasePage
from lithuanian.folding import fold
from projects.models import ProjectPage, ProjectStatus

content_check("cover", "Nėra viršelio", ProjectPage)(there_is_a_cover)

# While support is asked for or paid, what is missing can be costly.
BINDING = {ProjectStatus.APPLIED, ProjectStatus.RUNNING, ProjectStatus.SUSPENDED}


def lacking(programme):
    """What a programme's publicity lacks, in words; "" where it has both its sentence and the emblem."""
    missing = []
    if not programme.publicity_statement:
        missing.append("viešinimo sakinio")
    if not programme.show_eu_emblem:
        missing.append("ES emblemos")
    return " ir ".join(missing)


@content_check("publicity", "ES viešinimas", ProjectPage, reads=["programme"])
def its_programme_is_made_known(project):
    """The emblem and the sentence are shown from the programme, so they are mended there."""
    programme = project.programme
    if programme is None:
        if not project.funder_id:
            yield Finding("Nenurodyta, kas remia projektą. Pasirinkite programą arba rėmėją.", "programme")
        return
    if missing := lacking(programme):
        both = not (programme.publicity_statement or programme.show_eu_emblem)
        yield Finding(
            f"Programa „{programme}“ neturi {missing}, todėl jų nebus ir šiame puslapyje. Papildykite: „Programos“ → "
            f"„{programme}“.",
            "programme",
            stops=both and project.status in BINDING,
        )


TO_PROJECT = "projectpage__programme"


@content_check(
    "publicity",
    "ES viešinimas",
    BasePage,
    reads=[f"related_page_links__target__{TO_PROJECT}", f"referring_page_links__page__{TO_PROJECT}"],
)
def pages_about_a_project_say_who_pays(page):
    """A page linked with a project names its programme, or says the sentence of its publicity."""
    if isinstance(page, ProjectPage):
        return
    linked = [link.target for link in page.related_page_links.all() if link.target_id]
    linked += [link.page for link in page.referring_page_links.all()] if page.pk else []
    said = None
    for project in filter(None, (getattr(other, "projectpage", None) for other in linked)):
        programme = project.programme
        if programme is None or not (programme.publicity_statement or programme.show_eu_emblem):
            continue
        if said is None:
            said = fold(" ".join(text for written in read(page) for text in written.texts))
        names = (programme.name, programme.short_name, programme.fund, programme.publicity_statement)
        if not any(fold(name) in said for name in names if name):
            sentence = programme.publicity_statement or programme.name
            yield Finding(
                f"Puslapis susietas su projektu „{project.title}“, kurį remia programa „{programme}“. Pasakykite tai "
                f"tekste, pvz.: „{sentence}“.",
                "body",
            )

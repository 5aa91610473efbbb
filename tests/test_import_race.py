"""
Imports at the same moment: real threads, each with a connection of its own, real commits.

Each of them has been shown a dry run in which the organisation is new; one may write it.
"""

import pytest

from core.imports.plan import Plan, carry_out
from core.models import PendingImport, User
from members.models import Member
from members.tables import MemberTable
from partners.models import Organisation
from partners.tables import OrganisationTable
from tests.races import alone, together

NAMES = [f"Bendruomenė Nr. {number}" for number in range(20)]


def uploaded(table, headings, rows):
    """An import whose dry run somebody has seen: a task that carries it out and returns whether it was done."""
    columns = table.guess(headings)
    person = User.objects.create(username=f"import-{User.objects.count()}", is_superuser=True)
    pending = PendingImport.objects.create(
        user=person,
        register=table.model._meta.label,
        file_name="lentelė.csv",
        headings=headings,
        rows=[[number, cells] for number, cells in enumerate(rows, start=2)],
        columns=columns,
    )
    seen = Plan(table, pending, person)
    assert seen.is_possible
    return lambda: carry_out(table, pending, person, seen.seal)[1]


def organisations():
    """All of them as an import of organisations."""
    rows = [[name, str(300000000 + at), "NVO"] for at, name in enumerate(NAMES)]
    return uploaded(OrganisationTable(), ["Pavadinimas", "Įmonės kodas", "Rūšis"], rows)


def members():
    """All of them as an import of members, which brings new organisations along; the other way round."""
    rows = [[name, "NVO", "Pilietinis"] for name in reversed(NAMES)]
    return uploaded(MemberTable(), ["Organizacija", "Organizacijos rūšis", "Sektorius"], rows)


@pytest.mark.parametrize(
    "made",
    [[organisations] * 4, [members] * 4, [organisations, members] * 2],
    ids=["organisations", "members", "one of each"],
)
def test_one_of_several_imports_at_once_writes_and_the_others_are_shown_again(database, made):
    tasks = alone(lambda: [make() for make in made])
    done = together(tasks)
    assert sum(done) == 1
    names = alone(lambda: sorted(Organisation.objects.values_list("name", flat=True)))
    assert names == sorted(NAMES), "each of them once"
    assert alone(lambda: Member.objects.count()) in (0, len(NAMES))
    assert alone(lambda: PendingImport.objects.count()) == len(made) - 1


def test_one_import_pressed_several_times_at_once_is_done_once(database):
    task = alone(organisations)
    assert sum(together([task] * 5)) == 1
    assert alone(lambda: Organisation.objects.count()) == len(NAMES)

import pytest
from search.models import SearchEntry
from search.finding import *

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded_site")]


def test_d():
    e = SearchEntry.objects.get(title="Bendradarbiavimas")
    out = [k for k in e.keys.split() if "vies" in k or "bibl" in k]
    q = ask("viešosios bibliotekos", synonyms())
    n = matching(q.query(), visible_entries(None))
    assert 0, (out, str(q.query()), [x.title for x in n[:5]], e.text[-400:])

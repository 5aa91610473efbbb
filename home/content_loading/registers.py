"""The registers: everything that is not a page."""

from core.models import Eldership, Municipality
from events.models import Venue
from home.content_loading.ledger import load_row
from home.content_loading.markup import to_blocks
from members.models import Member
from news.models import NewsPattern, Topic
from partners.models import NetworkMembership, Organisation
from projects.models import Measure, Programme

# Each stands after what it refers to.
PLAIN_REGISTERS = (
    # (file, table in it, model)
    ("members", "municipality", Municipality),
    ("members", "eldership", Eldership),
    ("organisations", "organisation", Organisation),
    ("events", "venue", Venue),
    ("news", "topic", Topic),
    ("projects", "programme", Programme),
)
PERSON = "person"


def load_registers(content, ledger, report):
    """Load every register. `content` is the files by name, `report(label, rows, made)` tells how each step went."""
    for file, table, model in PLAIN_REGISTERS:
        rows = content[file][table]
        report(model._meta.verbose_name_plural, rows, sum(load_row(ledger, model, row) for row in rows))
    for table, rows, load in (
        (NetworkMembership, content["organisations"]["membership"], _load_membership),
        (Measure, content["projects"]["measure"], _load_measure),
        (Member, content["members"]["member"], _load_member),
        (NewsPattern, content["news"]["pattern"], _load_pattern),
    ):
        report(table._meta.verbose_name_plural, rows, sum(load(ledger, row) for row in rows))


def _load_membership(ledger, row):
    network = ledger.find(Organisation, row["network"])
    if network is None:
        return False
    fields = {name: value for name, value in row.items() if name != "network"}
    return load_row(ledger, NetworkMembership, fields, slug=row["network"], network=network)


def _load_measure(ledger, row):
    programme = ledger.find(Programme, row["programme"])
    if programme is None:
        return False
    made = load_row(ledger, Measure, {"code": row["code"]}, slug=row["slug"], programme=programme, name=row["name"])
    if made:
        programme.save_revision()
    return made


def _load_member(ledger, row):
    """Every member of the files is a sample: an organisation made for it, or a person with no real name to hide."""
    member = {"is_sample": True, **{name: row[name] for name in ("sector", "eldership", "joined")}}
    if row["kind"] == PERSON:
        return load_row(ledger, Member, {**member, "shows_name": True}, slug=row["slug"], surname=row["name"])
    organisation = {"is_sample": True, **{name: row[name] for name in ("slug", "name", "kind")}}
    load_row(ledger, Organisation, organisation)
    organisation = ledger.find(Organisation, row["slug"])
    if organisation is None:
        return False
    return load_row(ledger, Member, member, slug=row["slug"], organisation=organisation)


def _load_pattern(ledger, row):
    """A pattern's headings, as the pages' texts are written; it links nowhere."""
    body = to_blocks(row["body"], lambda path: None)
    return load_row(ledger, NewsPattern, {**row, "body": body})

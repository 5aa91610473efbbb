"""
The report of an import as a file: HTML to read and print, or JSON for programs. From `ImportedItem` rows alone.

The HTML stands by itself: no other file, no other host, and everything of the old site in it is text.
"""

import json
from collections import Counter
from pathlib import Path

from django.template.loader import get_template, render_to_string
from django.utils import timezone

from core.structured_data import absolute
from wordpress_import.models import ImportedItem, Verdict
from wordpress_import.telling import sentences, told, totals_of, with_things

# By the ending of the file's name.
FORMATS = (".html", ".json")
# Where the items go in the page around them: a sign that XML forbids and no template escapes away.
HERE = "\x00"
CHUNK = 200


def check_path(path):
    """The path as a `Path`; ValueError, in Lithuanian, where no report can be written there."""
    path = Path(path)
    if path.suffix.lower() not in FORMATS:
        raise ValueError(f"Ataskaitos failo pavadinimas turi baigtis {' arba '.join(FORMATS)}: {path}")
    if path.is_dir() or not path.parent.is_dir():
        raise ValueError(f"Čia ataskaitos įrašyti negalima, nėra tokio aplanko: {path.parent}")
    return path


def write_report(path, source, *, addresses=(), rules=(), rehearsal=False):
    """
    Write what came of the old site `source` (its host) to `path`: HTML or JSON, by its ending. Returns the path.

    `addresses` are old addresses as they answer now: dicts with `old`, `status` (an HTTP status), `hops` (how many
    redirects), `final` (where they end) and, if 200 by one redirect at most is not the measure, `right`. `rules` are
    those that were tried: dicts with `rule` (as it is written), `becomes` and `matched` (how many items).
    `rehearsal` says that nothing was kept: then nothing is linked to.
    The file is there whole or not at all. Raises ValueError for another ending or folder, OSError where the disk does.
    """
    path = check_path(path)
    items = ImportedItem.objects.of(source)
    facts = {
        "source": source,
        "written_at": timezone.localtime(),
        "rehearsal": rehearsal,
        "totals": totals_of(items),
        "waiting": items.to_look_at().count(),
        "words": words_in_all(items),
        "addresses": answers(addresses),
        "rules": list(rules),
    }
    rows = with_things(items.in_order_of_need()).iterator(chunk_size=CHUNK)
    unfinished = path.with_name(f"{path.name}.rasoma")
    try:
        with unfinished.open("w", encoding="utf-8") as file:
            file.writelines(_json(facts, rows) if path.suffix.lower() == ".json" else _html(facts, rows))
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return path


def words_in_all(items):
    """The words of all items: how many before and after, how many of them are missing, and of how many items."""
    found = Counter(before=0, after=0, lost=0, items=0)
    for words in items.exclude(words={}).values_list("words", flat=True).iterator(chunk_size=CHUNK):
        lost = len(words.get("lost", []))
        found.update(before=words.get("before") or 0, after=words.get("after") or 0, lost=lost, items=bool(lost))
    return dict(found)


def answers(addresses):
    """Old addresses sorted out: all of them, and those that answer at once, by one redirect, and as they should not."""
    addresses = list(addresses)
    good = [row for row in addresses if row.get("right", row["status"] == 200 and row["hops"] <= 1)]
    return {
        "all": addresses,
        "kept": sum(row["hops"] == 0 for row in good),
        "redirected": sum(row["hops"] == 1 for row in good),
        "wrong": [row for row in addresses if row not in good],
    }


def _html(facts, rows):
    before, _, after = render_to_string("wordpress_import/report_file.html", facts | {"here": HERE}).partition(HERE)
    yield before
    one = get_template("wordpress_import/report_file_item.html")
    for item in rows:
        row = told(item)
        yield one.render({"item": item, "told": row, "linked": not facts["rehearsal"]})
    yield after


def _json(facts, rows):
    totals, found = facts["totals"], facts["addresses"]
    head = {
        "source": facts["source"],
        "written_at": facts["written_at"].isoformat(timespec="seconds"),
        "rehearsal": facts["rehearsal"],
        "totals": {
            "items": totals.number,
            "to_look_at": facts["waiting"],
            "by_verdict": dict.fromkeys(Verdict.values, 0) | dict(totals.by_verdict),
            "by_kind": {kind: dict(row) for kind, row in totals.counts.items()},
            "comments_left": totals.comments,
            "words": facts["words"],
        },
        "addresses": {
            "checked": len(found["all"]),
            "kept": found["kept"],
            "redirected": found["redirected"],
            "wrong": len(found["wrong"]),
            "list": found["all"],
        },
        "rules": facts["rules"],
    }
    yield json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}") + ',\n "items": ['
    for place, item in enumerate(rows):
        yield ("," if place else "") + "\n  " + json.dumps(_item(item, facts["rehearsal"]), ensure_ascii=False)
    yield "\n ]\n}\n"


def _item(item, rehearsal):
    row = told(item)
    became = {"kind": row.became, "title": row.title, "state": row.state, "key": item.object_id}
    if not rehearsal:
        became |= {"url": row.url and absolute(row.url), "edit_url": row.edit_url and absolute(row.edit_url)}
    return {
        "kind": item.kind,
        "number": item.number,
        "status": item.status,
        "title": item.title,
        "old_address": item.old_address,
        "verdict": item.verdict,
        "became": became if item.object_id else None,
        "remarks": item.remarks or [{"code": "", "text": text} for text in sentences(item)],
        "words": item.words,
        "comments": item.comments,
        "checked_at": item.checked_at and item.checked_at.isoformat(timespec="seconds"),
    }

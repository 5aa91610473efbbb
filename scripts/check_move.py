"""
Move a real export into a throw-away database and look at what came: `scripts/check_move.py EXPORT UPLOADS [--loaded]`.

The import runs twice, and the second run must write nothing in any table. Every published item must answer at its old
addresses by one hop, and no word may be lost. With `--loaded` the LAG's own content stands there first, and
`--seed FILE` is read as a register and compared with it. On PostgreSQL the database is that of DATABASE_URL with
"_move" behind its name, made anew.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from throw_away import HOUSE, prepare


def main():
    """Move, compare, ask; the exit code is 1 where something is not as it must be."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("export", type=Path)
    asked.add_argument("uploads", type=Path)
    asked.add_argument("--loaded", action="store_true", help="with the LAG's own content")
    asked.add_argument("--seed", type=Path, help="a text whose agreements are known (content/agreements.toml)")
    asked.add_argument("--search", type=Path, help="a file of searches that must be found (evaluate_search)")
    told = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder), "move")
        trouble = move(told)
    for line in trouble:
        print(line, file=sys.stderr)
    sys.exit(1 if trouble else 0)


def move(told):
    """Do it. Returns what is not as it must be: a list of lines."""
    from django.core.management import CommandError, call_command

    from tests.wordpress_site import differences, everything_stored
    from wordpress_import.addresses import check_addresses
    from wordpress_import.models import ImportedItem

    if told.loaded:
        call_command("load_content", verbosity=0)
    began = time.monotonic()
    call_command("import_wordpress", told.export, uploads=told.uploads)
    print(f"Perkelta per {time.monotonic() - began:.0f} s")
    before = everything_stored()
    call_command("import_wordpress", told.export, uploads=told.uploads, verbosity=0)
    trouble = [f"The second run has changed {table}" for table in differences(before, everything_stored())]
    lost = {item: item.words["lost"] for item in ImportedItem.objects.exclude(words={}) if item.words.get("lost")}
    trouble += [f"Words are lost in „{item}“: {' '.join(words[:20])}" for item, words in lost.items()]
    answers = list(check_addresses())
    trouble += [f"{answer.asked}: {answer.status} by {answer.hops} hops" for answer in answers if not answer.is_right]
    print(f"Old addresses asked: {len(answers)}, wrong: {sum(not answer.is_right for answer in answers)}")
    if told.seed:
        try:
            call_command("read_register", told.seed, expect=HOUSE / "content" / "agreements.toml")
        except CommandError as error:
            trouble.append(str(error))
    if told.search:
        try:
            call_command("evaluate_search", told.search)
        except CommandError as error:
            trouble.append(str(error))
    return trouble


if __name__ == "__main__":
    main()

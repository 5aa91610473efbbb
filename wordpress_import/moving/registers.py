"""Where a rule says so, an open page's text is read as a register too."""

import logging
from dataclasses import replace

from django.db import transaction

from core.models import SiteSettings
from lithuanian.plurals import counted
from partners.models import CooperationIndexPage, Organisation
from wordpress_import.moving.memory import remark
from wordpress_import.moving.states import State
from wordpress_import.registers import agreements, members
from wordpress_import.registers.directory import Directory
from wordpress_import.registers.texts import without_tables
from wordpress_import.rules import Becomes

logger = logging.getLogger(__name__)


def read_registers(noted, item, export, tree):
    """
    Read agreements or members out of an item's text, as its rule says. Returns remarks, and the item as its page has to
    say it: without the table of members where that page lists the members itself.

    Of what was not open nothing is read: members and memberships show to everybody. That the reading fails does not
    keep the text from coming.
    """
    readers = {Becomes.AGREEMENTS: _agreements, Becomes.MEMBERS: _members}
    if noted.becomes not in readers or noted.state is not State.PUBLIC:
        return [], item
    try:
        with transaction.atomic():
            return readers[noted.becomes](item, export, tree)
    except Exception as error:  # the text comes all the same; the register can be read by `read_register`
        logger.debug("A register was not read", exc_info=True)
        told = f"Registro iš teksto perskaityti nepavyko ({type(error).__name__})."
        return [remark("register-failed", told)], item


def _agreements(item, export, tree):
    names = SiteSettings.objects.values_list("name", "short_name")
    own_names = [name for pair in names for name in pair if name] + ([export.title] if export.title else [])
    entries = agreements.read_entries(item.content, Directory(Organisation.objects.all()), own_names)
    parent = CooperationIndexPage.objects.get(pk=tree.index(CooperationIndexPage).pk)
    made = [is_made for _, is_made in agreements.keep(entries, parent, item.link)]
    if not entries:
        return [], item
    told = (
        f"Iš sąrašo perskaityta: {counted(len(entries), 'įrašas', 'įrašai', 'įrašų')}; naujų sutarčių juodraščių ir "
        f"narysčių – {sum(made)}, kitos jau buvo. Juodraščius perskaitykite ir paskelbkite."
    )
    doubts = sum(len(entry.doubts) for entry in entries)
    return [remark("agreements", f"{told} Abejonių surašyta juodraščiuose: {doubts}.")], item


def _members(item, export, tree):
    rows = members.read_table(item.content)
    if not rows:
        return [], item
    kept = members.keep(rows)
    doubts = [f"{row.name}: {' '.join(told)}" for row, (_, _, told) in zip(rows, kept, strict=True) if told]
    made = sum(is_made for _, is_made, _ in kept)
    remarks = [
        remark(
            "members",
            f"Iš lentelės perskaityta: {counted(len(rows), 'narys', 'nariai', 'narių')}; naujų registre – {made}.",
        )
    ]
    if doubts:
        remarks.append(remark("members-doubts", f"Patikrinkite narių registre: {'; '.join(doubts)}"))
    if tree.shells[item.number].own and all(member for member, _, _ in kept):
        remarks.append(remark("members-table", "Lentelė į puslapio įžangą neįkelta: narius puslapis išvardija pats."))
        return remarks, replace(item, content=without_tables(item.content))
    return remarks, item

"""The list of partners: who they are, by kind and country."""

from core.alphabet import by_letter
from lithuanian.sorting import name_for_sorting, sort_key

LAG_KINDS = {"lag", "flag"}


def partner_groups(organisations):
    """
    Organisations in three groups, each in Lithuanian order of the names shown: a list of (heading, number, letters).

    Local action groups of the country, other organisations of the country, partners abroad; a group without anybody is
    left out. `letters` as `by_letter` gives them. The short names are shown, so `sort_key` is not the order here.
    """
    groups = {"Vietos veiklos grupės Lietuvoje": [], "Kitos organizacijos Lietuvoje": [], "Partneriai užsienyje": []}
    lags, others, abroad = groups.values()
    for organisation in sorted(organisations, key=lambda row: sort_key(name_for_sorting(row.display_name))):
        if organisation.is_abroad:
            abroad.append(organisation)
        else:
            (lags if organisation.kind in LAG_KINDS else others).append(organisation)
    return [
        (heading, len(rows), by_letter(rows, lambda row: row.display_name)) for heading, rows in groups.items() if rows
    ]

"""The list of partners: who they are, by kind and country."""

from core.alphabet import by_letter

LAG_KINDS = {"lag", "flag"}


def partner_groups(organisations):
    """
    Organisations (a queryset) in three groups, each in Lithuanian order: a list of (heading, number, letters).

    Local action groups of the country, other organisations of the country, partners abroad; a group without anybody is
    left out. `letters` as `by_letter` gives them. One query.
    """
    groups = {"Vietos veiklos grupės Lietuvoje": [], "Kitos organizacijos Lietuvoje": [], "Partneriai užsienyje": []}
    lags, others, abroad = groups.values()
    for organisation in organisations.order_by("sort_key", "pk"):
        if organisation.is_abroad:
            abroad.append(organisation)
        else:
            (lags if organisation.kind in LAG_KINDS else others).append(organisation)
    return [(heading, len(rows), by_letter(rows, lambda row: row.name)) for heading, rows in groups.items() if rows]

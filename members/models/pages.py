"""The list of members on the site, and their balance by sector."""

from decimal import Decimal

from django.db import models
from wagtail.contrib.routable_page.models import path

from core.alphabet import by_letter
from core.models import BaseIndexPage
from core.visibility import visible
from members import datasets
from members.filters import member_listing
from members.models.members import Member, Sector


class MemberListPage(BaseIndexPage):
    """The list of members with filters, and their balance by sector."""

    page_description = "Narių sąrašas su paieška ir sudėtimi pagal sektorius."
    max_count = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = []
    per_page = 100
    exports = (datasets.MEMBERS,)

    class Meta:
        verbose_name = "narių sąrašas"
        verbose_name_plural = "narių sąrašai"

    def members(self, request):
        """The members this reader may see, in Lithuanian order."""
        members = visible(Member.objects.all(), request).in_order()
        return members.select_related("organisation", "eldership__municipality")

    @path("")
    def member_list(self, request):
        """The list with its filters."""
        members = self.members(request)
        listing = member_listing(members, request, self.get_url(request))
        rows = self.paginate(request, listing.rows)
        return self.render(
            request,
            context_overrides={
                "listing": listing,
                "page_of_rows": rows,
                "letters": by_letter(rows, lambda member: member.filed_as),
                "has_samples": any(member.is_sample for member in rows),
                "composition": composition(members, listing),
            },
        )


def composition(members, listing):
    """
    How the members are spread over the sectors: a dict of `total` and `parts`, a list in the order of `Sector`.

    Of a part: `label`; `count`; `start`, the members in the parts before it; `share` of all in per cent, to one
    decimal; `url` of the list narrowed to it, "" where that is empty. One query.
    """
    counts = dict(members.order_by().values_list("sector").annotate(n=models.Count("pk")))
    total = sum(counts.values())
    parts, start = [], 0
    for sector in Sector:
        count = counts.get(sector.value, 0)
        parts.append(
            {
                "sector": sector.value,
                "label": sector.label,
                "count": count,
                "start": start,
                "share": round(Decimal(100 * count) / total, 1) if total else Decimal(0),
                "url": f"{listing.path}?sektorius={sector.value}" if count else "",
            }
        )
        start += count
    return {"total": total, "parts": parts}

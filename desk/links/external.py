"""Links to other sites, and where they stand."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from desk.links.addresses import registers_with_links
from desk.links.collecting import page_type
from desk.models import LinkUse
from desk.pages import editable


def external_uses(user):
    """Where links to other sites stand, of what this user may edit: published pages, and rows of registers."""
    mine = Q(source_type=page_type(), source_id__in=editable(user).filter(live=True).order_by().values("pk"))
    for model in registers_with_links():
        if user.has_perm(f"{model._meta.app_label}.change_{model._meta.model_name}"):
            mine |= Q(source_type=ContentType.objects.get_for_model(model, for_concrete_model=False))
    uses = LinkUse.objects.filter(mine, link__url__startswith="http")
    return uses.select_related("link").prefetch_related("source")

"""What Wagtail's history keeps and says of a thing that is no page."""

from uuid import uuid4

from wagtail.log_actions import log
from wagtail.models import Revision, RevisionMixin


def tell(thing, action, **details):
    """
    Write an entry of its own into the history of `thing`; `details` are those of Wagtail's `log()`.

    All entries of a request share a number, and of those with one number and action the history shows only the last.
    """
    log(thing, action, uuid=uuid4(), **details)


def keep_version(row, user):
    """
    A version of a saved row, None for one that keeps none.

    What `save_revision` does, without saving the row and indexing it once more.
    """
    if not isinstance(row, RevisionMixin):
        return None
    version = Revision.objects.create(
        content_object=row,
        base_content_type=row.get_base_content_type(),
        user=user,
        content=row.serializable_data(),
        object_str=str(row),
    )
    row.latest_revision = version
    type(row)._base_manager.filter(pk=row.pk).update(latest_revision=version)
    return version


def keep_first_state(row):
    """
    Before the first change of a row: keep what the database holds as a version, so that it can be brought back.

    A row that was loaded with the site has no version yet. Does nothing where there is one, or where none are kept.
    """
    if isinstance(row, RevisionMixin) and row.latest_revision_id is None:
        stored = type(row)._base_manager.get(pk=row.pk)
        row.latest_revision = keep_version(stored, None)
        tell(stored, "core.first_state", revision=row.latest_revision, content_changed=True)

"""What Wagtail's first migrations have named in English: the root of the pages and that of the collections."""

from django.db import migrations

PAGES, COLLECTIONS = "Puslapiai", "Bendra kolekcija"


def rename(apps, page, collection):
    """Rename the roots that still have their first name: {old: new}."""
    for old, new in page.items():
        apps.get_model("wagtailcore", "Page").objects.filter(depth=1, title=old).update(title=new, draft_title=new)
    for old, new in collection.items():
        apps.get_model("wagtailcore", "Collection").objects.filter(depth=1, name=old).update(name=new)


def into_lithuanian(apps, schema_editor):
    rename(apps, {"Root": PAGES}, {"Root": COLLECTIONS})


def back(apps, schema_editor):
    rename(apps, {PAGES: "Root"}, {COLLECTIONS: "Root"})


class Migration(migrations.Migration):
    dependencies = [
        ("home", "0003_messages_read"),
        ("wagtailcore", "0094_alter_page_locale"),
    ]

    operations = [migrations.RunPython(into_lithuanian, back)]

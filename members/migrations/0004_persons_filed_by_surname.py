"""A person's place in the order is kept whether or not readers may see the name."""

from django.db import migrations

from lithuanian.sorting import sort_key


def file_by_surname(apps, schema_editor):
    """The place of those who were filed last since they stay unnamed."""
    rows = apps.get_model("members", "Member").objects.filter(organisation=None, shows_name=False)
    for member in rows.iterator():
        member.person_sort_key = sort_key(f"{member.surname} {member.given_name}")
        member.save(update_fields=["person_sort_key"])


def file_unnamed_last(apps, schema_editor):
    """As it was before."""
    rows = apps.get_model("members", "Member").objects.filter(organisation=None, shows_name=False)
    rows.update(person_sort_key="z")


class Migration(migrations.Migration):
    dependencies = [("members", "0003_delegates")]

    operations = [migrations.RunPython(file_by_surname, file_unnamed_last)]

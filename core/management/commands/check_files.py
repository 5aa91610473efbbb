"""`manage.py check_files`: whether uploads and their rows are in step."""

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError

from core.models import CustomDocument, CustomImage, CustomRendition

# Folder of the storage: the rows whose files are there, those in the trash too.
FOLDERS = {
    "original_images": CustomImage.everything,
    "documents": CustomDocument.everything,
    "images": CustomRendition.objects,
}


def out_of_step():
    """Files that a row names and that are not there, and files that no row names: two sorted lists."""
    missing, orphans = [], []
    for folder, rows in FOLDERS.items():
        named = set(rows.values_list("file", flat=True))
        stored = set(files_in(folder))
        orphans += stored - named
        missing += [name for name in named - stored if not default_storage.exists(name)]
    return sorted(missing), sorted(orphans)


def files_in(folder):
    """The names of all files in a folder of the storage and below."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:  # nothing was ever uploaded there
        return
    yield from (f"{folder}/{name}" for name in files)
    for inner in folders:
        yield from files_in(f"{folder}/{inner}")


class Command(BaseCommand):
    """Says what is wrong and mends nothing: a file without a row may be all that is left of something."""

    help = "Compare the uploaded files with the tables. Fails if a row has no file or a file no row."

    def handle(self, **options):
        """List both, and fail if there is anything to list."""
        missing, orphans = out_of_step()
        for name in missing:
            self.stdout.write(f"Įrašas be failo: {name}")
        for name in orphans:
            self.stdout.write(f"Failas be įrašo: {name}")
        if missing or orphans:
            raise CommandError(f"{len(missing)} rows without a file, {len(orphans)} files without a row.")
        self.stdout.write("Failai ir įrašai sutampa.")

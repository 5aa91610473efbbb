"""Files as people make them, for tests of imports."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

ORGANISATIONS = "/admin/snippets/partners/organisation/"
MEMBERS = "/admin/snippets/members/member/"


def csv_file(*rows, encoding="utf-8-sig", separator=";", name="lentele.csv"):
    """A CSV of rows of cells, which hold no separator."""
    text = "".join(separator.join(row) + "\r\n" for row in rows)
    return SimpleUploadedFile(name, text.encode(encoding))


def xlsx_file(*rows, change=None, name="lentele.xlsx"):
    """A workbook of rows of cells; `change(sheet)` does more to it."""
    workbook = Workbook()
    for row in rows:
        workbook.active.append(row)
    if change:
        change(workbook.active)
    content = io.BytesIO()
    workbook.save(content)
    return SimpleUploadedFile(name, content.getvalue())


def zip_file(parts, name="lentele.xlsx"):
    """A ZIP of parts: name → content."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in parts.items():
            archive.writestr(part, text)
    return SimpleUploadedFile(name, content.getvalue())


def plain_file(content, name="lentele.csv"):
    """A file of these bytes."""
    return SimpleUploadedFile(name, content)


class Importer:
    """Somebody who imports into a register, as their browser would: `client` at `register`, the list's address."""

    def __init__(self, client, register):
        self.client, self.register = client, register

    def upload(self, file):
        """Choose a file; the answer."""
        return self.client.post(f"{self.register}importas/", {"file": file})

    def refusal(self, file):
        """What is said beside the field of a file that cannot be read."""
        response = self.upload(file)
        assert response.status_code == 200, response["Location"]
        (message,) = response.context["form"].errors["file"]
        return message

    def check(self, file):
        """The plan of a file, after its columns if they have to be looked at. `address` is where it is shown."""
        response = self.upload(file)
        if response.status_code == 200:
            raise AssertionError(response.context["form"].errors)
        self.address = response["Location"].replace("stulpeliai/", "")
        return self.look()

    def look(self):
        """The plan as it is shown now."""
        response = self.client.get(self.address, {"rodyti": "visos"})
        assert response.status_code == 200, response["Location"]
        self.plan = response.context["plan"]
        return self.plan

    def carry_out(self, seal=None):
        """Press the button under what was last shown; the answer."""
        return self.client.post(self.address, {"seal": seal or self.plan.seal})

    def run(self, file):
        """All of it. Returns the plan that was carried out."""
        plan = self.check(file)
        assert plan.is_possible, troubles(plan)
        response = self.carry_out()
        assert response["Location"] == self.register
        return plan


def troubles(plan):
    """What is wrong, row by row: a dict number → [(heading, message)]."""
    return {
        verdict.number: [(trouble.heading, trouble.message) for trouble in verdict.troubles]
        for verdict in plan.verdicts
        if verdict.troubles
    }


def kinds(plan):
    """What would become of each row: a list of the kinds' names."""
    return [verdict.kind.name for verdict in plan.verdicts]

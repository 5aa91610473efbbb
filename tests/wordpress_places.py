"""A small old site for the tests of the bodies that were moved from it."""

from wordpress_import.bodies import Picture, Target

SITE = "http://senoji.example"
UPLOADS = f"{SITE}/wp-content/uploads"


class FakePlaces:
    """
    Pictures 1–60 stand at `uploads/1.jpg` … and in any size; files at `uploads/10.pdf` … have the documents 10 ….

    `/naujienos/7/` is page 7. `asked` is what was asked for.
    """

    def __init__(self, alts=None, captions=None, reusable=None, attached=(), titles=None):
        self.alts, self.captions, self.titles = alts or {}, captions or {}, titles or {}
        self.held, self.hanging, self.asked = reusable or {}, attached, []

    def link(self, href):
        self.asked.append(href)
        if href.startswith(("mailto:", "tel:")):
            return Target("mail", url=href)
        path = href.removeprefix(SITE)
        if path.startswith("/wp-content/uploads/"):
            name, _, kind = path.rpartition("/")[2].partition(".")
            number = int(name.partition("-")[0]) if name.partition("-")[0].isdigit() else 0
            if not number:
                return Target("dead", reason="failas neatkeliavo")
            if kind in ("jpg", "png"):
                return Target("image", number)
            return Target("document", number, title=self.titles.get(number, ""))
        if path.startswith("/naujienos/"):
            return Target("page", int(path.strip("/").rpartition("/")[2]))
        if path.startswith(("/", "?")):
            return Target("dead", reason="tokio puslapio nebuvo")
        return Target("outside", url=href)

    def image(self, src, number):
        if number is None:
            target = self.link(src)
            number = target.pk if target.kind == "image" else None
        if not number or number > 60:
            return None
        return Picture(number, self.alts.get(number, ""), self.captions.get(number, ""))

    def attachment(self, number):
        if number < 61:
            return self.image("", number)
        return Target("document", number, title=self.titles.get(number, "")) if number < 100 else None

    def reusable(self, number):
        return self.held.get(number)

    def attached(self):
        return [self.image("", number) for number in self.hanging]

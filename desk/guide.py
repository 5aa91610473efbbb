"""The editors' guide in the admin: docs/redaktoriams.md, the same words and pictures as in the repository."""

from functools import lru_cache

import markdown
from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.text import slugify
from django.views.generic import TemplateView
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from PIL import Image
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

GUIDE = settings.BASE_DIR / "docs" / "redaktoriams.md"
# Where the guide's pictures are among the static files.
SERVED_FROM = "vadovas"


class PicturesServed(Treeprocessor):
    """Pictures come from the static files, and a reader's browser fetches those it comes to."""

    def run(self, root):
        """Change the addresses."""
        for picture in root.iter("img"):
            file = GUIDE.parent / picture.get("src")
            picture.set("src", static(f"{SERVED_FROM}/{file.name}"))
            picture.set("loading", "lazy")
            with Image.open(file) as opened:  # room is kept, so that the way to a heading does not end beside it
                picture.set("width", str(opened.width))
                picture.set("height", str(opened.height))


class ForTheAdmin(Extension):
    """What differs from the file as the repository shows it."""

    def extendMarkdown(self, md):  # noqa: N802 (the library's name)
        """After the texts have become pictures and links."""
        md.treeprocessors.register(PicturesServed(md), "pictures_served", 0)


@lru_cache(maxsize=1)
def rendered(changed):
    """The guide's HTML without its title, and its table of contents. `changed` is when the file was written."""
    reader = markdown.Markdown(
        extensions=["tables", "sane_lists", "toc", ForTheAdmin()],
        extension_configs={"toc": {"toc_depth": "2-3", "slugify": lambda text, separator: slugify(text)}},
    )
    text = GUIDE.read_text("utf-8").partition("\n")[2].partition("<!-- turinys -->")
    html = reader.convert(text[0] + text[2].partition("<!-- /turinys -->")[2])
    return mark_safe(html), mark_safe(reader.toc)  # noqa: S308 (our own file)


def how_to(heading):
    """The address at which the guide says this: `heading` is one of its own, word for word."""
    return f"{reverse('guide')}#{slugify(heading)}"


class GuideView(WagtailAdminTemplateMixin, TemplateView):
    """The guide, for everybody who is let into the admin."""

    template_name = "desk/guide.html"
    page_title = "Redaktoriaus vadovas"
    header_icon = "help"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self):
        """This page alone."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        """Add the text."""
        html, contents = rendered(GUIDE.stat().st_mtime_ns)
        return super().get_context_data(**kwargs) | {"guide": html, "contents": contents}

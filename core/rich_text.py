"""The editor of rich text on the server's side."""

from django.forms import Media
from django.utils.html import escape
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.admin.staticfiles import versioned_static


class TextArea(DraftailRichTextArea):
    """
    Takes what the editor's script sends, and anything else as plain words: raw HTML never becomes HTML.

    Wagtail's own answers with an error to what is not its JSON.
    """

    @property
    def media(self):
        """After the editor's own script what it leaves in English."""
        return super().media + Media(js=[versioned_static("wagtailadmin/js/draftail.js"), "js/rich-text.js"])

    def value_from_datadict(self, data, files, name):
        """The text as it is stored; None where nothing was sent."""
        try:
            return super().value_from_datadict(data, files, name)
        except (AttributeError, KeyError, TypeError, ValueError):
            return f"<p>{escape(data[name])}</p>" if data[name] else ""

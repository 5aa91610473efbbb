"""The editor of rich text on the server's side."""

from django.utils.html import escape
from wagtail.admin.rich_text import DraftailRichTextArea


class TextArea(DraftailRichTextArea):
    """
    Takes what the editor's script sends, and anything else as plain words: raw HTML never becomes HTML.

    Wagtail's own answers with an error to what is not its JSON.
    """

    def value_from_datadict(self, data, files, name):
        """The text as it is stored; None where nothing was sent."""
        try:
            return super().value_from_datadict(data, files, name)
        except (AttributeError, KeyError, TypeError, ValueError):
            return f"<p>{escape(data[name])}</p>" if data[name] else ""

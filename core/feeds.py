"""What the feeds of all kinds share."""


def printable(text):
    """
    `text` without the control characters that neither XML 1.0 nor iCalendar can carry; new lines and tabs stay.

    They come along when an editor pastes from a word processor, and a page shows nothing of them.
    """
    return "".join(char for char in text if char in "\n\t" or not (char < " " or "\x7f" <= char < "\xa0"))

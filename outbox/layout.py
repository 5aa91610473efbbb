"""From the plain text of a letter to the parts of its HTML version: both say the same."""

import re
from dataclasses import dataclass

# „Pakeisti ar atsisakyti: https://…“, or the address alone.
LINK = re.compile(r"(?:(?P<label>.+): )?(?P<url>(?:https?|webcal)://\S+)")


@dataclass
class Part:
    """A paragraph: `text`, and a link below it (`url`, called `label`), each "" where there is none."""

    text: str
    label: str = ""
    url: str = ""


def parts(text):
    """The paragraphs of a letter, parted by empty lines: a list. A last line that is a link becomes a button."""
    found = []
    for paragraph in filter(None, (block.strip() for block in text.split("\n\n"))):
        above, _, last = paragraph.rpartition("\n")
        if link := LINK.fullmatch(last.strip()):
            found.append(Part(above, link["label"] or "", link["url"]))
        else:
            found.append(Part(paragraph))
    return found

"""What a body asks of the rest of the move-in: where its links lead, which pictures and files it means."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Target:
    """
    What an address of the old site, or of another one, leads to now.

    kind: "page", "document" and "image" with `pk`, "outside" and "mail" (mailto:, tel:) with `url`, "dead" with
    `reason` (Lithuanian). title: of a document, as readers see it in a list of documents.
    """

    kind: str
    pk: int | None = None
    url: str = ""
    reason: str = ""
    title: str = ""


@dataclass(frozen=True)
class Picture:
    """A picture of the library: its number, what it shows in words, its own caption, whose it is."""

    pk: int
    alt: str = ""
    caption: str = ""
    credit: str = ""


class Places(Protocol):
    """Knows the things of the old site by address and number. Nothing here raises for what it does not know."""

    def link(self, href: str) -> Target:
        """Where a link leads now; "dead" for what is nowhere."""

    def image(self, src: str, number: int | None) -> Picture | None:
        """The picture of an address, or of the attachment's number where the text says it; None if it did not come."""

    def attachment(self, number: int) -> Target | Picture | None:
        """The picture, or the file as a `Target`, of an attachment's number."""

    def reusable(self, number: int) -> str | None:
        """The text of a reusable block (wp_block)."""

    def attached(self) -> list[Picture]:
        """The pictures that hang on the item itself, in their order: what a gallery without numbers shows."""

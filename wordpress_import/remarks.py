"""What somebody should know or look at after the import."""

from typing import NamedTuple


class Remark(NamedTuple):
    """A sentence for the editor: `code`, a stable name of its kind, and `text` in Lithuanian."""

    code: str
    text: str

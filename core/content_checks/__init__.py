"""
What a page still lacks: for its editor beside the form, at publishing, and for reports over many pages.

A check is a function of a page that yields findings. `content_check` joins it to the page types it is about; a room
adds its own in its `content_checks.py`, which is found by itself, so that a higher room may look at pages of a lower.
Checks read a page as it is in memory, whether stored, typed or of a revision, and no body is turned into blocks: so a
report over thousands of pages asks the database a fixed number of times.
"""

from core.content_checks.registry import (
    Finding,
    NotReady,
    check_names,
    content_check,
    findings,
    findings_of,
    refuse_what_is_not_ready,
)

__all__ = [
    "Finding",
    "NotReady",
    "check_names",
    "content_check",
    "findings",
    "findings_of",
    "refuse_what_is_not_ready",
]

"""
The move itself: what stands in an export becomes pages, pictures, documents and topics of this site.

The export is read three times. `survey` hears what there is and what each item becomes; then media and topics come, and
every page as a draft shell in its tree (`shells`), so that texts can link to any of them; then each page gets its text
and its state (`texts`). One transaction an item: whenever the process dies, the next run goes on from there. What was
brought is remembered by `memory`, and what is remembered and unchanged is not written again.
"""

from wordpress_import.moving.alone import AlreadyRunning, one_import_at_once
from wordpress_import.moving.mover import Mover

__all__ = ["AlreadyRunning", "Mover", "one_import_at_once"]

"""Views of events that are no pages: somebody's own registration."""

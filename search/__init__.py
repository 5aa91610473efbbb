"""
Search across the site, in Lithuanian.

* `entries` says what can be found and by which words: one `SearchEntry` for each page, organisation, member, document;
* `following` keeps the entries in step with what they are of;
* `asking` reads what somebody typed, `finding` answers it: retrieval by Wagtail's search backend, the same on
  PostgreSQL and SQLite, order by our own score;
* `corrections` guesses what was meant when nothing is found.

Who may see what is decided by the gate at every search, never by what the index holds.
"""

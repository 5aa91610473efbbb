"""
Loads the LAG's own content from `content/*.toml` into an empty site, and later releases' additions into a living one.

The files hold a row per thing; a row's names are the model's fields. What is loaded is written into a ledger
(`home.models.LoadedContent`), and what stands in the ledger is never loaded again. So a second run changes nothing:
what an editor has changed stays changed, what an editor has moved stays there, what an editor has deleted stays
deleted. Only what is new in the files is added. There is no way to "load again": from then on the site is the truth.

What is not in the ledger but already stands on the site under the same slug is entered in the ledger and left alone.
"""

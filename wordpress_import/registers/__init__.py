"""
Registers out of prose: what the old site told in lists and tables becomes rows and draft pages.

* `texts`      the entries of a text: bullets, lists of a page, paragraphs that begin with a date; tables as rows;
* `directory`  the organisations that are known, and where a sentence names them;
* `parties`    which of those named are parties to an agreement;
* `agreements` an entry as an agreement or a membership, and keeping it as a draft;
* `members`    a table of members, and keeping it.

What is certain is asserted. What is not is told to the editor in a sentence (`doubts`) and never guessed: an
organisation that the directory does not know is not made, a party that may be another one is not named.
"""

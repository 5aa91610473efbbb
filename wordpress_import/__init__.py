"""
The move-in: a WordPress export becomes pages, pictures, documents and register rows of this site.

One way through the rooms of this folder:

* `export` reads the file, a stream of `Item`s; nothing else knows WordPress's XML;
* `rules` says what an item becomes (`rules.toml`, or a file of one's own);
* `media` brings pictures and documents, `bodies` makes blocks of texts, `registers` reads agreements and members out of
  prose;
* `moving` does it, item by item, and remembers each in `ImportedItem`;
* `addresses` answers at the old addresses, `report` and `views` tell what came and what somebody should look at.
"""

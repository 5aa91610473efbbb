"""What the Lithuanian language asks of this site, in plain Python without Django.

One module, one job:

* ``dates``       dates as precise as the source and no more (EDTF), said in Lithuanian;
* ``stated_dates``  the other way: dates as prose states them, read to EDTF;
* ``plurals``     the form of a noun after a number: 1 narys, 2 nariai, 10 narių, 1,5 nario;
* ``numbers``     numbers, sums of money and shares as Lithuanian writes them;
* ``sorting``     the order of names, and the letter a name is filed under;
* ``folding``     text without case and accents, for filters;
* ``stems``       words without their endings, for names in running prose;
* ``typography``  quotation marks, dashes and no-break spaces in text that people typed.

Nothing here reads a setting, a clock or a database: the same call always gives the same answer.
"""

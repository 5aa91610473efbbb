"""
Tables of a register: written by its export, read by its import.

* `fields`    what a column holds: how a value is written to a cell and read from one;
* `register`  what a register says about its table: its fields, and which row of a file is which row of the register;
* `reading`   a file as rows of text, or why it cannot be read;
* `plan`      the dry run: a verdict on every row, and doing all of it or nothing;
* `templates` the file to fill in;
* `views`     the screens.

A register declares its table in its own room (`partners/tables.py`) and names it in its viewset (`table = …`).
"""

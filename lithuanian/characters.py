"""Characters that are hard to tell apart on a screen, by name."""

NBSP = "\N{NO-BREAK SPACE}"
EN_DASH = "\N{EN DASH}"
MINUS = "\N{MINUS SIGN}"
OPENING_QUOTE = "\N{DOUBLE LOW-9 QUOTATION MARK}"  # „
CLOSING_QUOTE = "\N{LEFT DOUBLE QUOTATION MARK}"  # “, which closes in Lithuanian though it opens in English

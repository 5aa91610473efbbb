"""What is never written to a log: addresses that are keys."""

import logging
import re

# Below these the rest of an address lets whoever has it in: somebody's calendar, their registration, their account.
# deploy/nginx.conf writes no log of them either.
SECRET_PLACES = ("/renginiai/mano/", "/registracija/", "/prisijungti/nuoroda/")

# In an address given on in the query of another one, slashes may be encoded.
_SECRET = re.compile(
    "(" + "|".join(re.escape(place).replace("/", "(?:/|%2F)") for place in SECRET_PLACES) + r")[^\s\"'<>?#&]+",
    re.IGNORECASE,
)


def mask(text):
    """`text` with "…" in the place of every key."""
    return _SECRET.sub(r"\1…", text)


class MaskingFormatter(logging.Formatter):
    """Formats as it is told, the traceback too, and then takes the keys out."""

    def format(self, record):
        """The line, or the lines, to be written."""
        return mask(super().format(record))


def mask_handlers(*loggers):
    """Have the handlers that `loggers` have already write no keys either."""
    for handler in (handler for logger in loggers for handler in logger.handlers):
        plain = handler.formatter or logging.Formatter()
        handler.setFormatter(MaskingFormatter(plain._fmt, plain.datefmt))

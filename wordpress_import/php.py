"""PHP's serialised values, as WordPress and its plugins keep them in the meta of items."""

import re

# A value within a value within a value: deeper is no meta, but somebody's trap.
DEEPEST = 50

_PLAIN = re.compile(rb"(?:N|([bid]):([^;]{1,40}));")
_SIZED = re.compile(rb"([sa]):(\d{1,10}):")


def loads(text):
    """
    The value of a serialised text: None, bool, int, float, str, or a dict for an array (its keys are int and str).

    Raises ValueError for everything else, objects among it: nothing of PHP's is ever made or called.
    """
    octets = text.strip().encode("utf-8", "surrogatepass")
    value, end = _value(octets, 0, 0)
    if end != len(octets):
        raise ValueError("There is more after the value.")
    return value


def _value(octets, at, depth):
    """The value that begins at `at`, and where it ends."""
    if depth > DEEPEST:
        raise ValueError("Too deep.")
    if plain := _PLAIN.match(octets, at):
        return _plain(plain[1], plain[2]), plain.end()
    sized = _SIZED.match(octets, at)
    if not sized:
        raise ValueError(f"No value at {at}.")
    size, at = int(sized[2]), sized.end()
    if sized[1] == b"s":
        end = at + 1 + size
        if octets[at : at + 1] != b'"' or octets[end : end + 2] != b'";':
            raise ValueError(f"A text at {at} is not as long as it says.")
        return octets[at + 1 : end].decode("utf-8", "replace"), end + 2
    if octets[at : at + 1] != b"{":
        raise ValueError(f"No array at {at}.")
    found, at = {}, at + 1
    for _ in range(size):
        key, at = _value(octets, at, depth + 1)
        if not isinstance(key, int | str):
            raise ValueError(f"No key at {at}.")
        found[key], at = _value(octets, at, depth + 1)
    if octets[at : at + 1] != b"}":
        raise ValueError(f"An array at {at} is not as long as it says.")
    return found, at + 1


def _plain(kind, said):
    if kind is None:
        return None
    if kind == b"b":
        return said == b"1"
    return int(said) if kind == b"i" else float(said)

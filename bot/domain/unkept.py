"""What no database keeps: taken out of a text where it comes in (`architecture.md`)."""

_UNKEPT = dict.fromkeys((0, *range(0xD800, 0xE000)))


def kept(text: str) -> str:
    """Return a text as it came, without NUL and lone surrogates."""
    return text if text.isascii() and "\x00" not in text else text.translate(_UNKEPT)

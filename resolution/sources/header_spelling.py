"""How headers are compared: publishers write one header in many ways."""

import re
import unicodedata
from functools import lru_cache

_MARKS = re.compile(r"[\s_\-./()*:：（）【】]+")
_NUMBERED = re.compile(r" \(\d+\)$")


@lru_cache(maxsize=1 << 12)
def squeeze_header(header: str) -> str:
    """A header as spellings are compared: width, case, blanks and punctuation do not count."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", header).strip().casefold().removeprefix("\ufeff"))


def unnumbered_header(header: str) -> str:
    """A header without the number that a second or third of its name is given."""
    return _NUMBERED.sub("", header)

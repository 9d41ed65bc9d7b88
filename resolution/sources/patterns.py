"""Patterns of a page: RE2, whose time grows with the text alone, whatever the pattern is."""

from functools import lru_cache
from typing import Annotated, Any

import re2
from pydantic import AfterValidator, Field

PATTERN_LENGTH_MAX = 500


@lru_cache(maxsize=1 << 8)
def compile_pattern(pattern: str) -> Any:
    """The pattern ready to search with. Raises ValueError where it is none."""
    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(pattern, options)
    except re2.error as cause:
        reason = cause.args[0].decode() if isinstance(cause.args[0], bytes) else str(cause.args[0])
        raise ValueError(f"{pattern[:80]!r} is no pattern: {reason} (RE2 syntax)") from None


def searchable(text: str) -> str:
    """The text as patterns can search it: a question mark stands for half a character."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _checked(pattern: str) -> str:
    groups = compile_pattern(pattern).groups
    if groups > 1:
        raise ValueError(f"{pattern[:80]!r} has {groups} groups: one at most says what is taken, the others are (?:…)")
    return pattern


Pattern = Annotated[str, Field(min_length=1, max_length=PATTERN_LENGTH_MAX), AfterValidator(_checked)]

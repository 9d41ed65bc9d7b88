"""Kinds of parties and classes of sources: words that a command line offers before any model is loaded."""

from enum import StrEnum


class PartyKind(StrEnum):
    """What a party is. An agency is a government body, scored like a firm; unknown where no source tells: never scored."""

    FIRM = "firm"
    PERSON = "person"
    AGENCY = "agency"
    UNKNOWN = "unknown"


class SourceClass(StrEnum):
    """Where a statement comes from: `1` platforms, `2` data released by its subject, `3` public bodies."""

    PLATFORM = "1"
    RELEASED = "2"
    PUBLIC = "3"

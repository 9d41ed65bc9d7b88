"""What can go wrong, for `except`: every error of kith is a KithError; ontology/errors.py draws the whole tree."""

from ontology.errors import (
    EntityAmbiguous,
    EntityUnknown,
    IdKeyDiffers,
    KithError,
    MappingInvalid,
    NothingToDo,
    RulebookInvalid,
    SourceUnreadable,
    StoreMissing,
    StoreReadOnly,
    StoreTrouble,
    StoreUnreachable,
    WrongCall,
)

__all__ = [
    "EntityAmbiguous",
    "EntityUnknown",
    "IdKeyDiffers",
    "KithError",
    "MappingInvalid",
    "NothingToDo",
    "RulebookInvalid",
    "SourceUnreadable",
    "StoreMissing",
    "StoreReadOnly",
    "StoreTrouble",
    "StoreUnreachable",
    "WrongCall",
]

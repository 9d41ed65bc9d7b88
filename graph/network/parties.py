"""Parties as columns: the properties of an entity that the network needs, read once from its document."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
import pydantic_core
from numpy.typing import NDArray

from graph.network.facts import FactColumns
from ontology.base import PartyKind
from ontology.rulebook_parts import Language
from ontology.rulebook_persons import SoleTraders
from ontology.scripts import name_for_language

KINDS = (PartyKind.FIRM, PartyKind.PERSON, PartyKind.AGENCY, PartyKind.UNKNOWN)
FIRM, PERSON, AGENCY, UNKNOWN = range(4)
SEVERAL = -1
Document = dict[str, Any]


@dataclass(frozen=True)
class Parties:
    """One row a party, in the order of ids. `founded` is a day number, 0 where unknown; `documents` hold the whole entity.

    personal: natural persons, and parties of unknown kind that may be one: they receive no risk from others.
    """

    ids: Sequence[str]
    index: Mapping[str, int]
    kind: NDArray[np.int8]
    names: Sequence[str]
    documents: Sequence[Document]
    founded: NDArray[np.int32]
    sole_trader: NDArray[np.bool_]
    personal: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.ids)

    def kind_of(self, party: int) -> PartyKind:
        """The kind of one party."""
        return KINDS[self.kind[party]]

    @cached_property
    def agency_of(self) -> Mapping[str, int]:
        """Agency by name, over every name of every agency; names of several agencies are left out."""
        place_by_name: dict[str, int] = {}
        for place in (self.kind == AGENCY).nonzero()[0].tolist():
            for text in {name["text"] for name in self.documents[place].get("names") or ()} | {self.names[place]}:
                place_by_name[text] = place if place_by_name.get(text, place) == place else SEVERAL
        return {text: place for text, place in place_by_name.items() if place != SEVERAL}

    def issuer(self, name: str, language: Language) -> str:
        """The name of an issuer: in the language where it is an agency of the store, else as the source spells it."""
        place = self.agency_of.get(name.strip())
        return name if place is None else self.display_name(place, language)

    def display_name(self, party: int, language: Language) -> str:
        """The name of a party in the language."""
        return name_for_language(self.names[party], self.documents[party].get("name_other"), language)


def parties_from(entities: FactColumns, *, sole_traders: SoleTraders) -> Parties:
    """Columns of `network/entities` as parties."""
    documents = [pydantic_core.from_json(text) for text in entities["document"]]
    codes = {kind.value: code for code, kind in enumerate(KINDS)}
    traders = (is_sole_trader(document, sole_traders) for document in documents)
    kind = np.fromiter((codes[kind] for kind in entities["kind"]), np.int8, len(documents))
    may_be_person = np.fromiter((document.get("may_be_person", False) for document in documents), np.bool_, len(documents))
    return Parties(
        ids=entities["id"],
        index={entity: place for place, entity in enumerate(entities["id"])},
        kind=kind,
        names=entities["name"],
        documents=documents,
        founded=np.fromiter((first_day(document.get("founded_on")) for document in documents), np.int32, len(documents)),
        sole_trader=np.fromiter(traders, np.bool_, len(documents)),
        personal=(kind == PERSON) | may_be_person,
    )


def first_day(text: str | None) -> int:
    """Day number of the first day of a year, month or day in ISO form, 0 where there is none.

    >>> first_day("1") == first_day(None) == 0
    True
    """
    if not text or len(text) < 4:
        return 0
    parts = [*map(int, text[:10].split("-")), 1, 1]
    try:
        return date(parts[0], parts[1], parts[2]).toordinal()
    except ValueError:
        return 0


def is_sole_trader(document: Document, rule: SoleTraders) -> bool:
    """Whether a party is a sole trader, by the registered type or the credit code in its document."""
    registered = (document.get("attributes") or {}).get("registered_type", "").casefold()
    codes = [code for code in document.get("identifiers") or () if code["scheme"] == "uscc" and code.get("valid", True)]
    return registered in _types(rule) or any(code["value"].startswith(rule.uscc_prefixes) for code in codes)


@lru_cache(maxsize=8)
def _types(rule: SoleTraders) -> frozenset[str]:
    return frozenset(name.casefold() for name in rule.registered_types)

"""Pairs that share one plain value, by what they share: the blocks on which chances are learned without labels."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from ontology.base import PartyKind
from resolution.comparisons.name_shares import name_key
from resolution.records.analysed import Analysed
from resolution.training.labels import drawn

Whole = NDArray[np.int64]
Ends = tuple[Whole, Whole]
WHOLE_DAY = len("2000-01-01")


def _name(record: Analysed) -> Iterable[str]:
    key = name_key(record)
    return (key,) if key.strip("|") else ()


def _day(record: Analysed) -> Iterable[str]:
    return (record.day,) if record.day and len(record.day) == WHOLE_DAY else ()


def _homes(record: Analysed) -> Iterable[str]:
    return {value for place in record.places for value in (place.postcode, place.door) if value}


def _contacts(record: Analysed) -> Iterable[str]:
    return record.phones | record.emails


BLOCKS: dict[str, Callable[[Analysed], Iterable[str]]] = {"names": _name, "days": _day, "places": _homes, "contacts": _contacts}
"""Comparison -> the plain values of it that a record has."""


def block(records: Sequence[Analysed], told: Callable[[Analysed], Iterable[str]], *, pairs_max: int) -> Ends:
    """Pairs that share a value, up to `pairs_max`, by hash of the record ids.

    Holders of a value stand in the order of their hashes; each is paired with the next one, then the one after that: a value
    that many hold does not crowd out the others.
    """
    held = [(value, at) for at, record in enumerate(records) for value in told(record)]
    codes = {value: code for code, value in enumerate(sorted({value for value, _ in held}))}
    code = np.array([codes[value] for value, _ in held], dtype=np.int64)
    node = np.array([at for _, at in held], dtype=np.int64)
    order = np.lexsort((np.array([drawn(records[at].id) for at in node.tolist()]), code))
    code, node = code[order], node[order]
    found, made = [np.empty(0, np.int64)], 0
    for apart in range(1, len(code)):
        shared = np.flatnonzero(code[apart:] == code[:-apart])[: pairs_max - made]
        if not len(shared):
            break
        ends = node[shared], node[shared + apart]
        found.append(np.minimum(*ends) << 32 | np.maximum(*ends))
        made += len(shared)
    once = np.unique(np.concatenate(found))
    return once >> 32, once & (2**32 - 1)


def blocks(kind: PartyKind, records: Sequence[Analysed], *, pairs_max: int) -> dict[str, Ends]:
    """The blocks of a kind that have a pair."""
    own = [one for one in records if one.kind is kind]
    found = {name: block(own, told, pairs_max=pairs_max) for name, told in BLOCKS.items()}
    return {name: ends for name, ends in found.items() if len(ends[0])}

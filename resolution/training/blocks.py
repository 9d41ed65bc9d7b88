"""Pairs that share one plain value, by what they share: the blocks on which chances are learned without labels."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from resolution.comparisons.name_shares import name_key
from resolution.records.analysed import Analysed
from resolution.training.labels import hash_fraction

Integers = NDArray[np.int64]
Fractions = NDArray[np.float64]
Ends = tuple[Integers, Integers]
WHOLE_DAY = len("2000-01-01")


def _name(record: Analysed) -> Iterable[str]:
    key = name_key(record)
    return (key,) if key.strip("|") else ()


def _day(record: Analysed) -> Iterable[str]:
    return [day for day in record.days if len(day) == WHOLE_DAY]


def _homes(record: Analysed) -> Iterable[str]:
    return {value for place in record.places for value in (place.postcode, place.door) if value}


def _contacts(record: Analysed) -> Iterable[str]:
    return record.phones | record.emails


BLOCKS: dict[str, Callable[[Analysed], Iterable[str]]] = {"names": _name, "days": _day, "places": _homes, "contacts": _contacts}
"""Comparison -> function that lists the plain values a record has of it."""


def hash_fractions(records: Sequence[Analysed]) -> Fractions:
    """For each record a number in 0..1 that hangs on its id alone."""
    return np.fromiter((hash_fraction(record.id) for record in records), np.float64, len(records))


def draw_positions(fractions: Fractions, records_max: int) -> Integers:
    """Positions of up to so many records, those of the lowest hashes, in order.

    Each pair of records is as likely to be drawn as any other, of one party or of two: shares and chances stay what they are.
    """
    if len(fractions) <= records_max:
        return np.arange(len(fractions), dtype=np.int64)
    return np.sort(np.argpartition(fractions, records_max)[:records_max])


def pair_by_shared_value(
    records: Sequence[Analysed],
    values_of: Callable[[Analysed], Iterable[str]],
    *,
    pairs_max: int,
    fractions: Fractions | None = None,
) -> Ends:
    """Pairs that share a value, up to `pairs_max`, by hash of the record ids.

    fractions: those hashes (`hash_fractions`), where they were worked out before.
    Holders of a value stand in the order of their hashes; each is paired with the next one, then the one after that: a value
    that many hold does not crowd out the others.
    """
    value_positions = [(value, at) for at, record in enumerate(records) for value in values_of(record)]
    codes = {value: code for code, value in enumerate(sorted({value for value, _ in value_positions}))}
    code = np.array([codes[value] for value, _ in value_positions], dtype=np.int64)
    node = np.array([at for _, at in value_positions], dtype=np.int64)
    order = np.lexsort(((hash_fractions(records) if fractions is None else fractions)[node], code))
    code, node = code[order], node[order]
    pair_codes, pairs_made = [np.empty(0, np.int64)], 0
    for distance in range(1, len(code)):
        shared = np.flatnonzero(code[distance:] == code[:-distance])[: pairs_max - pairs_made]
        if not len(shared):
            break
        ends = node[shared], node[shared + distance]
        pair_codes.append(np.minimum(*ends) << 32 | np.maximum(*ends))
        pairs_made += len(shared)
    unique_codes = np.unique(np.concatenate(pair_codes))
    return unique_codes >> 32, unique_codes & (2**32 - 1)


def build_blocks(
    records: Sequence[Analysed], *, pairs_max: int, fractions: Fractions | None = None, drawn: Integers | None = None
) -> dict[str, Ends]:
    """The blocks that have a pair, of records of one kind.

    fractions: the hashes of their ids, where they were worked out before. drawn: positions of those to be paired; left out: all.
    """
    fractions = hash_fractions(records) if fractions is None else fractions
    drawn = np.arange(len(records), dtype=np.int64) if drawn is None else drawn
    pair = partial(pair_by_shared_value, [records[at] for at in drawn.tolist()], pairs_max=pairs_max, fractions=fractions[drawn])
    pairs_by_comparison = {name: pair(values_of) for name, values_of in BLOCKS.items()}
    blocks_by_comparison = {name: (drawn[left], drawn[right]) for name, (left, right) in pairs_by_comparison.items()}
    return {name: ends for name, ends in blocks_by_comparison.items() if len(ends[0])}

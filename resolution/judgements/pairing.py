"""Chooses the pairs of records on which a verdict about two parties is written: parties change, records stay."""

from collections.abc import Collection, Iterable, Sequence
from itertools import product

from ontology.judgement import Verdict
from resolution.judgements.verdicts import Pair, pair_of

PAIRS_MAX = 400
"""Up to so many pairs `different` is written on every pair between the two; beyond, on every record against one."""


def pairs_between(
    left: Collection[str], right: Collection[str], verdict: Verdict, *, strongest: Pair | None = None
) -> list[Pair]:
    """The pairs a verdict on two groups of records is written on, the strongest first.

    strongest: the pair between them that a model gave most weight, if it named any.
    A verdict must hold however the groups part and join later: `same` ties every record to one of the strongest pair,
    `different` is written on every pair between the groups. `unsure` changes nothing and needs one pair.
    """
    left_ids, right_ids = sorted(left), sorted(right)
    first = strongest or pair_of(left_ids[0], right_ids[0])
    if verdict is Verdict.UNSURE:
        return [first]
    pairs = _tie_to_strongest(left_ids, right_ids, first) if verdict is Verdict.SAME else _pair_apart(left_ids, right_ids)
    return list(dict.fromkeys([first, *(pair_of(*pair) for pair in pairs)]))


def _tie_to_strongest(left_ids: Sequence[str], right_ids: Sequence[str], first: Pair) -> Iterable[Pair]:
    left, right = first if first[0] in left_ids else first[::-1]
    return [
        *((left, record_id) for record_id in left_ids if record_id != left),
        *((right, record_id) for record_id in right_ids if record_id != right),
    ]


def _pair_apart(left_ids: Sequence[str], right_ids: Sequence[str]) -> Iterable[Pair]:
    if len(left_ids) * len(right_ids) <= PAIRS_MAX:
        return product(left_ids, right_ids)
    return [*((left, right_ids[0]) for left in left_ids), *((left_ids[0], right) for right in right_ids)]

"""On which pairs of records a verdict about two parties is written: entities are derived, so a verdict is about records."""

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
    Both words have to hold however the groups part and join later: `same` ties every record to one of the strongest pair,
    `different` is written on every pair between the groups. `unsure` changes nothing and needs one pair.
    """
    ones, others = sorted(left), sorted(right)
    first = strongest or pair_of(ones[0], others[0])
    if verdict is Verdict.UNSURE:
        return [first]
    pairs = _tied(ones, others, first) if verdict is Verdict.SAME else _apart(ones, others)
    return list(dict.fromkeys([first, *(pair_of(*pair) for pair in pairs)]))


def _tied(ones: Sequence[str], others: Sequence[str], first: Pair) -> Iterable[Pair]:
    one, other = first if first[0] in ones else first[::-1]
    return [*((one, each) for each in ones if each != one), *((other, each) for each in others if each != other)]


def _apart(ones: Sequence[str], others: Sequence[str]) -> Iterable[Pair]:
    if len(ones) * len(others) <= PAIRS_MAX:
        return product(ones, others)
    return [*((one, others[0]) for one in ones), *((ones[0], other) for other in others)]

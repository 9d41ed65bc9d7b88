"""Why two parties are not one: everything that stands between them, and what is missing."""

from collections.abc import Collection, Iterator, Sequence
from enum import StrEnum

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from ontology.judgement import Verdict
from resolution.candidates import keys as keys_of
from resolution.entities.codes import codes_differ, union_codes
from resolution.match_explanations.pair_weights import Ground, Spoken, Weights, weigh, weights
from resolution.match_explanations.pair_explanations import PAIRS_MAX, strongest
from resolution.records.analysed import Analysed
from store.port import Store


class Bar(StrEnum):
    """What stands between two parties."""

    TOGETHER = "together"  # Nothing: they are one.
    KINDS = "kinds"  # A person and a firm, or a firm and an agency.
    VERDICT = "verdict"  # A person said that they are different.
    CODES = "codes"  # Different identifiers of which a party has one for life.
    FORBIDDEN = "forbidden"  # A branch and its head office, or such codes on the pair itself.
    NEVER_MET = "never_met"  # No key in common: they were not compared.
    WEIGHT = "weight"  # Too little agrees.
    GUARD = "guard"  # What agrees is not of a kind that may join two records.
    AGAINST = "against"  # Something contradicts.
    PARTNERED = "partnered"  # Something contradicts; it would not count if neither had another partner.
    GROUP = "group"  # The strongest pair would do, all records together speak against it.
    WAITS = "waits"  # Enough agrees; another party agrees nearly as well and contradicts one of the two.


class Obstacle(BaseModel):
    """One obstacle. missing_bits: weight that would be needed beside what there is."""

    model_config = ConfigDict(frozen=True)
    bar: Bar
    missing_bits: float | None = None
    comparisons: tuple[str, ...] = Field((), description="Comparisons that contradict; schemes of codes that differ.")
    verdicts: tuple[Spoken, ...] = ()


class WhyNot(BaseModel):
    """Two parties, their strongest pair, the weight between all their records, and every obstacle, the hardest first."""

    model_config = ConfigDict(frozen=True)
    left_records: tuple[str, ...]
    right_records: tuple[str, ...]
    strongest: Weights | None
    group_bits: float | None = Field(description="Mean weight between all records of the two, as clustering takes it.")
    group_bits_min: float | None
    obstacles: tuple[Obstacle, ...]


def why_not(store: Store, left_ids: Collection[str], right_ids: Collection[str]) -> WhyNot:
    """What stands between the two. Raises RecordUnknown, WrongCall, NothingToDo."""
    if set(left_ids) & set(right_ids) or _one_party(store, left_ids, right_ids):
        return _told(left_ids, right_ids, [Obstacle(bar=Bar.TOGETHER)])
    ground = Ground(store)
    forms = ground.forms({*left_ids, *right_ids})
    if len({form.kind for form in forms.values()}) > 1:
        return _told(left_ids, right_ids, [Obstacle(bar=Bar.KINDS)])
    pair = strongest(ground, left_ids, right_ids)
    sides = [forms[id_] for id_ in sorted(left_ids)], [forms[id_] for id_ in sorted(right_ids)]
    best, group = weights(ground, *pair), _group_bits(ground, *sides)
    least = ground.frozen(best.kind).model.group_bits
    found = [*_hard(ground, *sides), *_soft(best, group, least, met=_met(ground, *sides))]
    return WhyNot(
        left_records=tuple(sorted(left_ids)),
        right_records=tuple(sorted(right_ids)),
        strongest=best,
        group_bits=group,
        group_bits_min=least,
        obstacles=tuple(found or [Obstacle(bar=Bar.WAITS)]),
    )


def _told(left_ids: Collection[str], right_ids: Collection[str], obstacles: Sequence[Obstacle]) -> WhyNot:
    left, right = tuple(sorted(left_ids)), tuple(sorted(right_ids))
    return WhyNot(
        left_records=left, right_records=right, strongest=None, group_bits=None, group_bits_min=None, obstacles=tuple(obstacles)
    )


def _one_party(store: Store, left_ids: Collection[str], right_ids: Collection[str]) -> bool:
    rows = store.read("live/members_of", record_ids=sorted({*left_ids, *right_ids}))
    party = {row["record_id"]: row["entity_id"] for row in rows}
    return bool({party.get(id_) for id_ in left_ids} & {party.get(id_) for id_ in right_ids} - {None})


def _hard(ground: Ground, left: Sequence[Analysed], right: Sequence[Analysed]) -> Iterator[Obstacle]:
    """What keeps the two apart whatever they weigh."""
    ends = {one.id for one in left}, {one.id for one in right}
    said = [one for one in ground.spoken(ends[0]) if one.verdict is Verdict.DIFFERENT and _across(one, *ends)]
    if said:
        yield Obstacle(bar=Bar.VERDICT, verdicts=tuple(said))
    mine, theirs = (union_codes(*(one.exclusive for one in side)) for side in (left, right))
    if codes_differ(mine, theirs):
        differing = [scheme for scheme in mine.keys() & theirs.keys() if not mine[scheme] & theirs[scheme]]
        yield Obstacle(bar=Bar.CODES, comparisons=tuple(sorted(differing)))


def _across(one: Spoken, left: Collection[str], right: Collection[str]) -> bool:
    return (one.left_id in left and one.right_id in right) or (one.left_id in right and one.right_id in left)


def _soft(best: Weights, group: float, least: float, *, met: bool) -> Iterator[Obstacle]:
    """What is missing, and what contradicts, by the strongest pair and by all."""
    against = tuple(one.name for one in best.compared if one.bits is not None and one.bits < 0)
    if best.forbidden:
        yield Obstacle(bar=Bar.FORBIDDEN, comparisons=against)
    if not met:
        yield Obstacle(bar=Bar.NEVER_MET)
    if best.total_bits < best.merge_bits:
        yield Obstacle(bar=Bar.WEIGHT, missing_bits=best.merge_bits - best.total_bits, comparisons=against)
    if best.doubt and best.doubt.joins:
        yield from [Obstacle(bar=Bar.PARTNERED, comparisons=against)] if best.doubt.alone else []
    elif best.against:
        yield Obstacle(bar=Bar.AGAINST, comparisons=against)
    elif not best.allowed:
        yield Obstacle(bar=Bar.GUARD)
    if group < least <= best.total_bits:
        yield Obstacle(bar=Bar.GROUP, missing_bits=least - group)


def _met(ground: Ground, left: Sequence[Analysed], right: Sequence[Analysed]) -> bool:
    """Whether a key that pairs are made from is held on both sides."""
    stopped = ground.memory.grounds[left[0].kind].stopped
    mine, theirs = ({key for one in side for key in keys_of(one)} for side in (left, right))
    return bool((mine & theirs) - stopped)


def _group_bits(ground: Ground, left: Sequence[Analysed], right: Sequence[Analysed]) -> float:
    """As `entities/clusters.py` weighs two groups: means of the fields, damped by their share, and the best of each."""
    forms = [*left, *right]
    pairs = [(one, other) for one in range(len(left)) for other in range(len(left), len(forms))][:PAIRS_MAX]
    weighed = weigh(ground.frozen(left[0].kind), forms, pairs)
    frozen = ground.frozen(left[0].kind)
    bits = pooled = frozen.prior_bits
    best = frozen.model.group_best_share / min(len(left), len(right))
    for column in weighed.fields.values():
        known = ~np.isnan(column)
        if known.any():
            bits += float(column[known].mean() * np.sqrt(known.mean()))
            pooled += float(column[known].max())
    return (1.0 - best) * bits + best * pooled

"""Why two parties are not one: everything that stands between them, and what is missing."""

from collections.abc import Collection, Iterator, Sequence
from enum import StrEnum

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from ontology.judgement import Verdict
from resolution.candidates import keys as keys_of
from resolution.entities.exclusive_codes import union_codes
from resolution.judgements.verdicts import codes_differ
from resolution.match_explanations.pair_explanations import PAIRS_MAX, find_strongest_pair
from resolution.match_explanations.pair_weights import ExplanationContext, Spoken, Weights, explain_weights, weigh
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
    LISTED = "listed"  # Enough agrees for others; here a join would bring a listing over a record it does not name.
    GUARD = "guard"  # What agrees is not of a kind that may join two records.
    AGAINST = "against"  # Something contradicts.
    PARTNERED = "partnered"  # Something contradicts; it would not count if neither had another partner.
    GROUP = "group"  # The strongest pair would do, all records together speak against it.
    WAITS = "waits"  # Enough agrees; another party agrees nearly as well and contradicts one of the two.


class Obstacle(BaseModel):
    """One obstacle. missing_bits: weight that would be needed beside what there is."""

    model_config = ConfigDict(frozen=True)
    bar: Bar = Field(description="What stands between the two.")
    missing_bits: float | None = Field(None, description="Match weight that would be needed beside what there is, in bits.")
    comparisons: tuple[str, ...] = Field((), description="Comparisons that contradict; schemes of codes that differ.")
    verdicts: tuple[Spoken, ...] = Field((), description="What people said of the pair.")


class WhyNot(BaseModel):
    """Two parties, their strongest pair, the weight between all their records, and every obstacle, the hardest first."""

    model_config = ConfigDict(frozen=True)
    left_records: tuple[str, ...] = Field(description="Ids of the records of the one.")
    right_records: tuple[str, ...] = Field(description="Ids of the records of the other.")
    strongest: Weights | None = Field(description="The pair between them that weighs most.")
    group_bits: float | None = Field(description="Mean weight between all records of the two, as clustering takes it.")
    group_bits_min: float | None = Field(description="What the mean weight has to reach, in bits.")
    obstacles: tuple[Obstacle, ...] = Field(description="What stands between the two, the hardest first.")


def explain_separation(store: Store, left_ids: Collection[str], right_ids: Collection[str]) -> WhyNot:
    """What stands between the two. Raises RecordUnknown, WrongCall, NothingToDo."""
    if set(left_ids) & set(right_ids) or _one_party(store, left_ids, right_ids):
        return _without_weights(left_ids, right_ids, [Obstacle(bar=Bar.TOGETHER)])
    context = ExplanationContext(store)
    forms = context.forms({*left_ids, *right_ids})
    if len({form.kind for form in forms.values()}) > 1:
        return _without_weights(left_ids, right_ids, [Obstacle(bar=Bar.KINDS)])
    pair = find_strongest_pair(context, left_ids, right_ids)
    sides = [forms[id_] for id_ in sorted(left_ids)], [forms[id_] for id_ in sorted(right_ids)]
    best, group = explain_weights(context, *pair), _group_bits(context, *sides)
    least = context.statistics(best.kind).model.group_bits
    obstacles = [*_hard(context, *sides), *_soft(best, group, least, met=_met(context, *sides))]
    return WhyNot(
        left_records=tuple(sorted(left_ids)),
        right_records=tuple(sorted(right_ids)),
        strongest=best,
        group_bits=group,
        group_bits_min=least,
        obstacles=tuple(obstacles or [Obstacle(bar=Bar.WAITS)]),
    )


def _without_weights(left_ids: Collection[str], right_ids: Collection[str], obstacles: Sequence[Obstacle]) -> WhyNot:
    left, right = tuple(sorted(left_ids)), tuple(sorted(right_ids))
    return WhyNot(
        left_records=left, right_records=right, strongest=None, group_bits=None, group_bits_min=None, obstacles=tuple(obstacles)
    )


def _one_party(store: Store, left_ids: Collection[str], right_ids: Collection[str]) -> bool:
    rows = store.read("live/members_of", record_ids=sorted({*left_ids, *right_ids}))
    party_of = {row["record_id"]: row["entity_id"] for row in rows}
    return bool({party_of.get(id_) for id_ in left_ids} & {party_of.get(id_) for id_ in right_ids} - {None})


def _hard(context: ExplanationContext, left: Sequence[Analysed], right: Sequence[Analysed]) -> Iterator[Obstacle]:
    """What keeps the two apart whatever they weigh."""
    ends = {record.id for record in left}, {record.id for record in right}
    spoken = [word for word in context.spoken(ends[0]) if word.verdict is Verdict.DIFFERENT and _across(word, *ends)]
    if spoken:
        yield Obstacle(bar=Bar.VERDICT, verdicts=tuple(spoken))
    mine, theirs = (union_codes(*(record.exclusive for record in side)) for side in (left, right))
    if codes_differ(mine, theirs):
        differing = [scheme for scheme in mine.keys() & theirs.keys() if not mine[scheme] & theirs[scheme]]
        yield Obstacle(bar=Bar.CODES, comparisons=tuple(sorted(differing)))


def _across(spoken: Spoken, left: Collection[str], right: Collection[str]) -> bool:
    return (spoken.left_id in left and spoken.right_id in right) or (spoken.left_id in right and spoken.right_id in left)


def _soft(best: Weights, group: float, least: float, *, met: bool) -> Iterator[Obstacle]:
    """What is missing, and what contradicts, by the strongest pair and by all."""
    against = tuple(feature.name for feature in best.compared if feature.bits is not None and feature.bits < 0)
    if best.forbidden:
        yield Obstacle(bar=Bar.FORBIDDEN, comparisons=against)
    if not met:
        yield Obstacle(bar=Bar.NEVER_MET)
    if best.total_bits < best.merge_bits:
        yield Obstacle(bar=Bar.WEIGHT, missing_bits=best.merge_bits - best.total_bits, comparisons=against)
    elif best.listed_bits is not None:
        yield Obstacle(bar=Bar.LISTED, missing_bits=best.listed_bits - best.total_bits, comparisons=against)
    if best.doubt and best.doubt.joins:
        yield from [Obstacle(bar=Bar.PARTNERED, comparisons=against)] if best.doubt.alone else []
    elif best.against:
        yield Obstacle(bar=Bar.AGAINST, comparisons=against)
    elif not best.allowed:
        yield Obstacle(bar=Bar.GUARD)
    if group < least <= best.total_bits:
        yield Obstacle(bar=Bar.GROUP, missing_bits=least - group)


def _met(context: ExplanationContext, left: Sequence[Analysed], right: Sequence[Analysed]) -> bool:
    """Whether a key that pairs are made from is held on both sides."""
    stopped = context.memory.bases[left[0].kind].stopped_keys
    mine, theirs = ({key for record in side for key in keys_of(record)} for side in (left, right))
    return bool((mine & theirs) - stopped)


def _group_bits(context: ExplanationContext, left: Sequence[Analysed], right: Sequence[Analysed]) -> float:
    """As `entities/clusters.py` weighs two groups: means of the fields, damped by their share, and the best of each."""
    forms = [*left, *right]
    pairs = [(left_at, right_at) for left_at in range(len(left)) for right_at in range(len(left), len(forms))][:PAIRS_MAX]
    weighed_pairs = weigh(context.statistics(left[0].kind), forms, pairs)
    statistics = context.statistics(left[0].kind)
    bits = pooled = statistics.prior_bits
    best = statistics.model.group_best_share / min(len(left), len(right))
    for column in weighed_pairs.fields.values():
        is_known = ~np.isnan(column)
        if is_known.any():
            bits += float(column[is_known].mean() * np.sqrt(is_known.mean()))
            pooled += float(column[is_known].max())
    return (1.0 - best) * bits + best * pooled

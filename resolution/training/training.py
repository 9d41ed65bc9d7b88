"""A model recounted on part of the labels, ready to be measured on the rest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from ontology.errors import NothingToDo
from ontology.words import PartyKind
from resolution.candidates import candidates
from resolution.comparisons.chosen import Chosen
from resolution.comparisons.evidence import prepare
from resolution.comparisons.frozen import freeze
from resolution.comparisons.model import Model
from resolution.judgements.verdicts import Verdicts
from resolution.judgements.weighed import weigh_pairs
from resolution.matching import match_analysed
from resolution.records.analysed import Analysed, with_shared_names
from resolution.training.counting import count, recounted
from resolution.training.labels import Labels, drawn

Whole = NDArray[np.int64]
Ends = tuple[Whole, Whole]
PAIRS_MIN = 20  # Pairs of one party to count from: fewer say nothing of any level.
RANDOM_MAX = 500_000  # Pairs drawn for what two parties have in common by chance.


@dataclass(frozen=True)
class Labelled:
    """Records of one kind and their labelled pairs, by position. one, near: of one party, and of two that share a key."""

    records: Sequence[Analysed]
    one: Ends
    near: Ends
    parties_two: int


def labelled(kind: PartyKind, records: Iterable[Analysed], labels: Labels, *, held_out: bool) -> Labelled:
    """Those of the records that are held out, or the others, with every labelled pair among them."""
    own = sorted((one for one in records if one.kind is kind and labels.is_held_out(one.id) is held_out), key=lambda one: one.id)
    units = with_shared_names(own)
    place = {unit.id: at for at, unit in enumerate(units)}
    found = candidates(units)
    two = [labels.are_two(units[i].id, units[j].id) for i, j in zip(found.left.tolist(), found.right.tolist(), strict=True)]
    chosen = np.array(two, dtype=np.bool_)
    one = np.array([(place[left], place[right]) for left, right in labels.same(list(place))], dtype=np.int64).reshape(-1, 2)
    return Labelled(
        units,
        (one[:, 0], one[:, 1]),
        (found.left[chosen].astype(np.int64), found.right[chosen].astype(np.int64)),
        _two(units, labels),
    )


def _two(units: Sequence[Analysed], labels: Labels) -> int:
    """How many pairs the truth tells to be two parties."""
    sizes = np.unique([labels.truth[unit.id] for unit in units if unit.id in labels.truth], return_counts=True)[1]
    told = int(sizes.sum())
    return (told * (told - 1) - int((sizes * (sizes - 1)).sum())) // 2


def train(former: Model, held: Labelled, labels: Labels, *, made: str) -> Model:
    """The former model with its chances recounted; thresholds and prior stay. Raises NothingToDo with too few pairs.

    made: where the labels come from, told in the model.
    """
    if len(held.one[0]) < PAIRS_MIN:
        remedy = f"At least {PAIRS_MIN} pairs of one party are needed: kith judge, or --truth FILE."
        raise NothingToDo(pairs=len(held.one[0]), remedy=remedy)
    prepared = prepare(former.kind, held.records, freeze(former.kind, held.records, Chosen({former.kind: former})))
    counts = [count(prepared, *ends) for ends in (held.one, _random(held), _of_truth(held, labels))]
    chances = recounted(former, counts[0], counts[1], counts[2], held.parties_two)
    told = f"{made}: {counts[0].asked} pairs of one party, {counts[2].asked} near ones of two, {counts[1].asked} random ones"
    new = former.model_copy(
        update={"comparisons": chances, "made": f"recounted from {former.version} on {told}. docs/decisions/0028"}
    )
    mark = blake2b(new.model_dump_json().encode(), digest_size=4).hexdigest()
    return new.model_copy(update={"version": f"{former.version.partition('+')[0]}+{mark}"})


def _of_truth(held: Labelled, labels: Labels) -> Ends:
    """Near pairs that the truth tells apart: those that people judged are the hard ones, and speak for no others."""
    named = np.array([one.id in labels.truth for one in held.records], dtype=np.bool_)
    both = named[held.near[0]] & named[held.near[1]]
    return held.near[0][both], held.near[1][both]


def _random(held: Labelled) -> Ends:
    """Pairs drawn by hash of the record ids, those of one party left out."""
    count_ = len(held.records)
    order = np.array(sorted(range(count_), key=lambda at: (drawn(held.records[at].id), held.records[at].id)), dtype=np.int64)
    steps = min((count_ - 1) // 2, max(RANDOM_MAX // max(count_, 1), 1))
    pairs = [(order, np.roll(order, -step)) for step in range(1, steps + 1)]
    one = np.concatenate([np.minimum(*ends) for ends in pairs] or [order[:0]])
    other = np.concatenate([np.maximum(*ends) for ends in pairs] or [order[:0]])
    known = np.isin(one << 32 | other, held.one[0] << 32 | held.one[1])
    return one[~known][:RANDOM_MAX], other[~known][:RANDOM_MAX]


def decided(own: Model, held: Labelled) -> tuple[int, int, int]:
    """Labelled pairs that the model joins rightly, joins wrongly, and leaves apart wrongly, pair by pair."""
    frozen = freeze(own.kind, held.records, Chosen({own.kind: own}))
    joined = []
    for ends in (held.one, held.near):
        weighed = weigh_pairs(own.kind, held.records, ends, frozen)
        joined.append(int((weighed.guards.allowed & (weighed.total >= own.merge_bits)).sum()))
    return joined[0], joined[1], len(held.one[0]) - joined[0]


def parties(own: Model, records: Iterable[Analysed], labels: Labels) -> list[list[str]]:
    """The parties among those held out that the truth names, with this model and nobody's word."""
    named = [one for one in records if one.kind is own.kind and one.id in labels.truth and labels.is_held_out(one.id)]
    return match_analysed(named, Verdicts(), chosen=Chosen({own.kind: own})).parts

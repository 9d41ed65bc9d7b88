"""A model recounted on part of the labels, ready to be measured on the rest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from ontology.base import PartyKind
from ontology.errors import NothingToDo
from resolution.candidates import candidates
from resolution.comparisons.evidence import Evidence, Prepared, prepare
from resolution.comparisons.model import Model, Odds
from resolution.comparisons.model_choice import ModelChoice
from resolution.comparisons.run_statistics import freeze
from resolution.comparisons.weights import field_bits, total_bits
from resolution.judgements.verdicts import Verdicts
from resolution.judgements.weighed import weigh
from resolution.matching import match_analysed
from resolution.records.analysed import Analysed, with_shared_names
from resolution.training.blocks import Ends, blocks
from resolution.training.counting import OfTwo, Weigh, as_odds, bounded, count, of_one, of_two
from resolution.training.expectation import Learned, by_em
from resolution.training.labels import Labels, drawn

Whole = NDArray[np.int64]
PAIRS_MIN = 20  # Pairs of one party to count from: fewer say nothing of any level.
LEARNED_MIN = 1_000  # The same where nobody labelled them: fewer, and EM finds what it likes.
RANDOM_MAX = 1_000_000  # Pairs drawn for what two parties have in common by chance.
NEAR_MAX = 5_000_000  # Pairs that share a key, of which that is counted in full; of more so many are drawn.
JOINED_MAX = 1_000_000  # Pairs by which two models are held side by side where nothing is labelled.
BLOCK_MAX = 1_000_000  # Pairs of one block that EM is given.


@dataclass(frozen=True)
class Labelled:
    """Records of one kind and their pairs, by position.

    one:  known to be of one party. near, open: pairs that share a key, known to be of two, and of which nothing is known.
    """

    records: Sequence[Analysed]
    one: Ends
    near: Ends
    open: Ends

    @property
    def others(self) -> int:
        """Pairs that share no key and are not known to be one party."""
        records = len(self.records)
        return max(records * (records - 1) // 2 - len(self.one[0]) - len(self.near[0]) - len(self.open[0]), 1)


def labelled(kind: PartyKind, records: Iterable[Analysed], labels: Labels, *, held_out: bool) -> Labelled:
    """Those of the records that are held out, or the others, with every labelled pair among them."""
    own = sorted((one for one in records if one.kind is kind and labels.is_held_out(one.id) is held_out), key=lambda one: one.id)
    units = with_shared_names(own)
    place = {unit.id: at for at, unit in enumerate(units)}
    found = candidates(units)
    left, right = found.left.astype(np.int64), found.right.astype(np.int64)
    two = _known_two(units, (left, right), labels)
    one = np.array([(place[left], place[right]) for left, right in labels.same(list(place))], dtype=np.int64).reshape(-1, 2)
    ends = np.minimum(one[:, 0], one[:, 1]), np.maximum(one[:, 0], one[:, 1])
    unknown = ~two & ~np.isin(_codes((left, right)), _codes(ends))
    return Labelled(units, ends, (left[two], right[two]), (left[unknown], right[unknown]))


def _known_two(units: Sequence[Analysed], ends: Ends, labels: Labels) -> NDArray[np.bool_]:
    """Which pairs are known to be two parties: `Labels.are_two`, of millions."""
    place = {unit.id: at for at, unit in enumerate(units)}
    names = {name: at for at, name in enumerate(sorted(set(labels.truth.values())))}
    cluster = np.array([names[labels.truth[unit.id]] if unit.id in labels.truth else -1 for unit in units], dtype=np.int64)
    left, right = cluster[ends[0]], cluster[ends[1]]
    two: NDArray[np.bool_] = (left >= 0) & (right >= 0) & (left != right)
    for said, answer in ((labels.verdicts.same, False), (labels.verdicts.different, True)):
        pairs = [sorted((place[one], place[other])) for one, other in said if one in place and other in place]
        told = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        two[np.isin(_codes(ends), _codes((told[:, 0], told[:, 1])))] = answer
    return two


def train(former: Model, held: Labelled, *, made: str) -> Model:
    """The former model with its chances recounted; thresholds and prior stay. Raises NothingToDo with too few pairs.

    made: where the labels come from, told in the model.
    """
    pairs = len(held.one[0])
    if pairs < PAIRS_MIN:
        remedy = f"At least {PAIRS_MIN} pairs of one party are needed: kith judge, --truth FILE, or --without-labels."
        raise NothingToDo(pairs=pairs, remedy=remedy)
    prepared = prepared_by(former, held)
    two, told = _of_two(former, prepared, held)
    share = min(len(np.unique(np.concatenate(held.one))) / pairs, 1.0)  # A record in many pairs says the same in each.
    one = count(prepared, *held.one).times(share)
    m = of_one(former, {name: own.tolist() for name, own in one.levels.items()}, one.pairs, two)
    return _model(
        former, as_odds(former, m, two.chances), f"recounted from {former.version} on {made}: {pairs} pairs of one party, {told}"
    )


def learn(former: Model, held: Labelled, *, made: str) -> tuple[Model, float]:
    """The former model with its chances learned by Splink's EM, and how many pairs of one party it learned from.

    Raises NothingToDo where they are too few.
    """
    prepared = prepared_by(former, held)
    two, told = _of_two(former, prepared, held)
    shared = blocks(former.kind, held.records, pairs_max=BLOCK_MAX)
    learned = by_em(former, prepared, shared, two.chances) if shared else Learned({}, {}, {})
    pairs = sum(share * len(shared[name][0]) for name, share in learned.shares.items())
    if pairs < LEARNED_MIN or len(learned.shares) < 2:
        remedy = (
            "Without labels two fields are needed that records share, and some hundreds of pairs: kith judge, or --truth FILE."
        )
        raise NothingToDo(pairs=round(pairs), fields=", ".join(learned.shares) or "none", remedy=remedy)
    alone = {name: min(own, float(len(held.records))) for name, own in learned.pairs.items()}
    seen = {name: [(m or 0.0) * alone[name] for m in own] for name, own in learned.m.items()}
    odds = as_odds(former, of_one(former, seen, alone, two), two.chances)
    return _model(
        former, odds, f"learned from {former.version} by Splink's EM on {made}: {round(pairs)} pairs of one party, {told}"
    ), pairs


def prepared_by(former: Model, held: Labelled) -> Prepared:
    """The records ready to be compared, under a model."""
    return prepare(former.kind, held.records, freeze(former.kind, held.records, ModelChoice({former.kind: former})))


def _model(former: Model, chances: dict[str, dict[str, Odds]], made: str) -> Model:
    new = former.model_copy(update={"comparisons": bounded(former, chances), "made": f"{made}. docs/decisions/0028, 0037"})
    mark = blake2b(new.model_dump_json().encode(), digest_size=4).hexdigest()
    return new.model_copy(update={"version": f"{former.version.partition('+')[0]}+{mark}"})


def _of_two(former: Model, prepared: Prepared, held: Labelled) -> tuple[OfTwo, str]:
    """u of each level, and in words what it was counted on.

    A pair of which nobody said anything counts by the chance that it is two parties, as the former model has it.
    """
    near = _joined(held.near, held.open)
    chosen = _drawn_pairs(near, NEAR_MAX)
    random = random_pairs(held)
    shared = count(prepared, near[0][chosen], near[1][chosen], _two(prepared, chosen < len(held.near[0])))
    apart = count(prepared, *random, _two(prepared, np.zeros(len(random[0]), dtype=np.bool_)))
    two = of_two(former, shared.times(len(near[0]) / max(len(chosen), 1)), apart, held.others)
    return two, f"{len(near[0])} that share a key, {len(random[0])} random ones"


def _two(prepared: Prepared, known: NDArray[np.bool_]) -> Weigh:
    """How far each pair counts for two parties: wholly where it is known, else by the chance that the former model gives."""

    def chance(found: Evidence, rows: slice) -> NDArray[np.float64]:
        bits = total_bits(field_bits(found, prepared.frozen.model, prepared.shares), prepared.frozen.prior_bits)
        return np.where(known[rows], 1.0, 1.0 / (1.0 + np.exp2(np.clip(bits, -60.0, 60.0))))

    return chance


def _joined(one: Ends, other: Ends) -> Ends:
    if not len(one[0]):
        return other
    return np.concatenate([one[0], other[0]]), np.concatenate([one[1], other[1]])


def _drawn_pairs(ends: Ends, most: int) -> Whole:
    """Positions of up to `most` of these pairs, evenly over them, in order."""
    return np.unique(np.linspace(0, max(len(ends[0]) - 1, 0), min(most, len(ends[0]))).astype(np.int64))


def random_pairs(held: Labelled) -> Ends:
    """Pairs drawn by hash of the record ids, but for those of one party and those that share a key."""
    records = len(held.records)
    order = np.array(sorted(range(records), key=lambda at: (drawn(held.records[at].id), held.records[at].id)), dtype=np.int64)
    steps = min((records - 1) // 2, max(RANDOM_MAX // max(records, 1), 1))
    pairs = [(order, np.roll(order, -step)) for step in range(1, steps + 1)]
    one = np.concatenate([np.minimum(*ends) for ends in pairs] or [order[:0]])
    other = np.concatenate([np.maximum(*ends) for ends in pairs] or [order[:0]])
    free = ~np.isin(_codes((one, other)), np.concatenate([_codes(held.one), _codes(held.near), _codes(held.open)]))
    return one[free][:RANDOM_MAX], other[free][:RANDOM_MAX]


def _codes(ends: Ends) -> Whole:
    return ends[0] << 32 | ends[1]


def joined(own: Model, held: Labelled) -> int:
    """How many of the pairs that share a key the model joins, pair by pair; of very many, those drawn."""
    chosen = _drawn_pairs(held.open, JOINED_MAX)
    return _joins(own, held, (held.open[0][chosen], held.open[1][chosen]))


def decided(own: Model, held: Labelled) -> tuple[int, int, int]:
    """Labelled pairs that the model joins rightly, joins wrongly, and leaves apart wrongly, pair by pair."""
    right, wrong = _joins(own, held, held.one), _joins(own, held, held.near)
    return right, wrong, len(held.one[0]) - right


def _joins(own: Model, held: Labelled, ends: Ends) -> int:
    weighed = weigh(prepared_by(own, held), ends)
    return int((weighed.guards.allowed & (weighed.total >= own.merge_bits)).sum())


def parties(own: Model, records: Iterable[Analysed], labels: Labels) -> list[list[str]]:
    """The parties among those held out that the truth names, with this model and nobody's word."""
    named = [one for one in records if one.kind is own.kind and one.id in labels.truth and labels.is_held_out(one.id)]
    return match_analysed(named, Verdicts(), chosen=ModelChoice({own.kind: own})).parts

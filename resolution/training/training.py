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
from resolution.judgements.weighed_pairs import weigh
from resolution.matching import match_analysed
from resolution.records.analysed import Analysed, with_shared_names
from resolution.training.blocks import Ends, Fractions, build_blocks, draw_positions, hash_fractions
from resolution.training.counting import NonMatchChances, Weigh, as_odds, bounded, count_levels, estimate_m, estimate_u
from resolution.training.expectation import EmEstimate, estimate_by_em
from resolution.training.labels import Labels

Integers = NDArray[np.int64]
PAIRS_MIN = 20  # Pairs of one party to count from: fewer say nothing of any level.
LEARNED_MIN = 1_000  # The same where nobody labelled them: fewer, and EM finds what it likes.
COMPARED_MAX = 1_000_000  # Pairs by which two models are held side by side where nothing is labelled.


@dataclass(frozen=True)
class SampleSizes:
    """How many pairs are drawn at most, and of how many records.

    random:  for what two parties have in common by chance.
    near:    that share a key, of which that is counted as well.
    block:   of one block that EM is given.
    records: of which blocks are made, those of the lowest hashes; of very many they show what all of them would.
    """

    random: int
    near: int
    block: int
    records: int


WHOLE = SampleSizes(random=1_000_000, near=5_000_000, block=1_000_000, records=1 << 31)


@dataclass(frozen=True)
class LabelledPairs:
    """Records of one kind and their pairs, by position.

    same_party: pairs known to be of one party.
    near:       pairs that share a key and are known to be of two.
    unlabelled: pairs that share a key and of which nothing is known, or a sample of them.
    unlabelled_count: how many there are in all; 0: just those.
    """

    records: Sequence[Analysed]
    same_party: Ends
    near: Ends
    unlabelled: Ends
    unlabelled_count: int = 0

    @property
    def distant_count(self) -> int:
        """Pairs that share no key and are not known to be one party."""
        records = len(self.records)
        return max(records * (records - 1) // 2 - len(self.same_party[0]) - self.near_count, 1)

    @property
    def near_count(self) -> int:
        """Pairs that share a key and are not known to be one party."""
        return len(self.near[0]) + (self.unlabelled_count or len(self.unlabelled[0]))


def label_pairs(kind: PartyKind, records: Iterable[Analysed], labels: Labels, *, held_out: bool) -> LabelledPairs:
    """Those of the records that are held out, or the others, with every labelled pair among them."""
    chosen_records = sorted(
        (record for record in records if record.kind is kind and labels.is_held_out(record.id) is held_out),
        key=lambda record: record.id,
    )
    units = with_shared_names(chosen_records)
    place = {unit.id: at for at, unit in enumerate(units)}
    candidate_pairs = candidates(units)
    left, right = candidate_pairs.left.astype(np.int64), candidate_pairs.right.astype(np.int64)
    known_two = _known_two(units, (left, right), labels)
    same_pairs = [(place[left], place[right]) for left, right in labels.same(list(place))]
    same_party = np.array(same_pairs, dtype=np.int64).reshape(-1, 2)
    ends = np.minimum(same_party[:, 0], same_party[:, 1]), np.maximum(same_party[:, 0], same_party[:, 1])
    is_unlabelled = ~known_two & ~np.isin(_codes((left, right)), _codes(ends))
    return LabelledPairs(units, ends, (left[known_two], right[known_two]), (left[is_unlabelled], right[is_unlabelled]))


def _known_two(units: Sequence[Analysed], ends: Ends, labels: Labels) -> NDArray[np.bool_]:
    """Which pairs are known to be two parties: `Labels.are_two`, of millions."""
    place = {unit.id: at for at, unit in enumerate(units)}
    names = {name: at for at, name in enumerate(sorted(set(labels.truth.values())))}
    cluster = np.array([names[labels.truth[unit.id]] if unit.id in labels.truth else -1 for unit in units], dtype=np.int64)
    left, right = cluster[ends[0]], cluster[ends[1]]
    two: NDArray[np.bool_] = (left >= 0) & (right >= 0) & (left != right)
    for judged_pairs, answer in ((labels.verdicts.same, False), (labels.verdicts.different, True)):
        pairs = [sorted((place[left], place[right])) for left, right in judged_pairs if left in place and right in place]
        positions = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        two[np.isin(_codes(ends), _codes((positions[:, 0], positions[:, 1])))] = answer
    return two


def train(former: Model, labelled_pairs: LabelledPairs, *, provenance: str) -> Model:
    """The former model with its chances recounted; thresholds and prior stay. Raises NothingToDo with too few pairs.

    provenance: where the labels come from, in words; kept in the model.
    """
    pairs = len(labelled_pairs.same_party[0])
    if pairs < PAIRS_MIN:
        remedy = f"At least {PAIRS_MIN} pairs of one party are needed: kith judge, --truth FILE, or --without-labels."
        raise NothingToDo(pairs=pairs, remedy=remedy)
    prepared = prepared_by(former, labelled_pairs)
    non_match, pairs_counted = _estimate_u(former, prepared, labelled_pairs)
    # A record in many pairs says the same in each.
    share = min(len(np.unique(np.concatenate(labelled_pairs.same_party))) / pairs, 1.0)
    counts = count_levels(prepared, *labelled_pairs.same_party).times(share)
    m = estimate_m(former, {name: levels.tolist() for name, levels in counts.levels.items()}, counts.pairs, non_match)
    return _model(
        former,
        as_odds(former, m, non_match.chances),
        f"recounted from {former.version} on {provenance}: {pairs} pairs of one party, {pairs_counted}",
    )


def learn(
    former: Model,
    labelled_pairs: LabelledPairs,
    *,
    provenance: str,
    sizes: SampleSizes = WHOLE,
    prepared: Prepared | None = None,
) -> tuple[Model, float]:
    """The former model with its chances learned by Splink's EM, and how many pairs of one party it learned from.

    prepared: the records, where they were prepared with the former model before.
    Raises NothingToDo where they are too few.
    """
    prepared = prepared or prepared_by(former, labelled_pairs)
    fractions = hash_fractions(labelled_pairs.records)
    drawn = draw_positions(fractions, sizes.records)
    non_match, pairs_counted = _estimate_u(former, prepared, labelled_pairs, sizes, fractions)
    shared = build_blocks(labelled_pairs.records, pairs_max=sizes.block, fractions=fractions, drawn=drawn)
    learned = estimate_by_em(former, prepared, shared, non_match.chances) if shared else EmEstimate({}, {}, {})
    pairs = sum(share * len(shared[name][0]) for name, share in learned.shares.items())
    if pairs < LEARNED_MIN or len(learned.shares) < 2:
        remedy = (
            "Without labels two fields are needed that records share, and some hundreds of pairs: kith judge, or --truth FILE."
        )
        raise NothingToDo(pairs=round(pairs), fields=", ".join(learned.shares) or "none", remedy=remedy)
    pairs_alone = {name: min(pair_count, float(len(labelled_pairs.records))) for name, pair_count in learned.pairs.items()}
    level_counts = {name: [(m or 0.0) * pairs_alone[name] for m in level_chances] for name, level_chances in learned.m.items()}
    odds = as_odds(former, estimate_m(former, level_counts, pairs_alone, non_match), non_match.chances)
    return _model(
        former,
        odds,
        f"learned from {former.version} by Splink's EM on {provenance}: {round(pairs)} pairs of one party, {pairs_counted}",
    ), pairs


def prepared_by(former: Model, labelled_pairs: LabelledPairs) -> Prepared:
    """The records made ready to be compared with the weights of a model."""
    return prepare(
        former.kind, labelled_pairs.records, freeze(former.kind, labelled_pairs.records, ModelChoice({former.kind: former}))
    )


def _model(former: Model, chances: dict[str, dict[str, Odds]], provenance: str) -> Model:
    retrained = former.model_copy(
        update={"comparisons": bounded(former, chances), "made": f"{provenance}. docs/decisions/0028, 0037"}
    )
    mark = blake2b(retrained.model_dump_json().encode(), digest_size=4).hexdigest()
    return retrained.model_copy(update={"version": f"{former.version.partition('+')[0]}+{mark}"})


def _estimate_u(
    former: Model,
    prepared: Prepared,
    labelled_pairs: LabelledPairs,
    sizes: SampleSizes = WHOLE,
    fractions: Fractions | None = None,
) -> tuple[NonMatchChances, str]:
    """u of each level, and in words what it was counted on.

    A pair of which nobody said anything counts by the chance that it is two parties, as the former model has it.
    """
    near = _concatenate_ends(labelled_pairs.near, labelled_pairs.unlabelled)
    rows = sample_rows(len(near[0]), sizes.near)
    random = random_pairs(labelled_pairs, sizes.random, fractions)
    shared = count_levels(prepared, near[0][rows], near[1][rows], _weigh_as_two(prepared, rows < len(labelled_pairs.near[0])))
    apart = count_levels(prepared, *random, _weigh_as_two(prepared, np.zeros(len(random[0]), dtype=np.bool_)))
    near_counts = shared.times(labelled_pairs.near_count / max(len(rows), 1))
    non_match = estimate_u(former, near_counts, apart, labelled_pairs.distant_count)
    return non_match, f"{labelled_pairs.near_count} that share a key, {len(random[0])} random ones"


def _weigh_as_two(prepared: Prepared, is_known: NDArray[np.bool_]) -> Weigh:
    """How far each pair counts for two parties: wholly where it is known, else by the chance that the former model gives."""

    def chance(pair_evidence: Evidence, rows: slice) -> NDArray[np.float64]:
        bits = total_bits(field_bits(pair_evidence, prepared.frozen.model, prepared.shares), prepared.frozen.prior_bits)
        return np.where(is_known[rows], 1.0, 1.0 / (1.0 + np.exp2(np.clip(bits, -60.0, 60.0))))

    return chance


def _concatenate_ends(first: Ends, second: Ends) -> Ends:
    if not len(first[0]):
        return second
    return np.concatenate([first[0], second[0]]), np.concatenate([first[1], second[1]])


def sample_rows(rows: int, rows_max: int) -> Integers:
    """Up to `rows_max` of so many rows, evenly over them, in order."""
    return np.unique(np.linspace(0, max(rows - 1, 0), min(rows_max, rows)).astype(np.int64))


def random_pairs(labelled_pairs: LabelledPairs, pairs_max: int = WHOLE.random, fractions: Fractions | None = None) -> Ends:
    """Up to `pairs_max` pairs drawn by hash of the record ids, but for those of one party and those that share a key.

    fractions: those hashes, where they were worked out before.
    """
    records = len(labelled_pairs.records)
    order = np.argsort(hash_fractions(labelled_pairs.records) if fractions is None else fractions, kind="stable")
    steps = min((records - 1) // 2, max(pairs_max // max(records, 1), 1))
    pairs = [(order, np.roll(order, -step)) for step in range(1, steps + 1)]
    left = np.concatenate([np.minimum(*ends) for ends in pairs] or [order[:0]])
    right = np.concatenate([np.maximum(*ends) for ends in pairs] or [order[:0]])
    is_free = ~np.isin(
        _codes((left, right)),
        np.concatenate([_codes(labelled_pairs.same_party), _codes(labelled_pairs.near), _codes(labelled_pairs.unlabelled)]),
    )
    return left[is_free][:pairs_max], right[is_free][:pairs_max]


def _codes(ends: Ends) -> Integers:
    return ends[0] << 32 | ends[1]


def count_joined_pairs(model: Model, labelled_pairs: LabelledPairs) -> int:
    """How many of the pairs that share a key the model joins, pair by pair; of very many, those drawn."""
    rows = sample_rows(len(labelled_pairs.unlabelled[0]), COMPARED_MAX)
    return _joins(model, labelled_pairs, (labelled_pairs.unlabelled[0][rows], labelled_pairs.unlabelled[1][rows]))


def count_decisions(model: Model, labelled_pairs: LabelledPairs) -> tuple[int, int, int]:
    """Labelled pairs that the model joins rightly, joins wrongly, and leaves apart wrongly, pair by pair."""
    right, wrong = _joins(model, labelled_pairs, labelled_pairs.same_party), _joins(model, labelled_pairs, labelled_pairs.near)
    return right, wrong, len(labelled_pairs.same_party[0]) - right


def _joins(model: Model, labelled_pairs: LabelledPairs, ends: Ends) -> int:
    weighed_pairs = weigh(prepared_by(model, labelled_pairs), ends)
    return int((weighed_pairs.guards.allowed & (weighed_pairs.total >= model.merge_bits)).sum())


def cluster_held_out(model: Model, records: Iterable[Analysed], labels: Labels) -> list[list[str]]:
    """The parties among those held out that the truth names, with this model and nobody's word."""
    records_of_truth = [
        record for record in records if record.kind is model.kind and record.id in labels.truth and labels.is_held_out(record.id)
    ]
    return match_analysed(records_of_truth, Verdicts(), choices=ModelChoice({model.kind: model})).parts

"""What waits for a person, in the order of what a verdict would change."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from ontology.base import Identity, ImmutableModel, PartyKind
from ontology.judgement import LedgerEntry, Verdict
from resolution.comparisons.model import model
from resolution.judgements.ledger import entries, standing
from resolution.judgements.record_parties import parties_of
from resolution.judgements.verdicts import Pair, pair_of
from store.port import Row, Store

READ_MAX = 20_000  # Possible matches read at a time; beyond it the least weighty ones wait for the next call.


class Waiting(ImmutableModel):
    """Two records of two parties that may be one, or, in a blind review, a pair somebody else judged already."""

    left_id: Identity
    right_id: Identity
    kind: PartyKind
    left_entity: Identity
    right_entity: Identity
    reason: str = ""
    bits: float | None = None
    needed_bits: float | None = None
    listed: int = 0
    score_gap: int = 0
    records: int = 0


def waiting(store: Store, *, reviewer: str) -> list[Waiting]:
    """Possible matches that nobody has settled and on which `reviewer` has said nothing, most to change first."""
    said = standing(entries(store))
    mine = {(line.left_id, line.right_id) for line in said if line.by == reviewer}
    closed = settled_parties(store, said)
    rows = store.read("judgements/possible", limit=READ_MAX)
    return [_waiting(row) for row in rows if _pair(row) not in mine and _between(row) not in closed]


def waiting_blind(store: Store, *, reviewer: str) -> list[Waiting]:
    """Pairs one other person has judged, for a second word that does not know the first; most to change first."""
    by_pair: dict[Pair, list[LedgerEntry]] = defaultdict(list)
    for line in standing(entries(store)):
        by_pair[line.left_id, line.right_id].append(line)
    open_ = [
        pair
        for pair, lines in by_pair.items()
        if len(lines) == 1 and lines[0].by != reviewer and lines[0].id == lines[0].occasion
    ]
    found = list(_judged(store, open_))
    return sorted(found, key=lambda one: (-one.listed, -one.score_gap, -one.records, one.left_id, one.right_id))


def strongest_between(store: Store, left: Collection[str], right: Collection[str]) -> Pair | None:
    """The pair between two groups of records that a model gave most weight, or None where none named any."""
    ones, others = set(left), set(right)
    for row in store.read("judgements/model_says", ids=sorted(ones if len(ones) <= len(others) else others)):
        if (row["left_id"] in ones) != (row["right_id"] in ones) and (row["left_id"] in others) != (row["right_id"] in others):
            return pair_of(row["left_id"], row["right_id"])
    return None


def _judged(store: Store, pairs: Collection[Pair]) -> Iterator[Waiting]:
    """Pairs whose two records are still there, with what a verdict on them weighs."""
    party = parties_of(store, (one for pair in pairs for one in pair))
    held = [pair for pair in pairs if pair[0] in party and pair[1] in party]
    ids = sorted({party[one] for pair in held for one in pair})
    entities = {row["id"]: row for row in store.read("entities/entities_by_ids", ids=ids)}
    scores = {row["entity_id"]: row for row in store.read("answers/scores_by_ids", ids=ids)}
    counts: dict[str, int] = defaultdict(int)
    for entity in store.read("judgements/record_counts", ids=ids):
        counts[entity["entity_id"]] = entity["n"]
    for left, right in held:
        ends = party[left], party[right]
        values = [scores[one]["value"] for one in ends if one in scores and scores[one]["value"] is not None]
        yield Waiting(
            left_id=left,
            right_id=right,
            kind=entities[ends[0]]["kind"],
            left_entity=ends[0],
            right_entity=ends[1],
            listed=sum(1 for one in ends if one in scores and scores[one]["standing"] == "listed"),
            score_gap=abs(values[0] - values[1]) if len(values) == len(ends) else 0,
            records=min(counts[one] for one in ends),
        )


def settled_parties(store: Store, lines: Iterable[LedgerEntry]) -> set[Pair]:
    """Pairs of parties between which somebody said same or different."""
    told = [line for line in lines if line.verdict is not Verdict.UNSURE]
    party = parties_of(store, (one for line in told for one in (line.left_id, line.right_id)))
    ends = [(line.left_id, line.right_id) for line in told]
    return {pair_of(party[left], party[right]) for left, right in ends if left in party and right in party}


def _between(row: Mapping[str, str]) -> Pair:
    return pair_of(row["left_entity"], row["right_entity"])


def _pair(row: Mapping[str, str]) -> Pair:
    return pair_of(row["left_id"], row["right_id"])


def _waiting(row: Row) -> Waiting:
    kind = PartyKind(row["kind"])
    return Waiting(
        left_id=row["left_id"],
        right_id=row["right_id"],
        kind=kind,
        left_entity=row["left_entity"],
        right_entity=row["right_entity"],
        reason=row["reason"],
        bits=row["match_weight"],
        needed_bits=model(kind).merge_bits,
        listed=row["listed"],
        score_gap=row["score_gap"],
        records=min(row["left_records"], row["right_records"]),
    )

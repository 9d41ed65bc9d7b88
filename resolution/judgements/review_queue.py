"""The queue of pairs for review by a person: listed parties first, then by how much a verdict would change, namesakes last."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import pairwise

from ontology.base import Identity, ImmutableModel, PartyKind
from ontology.judgement import LedgerEntry, Verdict
from resolution.comparisons.model import model
from resolution.judgements.ledger import read_entries, standing_entries
from resolution.judgements.record_parties import parties_of
from resolution.judgements.verdicts import Pair, pair_of
from resolution.judgements.waiting_kinds import FIRST, FOLDED, Waiting, WaitingKind, rival_bits, waiting_kind
from store.port import Row, Store

READ_MAX = 20_000  # Possible matches read at a time; beyond it the least weighty ones wait for the next call.

Rank = tuple[int, int, int, int, float, str, str]


class ReviewPair(ImmutableModel):
    """Two records of two parties that may be one, or, in a blind review, a pair somebody else judged already.

    waiting_kind: None in a blind review, which gives no hint.
    """

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
    waiting_kind: WaitingKind | None = None

    @property
    def rank(self) -> Rank:
        """Place in the queue: listed and signalled parties, then by what a verdict changes, then by weight; namesakes last."""
        kind = self.waiting_kind
        place = FIRST.index(kind) if kind in FIRST else len(FIRST) + (kind is FOLDED)
        return place, -self.listed, -self.score_gap, -self.records, -(self.bits or 0.0), self.left_id, self.right_id


def list_review_pairs(store: Store, *, reviewer: str) -> list[ReviewPair]:
    """Possible matches that nobody has settled and `reviewer` has not judged, by rank."""
    verdict_entries = standing_entries(read_entries(store))
    mine = {(line.left_id, line.right_id) for line in verdict_entries if line.by == reviewer}
    settled_pairs = settled_parties(store, verdict_entries)
    rows = [row for row in store.read("judgements/possible", limit=READ_MAX) if _between(row) not in settled_pairs]
    rivals = _rival_pairs(rows)
    pairs = [_review_pair(row, has_rival=_pair(row) in rivals) for row in rows if _pair(row) not in mine]
    return sorted(pairs, key=lambda pair: pair.rank)


def list_blind_review_pairs(store: Store, *, reviewer: str) -> list[ReviewPair]:
    """Pairs that one other person has judged, for an independent second verdict; those with the most effect first."""
    by_pair: dict[Pair, list[LedgerEntry]] = defaultdict(list)
    for line in standing_entries(read_entries(store)):
        by_pair[line.left_id, line.right_id].append(line)
    open_pairs = [
        pair
        for pair, lines in by_pair.items()
        if len(lines) == 1 and lines[0].by != reviewer and lines[0].id == lines[0].occasion
    ]
    review_pairs = list(_pairs_judged_once(store, open_pairs))
    return sorted(review_pairs, key=lambda pair: (-pair.listed, -pair.score_gap, -pair.records, pair.left_id, pair.right_id))


def strongest_between(store: Store, left: Collection[str], right: Collection[str]) -> Pair | None:
    """The pair between two groups of records that a model gave most weight, or None where none named any."""
    left_ids, right_ids = set(left), set(right)
    for row in store.read("judgements/model_says", ids=sorted(left_ids if len(left_ids) <= len(right_ids) else right_ids)):
        if (row["left_id"] in left_ids) != (row["right_id"] in left_ids) and (row["left_id"] in right_ids) != (
            row["right_id"] in right_ids
        ):
            return pair_of(row["left_id"], row["right_id"])
    return None


def _pairs_judged_once(store: Store, pairs: Collection[Pair]) -> Iterator[ReviewPair]:
    """Pairs whose two records are still there, with what a verdict on them weighs."""
    party_of_record = parties_of(store, (record_id for pair in pairs for record_id in pair))
    pairs_present = [pair for pair in pairs if pair[0] in party_of_record and pair[1] in party_of_record]
    ids = sorted({party_of_record[record_id] for pair in pairs_present for record_id in pair})
    entities = {row["id"]: row for row in store.read("entities/entities_by_ids", ids=ids)}
    scores = {row["entity_id"]: row for row in store.read("answers/scores_by_ids", ids=ids)}
    counts: dict[str, int] = defaultdict(int)
    for entity in store.read("judgements/record_counts", ids=ids):
        counts[entity["entity_id"]] = entity["n"]
    for left, right in pairs_present:
        parties = party_of_record[left], party_of_record[right]
        values = [
            scores[party_id]["value"] for party_id in parties if party_id in scores and scores[party_id]["value"] is not None
        ]
        yield ReviewPair(
            left_id=left,
            right_id=right,
            kind=entities[parties[0]]["kind"],
            left_entity=parties[0],
            right_entity=parties[1],
            listed=sum(1 for party_id in parties if party_id in scores and scores[party_id]["standing"] == "listed"),
            score_gap=abs(values[0] - values[1]) if len(values) == len(parties) else 0,
            records=min(counts[party_id] for party_id in parties),
        )


def settled_parties(store: Store, lines: Iterable[LedgerEntry]) -> set[Pair]:
    """Pairs of parties with a verdict `same` or `different` between them."""
    decided = [line for line in lines if line.verdict is not Verdict.UNSURE]
    party_of_record = parties_of(store, (record_id for line in decided for record_id in (line.left_id, line.right_id)))
    ends = [(line.left_id, line.right_id) for line in decided]
    return {
        pair_of(party_of_record[left], party_of_record[right])
        for left, right in ends
        if left in party_of_record and right in party_of_record
    }


def _between(row: Mapping[str, str]) -> Pair:
    return pair_of(row["left_entity"], row["right_entity"])


def _pair(row: Mapping[str, str]) -> Pair:
    return pair_of(row["left_id"], row["right_id"])


def _rival_pairs(rows: Iterable[Row]) -> set[Pair]:
    """Pairs that weigh enough and of which one party has another such partner nearly as good."""
    rows_by_party: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row["match_weight"] >= _merge_bits(row):
            rows_by_party[row["left_entity"]].append(row)
            rows_by_party[row["right_entity"]].append(row)
    rivals: set[Pair] = set()
    for party_rows in rows_by_party.values():
        if len(party_rows) > 1:
            party_rows.sort(key=lambda row: row["match_weight"])
            for weaker, stronger in pairwise(party_rows):
                if stronger["match_weight"] - weaker["match_weight"] < rival_bits():
                    rivals |= {_pair(weaker), _pair(stronger)}
    return rivals


def _merge_bits(row: Row) -> float:
    return model(PartyKind(row["kind"])).merge_bits


def _review_pair(row: Row, *, has_rival: bool) -> ReviewPair:
    kind, needed_bits = PartyKind(row["kind"]), _merge_bits(row)
    waiting = Waiting(
        kind,
        row["reason"],
        missing_bits=needed_bits - row["match_weight"],
        is_listed=row["listed"] > 0,
        is_signalled=row["signalled"] > 0,
        has_rival=has_rival,
    )
    return ReviewPair(
        left_id=row["left_id"],
        right_id=row["right_id"],
        kind=kind,
        left_entity=row["left_entity"],
        right_entity=row["right_entity"],
        reason=row["reason"],
        bits=row["match_weight"],
        needed_bits=needed_bits,
        listed=row["listed"],
        score_gap=row["score_gap"],
        records=min(row["left_records"], row["right_records"]),
        waiting_kind=waiting_kind(waiting),
    )

"""The review queue: pairs that wait for a person's word, both sides field by field."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from api.context.request_context import RequestContext
from api.parties.records import shown_record
from api.parties.source_rows import files_by_id
from api.parties.summaries import parties_by_id, party_refs
from api.reviews.ledger_lines import shown_conflicts, shown_lines
from api.schemas.parties import PartyRef, ShownRecord
from api.schemas.reviews import Compared, ComparedField, Queue, ShownLine, Side, WaitingPair
from api.text.agreements import agreement_in_words
from api.words import Words, words
from graph.network.hubs import folded_contact
from ontology.entity import Entity
from ontology.judgement import LedgerEntry
from ontology.record import Record
from resolution.judgements import ledger
from resolution.judgements.conflicts import find_conflicts
from resolution.judgements.review_queue import ReviewPair, list_blind_review_pairs, list_review_pairs
from resolution.judgements.verdicts import Codes, Pair, codes_differ
from resolution.records.identifiers import exclusive_schemes
from resolution.records.text import fold
from store.port import Row, Store
from store.rows import from_row

ORDER = ("other_names", "founded_on", "born_on", "ended_on")
LAST = ("addresses", "countries")
CONTACTS = ("phone", "email", "website", "account", "device")


def queue(context: RequestContext, *, reviewer: str, limit: int, blind: bool = False) -> Queue:
    """What waits for this reviewer, most to change first. Blind: pairs another judged, without a hint of what they said."""
    store = context.store
    found = list_blind_review_pairs(store, reviewer=reviewer) if blind else list_review_pairs(store, reviewer=reviewer)
    lines = [] if blind else ledger.read_entries(store)
    told = [] if blind else find_conflicts(lines, lambda ids: ledger.exclusive_codes(store, ids))
    return Queue(
        reviewer=reviewer,
        blind=blind,
        total=len(found),
        pairs=_pairs(context, found[:limit], lines, blind=blind),
        conflicts=shown_conflicts(store, told, lines, context.lang),
    )


@dataclass(frozen=True)
class _Held:
    """What the pairs of a queue are shown with, read once for all of them."""

    records: Mapping[str, ShownRecord]
    refs: Mapping[str, PartyRef]
    counts: Mapping[str, int]
    codes: Mapping[str, Codes]
    said: Mapping[Pair, tuple[ShownLine, ...]]

    def side(self, record_id: str, entity_id: str) -> Side:
        """One record with its party."""
        return Side(record=self.records[record_id], party=self.refs[entity_id], records=self.counts[entity_id])


def _pairs(context: RequestContext, found: list[ReviewPair], lines: list[LedgerEntry], *, blind: bool) -> tuple[WaitingPair, ...]:
    held, say = _held(context, found, lines), words(context.lang)
    return tuple(_pair(one, held, say, blind=blind) for one in found)


def _held(context: RequestContext, found: list[ReviewPair], lines: list[LedgerEntry]) -> _Held:
    store = context.store
    entity_ids = sorted({one for pair in found for one in (pair.left_entity, pair.right_entity)})
    return _Held(
        records=_records(store, (one for pair in found for one in (pair.left_id, pair.right_id))),
        refs=party_refs(context, entity_ids),
        counts={row["entity_id"]: row["n"] for row in store.read("judgements/record_counts", ids=entity_ids)},
        codes={id_: _codes(row) for id_, row in parties_by_id(store, entity_ids).items()},
        said=_said(store, {(one.left_id, one.right_id) for one in found}, lines),
    )


def _said(store: Store, pairs: set[Pair], lines: list[LedgerEntry]) -> dict[Pair, tuple[ShownLine, ...]]:
    """What stands of each pair."""
    told: dict[Pair, list[LedgerEntry]] = {}
    for line in ledger.standing_entries(lines):
        if (line.left_id, line.right_id) in pairs:
            told.setdefault((line.left_id, line.right_id), []).append(line)
    return {pair: shown_lines(store, own, lines) for pair, own in told.items()}


def _pair(one: ReviewPair, held: _Held, say: Words, *, blind: bool) -> WaitingPair:
    """Judged are the parties as wholes; the two records alone where the parties bear different identifiers, or blind."""
    left, right = held.side(one.left_id, one.left_entity), held.side(one.right_id, one.right_entity)
    alone = blind or codes_differ(held.codes[one.left_entity], held.codes[one.right_entity])
    return WaitingPair(
        left=left,
        right=right,
        kind=one.kind,
        judge_on=(one.left_id, one.right_id) if alone else (one.left_entity, one.right_entity),
        fields=compared(left.record, right.record),
        grounds="" if blind else agreement_in_words(one.reason, say),
        bits=one.bits,
        needed_bits=one.needed_bits,
        listed=one.listed > 0,
        sentence=say("queue.blind") if blind else _why(one, say),
        said=held.said.get((one.left_id, one.right_id), ()),
    )


def _codes(row: Row) -> Codes:
    """Valid exclusive identifiers of a party, by scheme."""
    held: dict[str, list[str]] = {}
    for one in Entity.model_validate_json(row["document"]).identifiers:
        if one.valid and one.scheme in exclusive_schemes():
            held.setdefault(one.scheme, []).append(one.value)
    return held


def compared(left: ShownRecord, right: ShownRecord) -> tuple[ComparedField, ...]:
    """Every field either record tells, the name first; what both leave out is left out."""
    names = [*ORDER, *(name for name in (*left.facts, *right.facts) if name not in (*ORDER, *LAST)), *LAST]
    rows = [("name", left.name, right.name)]
    rows += [(name, left.facts.get(name, ""), right.facts.get(name, "")) for name in dict.fromkeys(names)]
    return tuple(
        ComparedField(field=name, left=one, right=other, compared=_compared(name, one, other))
        for name, one, other in rows
        if one or other
    )


def _compared(field: str, left: str, right: str) -> Compared:
    if not left or not right:
        return Compared.ONE_SIDE
    one, other = (folded_contact(field, text) if field in CONTACTS else fold(text) for text in (left, right))
    return Compared.EQUAL if one == other else Compared.DIFFERS


def _why(one: ReviewPair, say: Words) -> str:
    """The weightiest thing a verdict would change, and how far the pair is from joining by itself."""
    if one.listed:
        first = say("queue.listed")
    elif one.score_gap:
        first = say("queue.score", points=one.score_gap)
    else:
        first = say("queue.records", records=one.records)
    short = (one.needed_bits or 0.0) - (one.bits or 0.0)
    return f"{first} {say('queue.short', bits=f'{short:.1f}') if short > 0 else say('queue.guarded')}"


def _records(store: Store, ids: Iterable[str]) -> dict[str, ShownRecord]:
    files = files_by_id(store)
    rows = store.read("entities/records_by_ids", ids=sorted(set(ids)))
    return {row["id"]: shown_record(from_row(Record, row), files) for row in rows}

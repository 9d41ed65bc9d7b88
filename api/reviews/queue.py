"""The review queue: pairs that wait for a person's word, both sides field by field."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from api.context.request_context import RequestContext
from api.parties.records import shown_record
from api.parties.source_rows import files_by_id
from api.parties.summaries import parties_by_id, party_refs
from api.reviews.ledger_lines import shown_conflicts, shown_lines
from api.schemas.parties import PartyRef, ShownRecord
from api.schemas.reviews import Compared, ComparedField, KindCount, Queue, ShownLine, Side, WaitingPair
from api.text.agreements import agreement_in_words
from api.words import Words, words
from graph.network.hubs import folded_contact
from ontology.entity import Entity
from ontology.judgement import LedgerEntry
from ontology.record import Record
from resolution.judgements import ledger
from resolution.judgements.conflicts import find_conflicts
from resolution.judgements.review_groups import ReviewGroup, ReviewPage, count_kinds, filter_pairs, group_pairs, page_of
from resolution.judgements.review_queue import ReviewPair, list_blind_review_pairs, list_review_pairs
from resolution.judgements.verdicts import Codes, Pair, codes_differ
from resolution.judgements.waiting_kinds import FOLDED, WaitingKind
from resolution.records.identifiers import exclusive_schemes
from resolution.records.text import fold
from store.port import Row, Store
from store.rows import from_row

ORDER = ("other_names", "founded_on", "born_on", "ended_on")
LAST = ("addresses", "countries")
CONTACTS = ("phone", "email", "website", "account", "device")


@dataclass(frozen=True)
class QueueFilter:
    """Which pairs of a queue are shown. kinds: all where empty, but for those folded away; cursor: of the page before."""

    limit: int
    kinds: tuple[WaitingKind, ...] = ()
    with_folded: bool = False
    cursor: str | None = None


def queue(context: RequestContext, *, reviewer: str, shown: QueueFilter, blind: bool = False) -> Queue:
    """What waits for this reviewer, in groups. Blind: pairs another judged, without a hint of what they said.

    Raises CursorInvalid.
    """
    store, say = context.store, words(context.lang)
    pairs = list_blind_review_pairs(store, reviewer=reviewer) if blind else list_review_pairs(store, reviewer=reviewer)
    lines = [] if blind else ledger.read_entries(store)
    contradictions = [] if blind else find_conflicts(lines, lambda ids: ledger.exclusive_codes(store, ids))
    matching_pairs = pairs if blind else filter_pairs(pairs, shown.kinds, with_folded=shown.with_folded)
    groups = group_pairs(matching_pairs)
    page = page_of(groups, limit=shown.limit, after=shown.cursor)
    counts = {} if blind else count_kinds(pairs)
    return Queue(
        reviewer=reviewer,
        blind=blind,
        total=len(pairs),
        pairs=_pairs(context, page, lines, blind=blind),
        kinds=tuple(
            KindCount(kind=kind, pairs=count, sentence=say(f"queue.kind.{kind.value}")) for kind, count in counts.items()
        ),
        matching=len(matching_pairs),
        groups=len(groups),
        folded=0 if shown.with_folded or shown.kinds else counts.get(FOLDED, 0),
        next=page.after,
        conflicts=shown_conflicts(store, contradictions, lines, context.lang),
    )


@dataclass(frozen=True)
class _QueueFacts:
    """What the pairs of a queue are shown with, read once for all of them."""

    records: Mapping[str, ShownRecord]
    refs: Mapping[str, PartyRef]
    counts: Mapping[str, int]
    codes: Mapping[str, Codes]
    lines_by_pair: Mapping[Pair, tuple[ShownLine, ...]]

    def side(self, record_id: str, entity_id: str) -> Side:
        """One record with its party."""
        return Side(record=self.records[record_id], party=self.refs[entity_id], records=self.counts[entity_id])


def _pairs(context: RequestContext, page: ReviewPage, lines: list[LedgerEntry], *, blind: bool) -> tuple[WaitingPair, ...]:
    facts, say = _queue_facts(context, [pair for group in page.groups for pair in group.pairs], lines), words(context.lang)
    return tuple(_pair(pair, group, facts, say, blind=blind) for group in page.groups for pair in group.pairs)


def _queue_facts(context: RequestContext, pairs: list[ReviewPair], lines: list[LedgerEntry]) -> _QueueFacts:
    store = context.store
    entity_ids = sorted({entity_id for pair in pairs for entity_id in (pair.left_entity, pair.right_entity)})
    return _QueueFacts(
        records=_records(store, (record_id for pair in pairs for record_id in (pair.left_id, pair.right_id))),
        refs=party_refs(context, entity_ids),
        counts={row["entity_id"]: row["n"] for row in store.read("judgements/record_counts", ids=entity_ids)},
        codes={id_: _codes(row) for id_, row in parties_by_id(store, entity_ids).items()},
        lines_by_pair=_lines_by_pair(store, {(pair.left_id, pair.right_id) for pair in pairs}, lines),
    )


def _lines_by_pair(store: Store, pairs: set[Pair], lines: list[LedgerEntry]) -> dict[Pair, tuple[ShownLine, ...]]:
    """What stands of each pair."""
    entries_by_pair: dict[Pair, list[LedgerEntry]] = {}
    for line in ledger.standing_entries(lines):
        if (line.left_id, line.right_id) in pairs:
            entries_by_pair.setdefault((line.left_id, line.right_id), []).append(line)
    return {pair: shown_lines(store, entries, lines) for pair, entries in entries_by_pair.items()}


def _pair(pair: ReviewPair, group: ReviewGroup, facts: _QueueFacts, say: Words, *, blind: bool) -> WaitingPair:
    """Judged are the parties as wholes; the two records alone where the parties bear different identifiers, or blind."""
    left, right = facts.side(pair.left_id, pair.left_entity), facts.side(pair.right_id, pair.right_entity)
    alone = blind or codes_differ(facts.codes[pair.left_entity], facts.codes[pair.right_entity])
    return WaitingPair(
        left=left,
        right=right,
        kind=pair.kind,
        judge_on=(pair.left_id, pair.right_id) if alone else (pair.left_entity, pair.right_entity),
        fields=compared(left.record, right.record),
        grounds="" if blind else agreement_in_words(pair.reason, say),
        bits=pair.bits,
        needed_bits=pair.needed_bits,
        listed=pair.listed > 0,
        sentence=say("queue.blind") if blind else _reason_sentence(pair, say),
        waiting_kind=pair.waiting_kind,
        group_id=group.party_id,
        group_pairs=group.size,
        said=facts.lines_by_pair.get((pair.left_id, pair.right_id), ()),
    )


def _codes(row: Row) -> Codes:
    """Valid exclusive identifiers of a party, by scheme."""
    values_by_scheme: dict[str, list[str]] = {}
    for identifier in Entity.model_validate_json(row["document"]).identifiers:
        if identifier.valid and identifier.scheme in exclusive_schemes():
            values_by_scheme.setdefault(identifier.scheme, []).append(identifier.value)
    return values_by_scheme


def compared(left: ShownRecord, right: ShownRecord) -> tuple[ComparedField, ...]:
    """Every field either record tells, the name first; what both leave out is left out."""
    names = [*ORDER, *(name for name in (*left.facts, *right.facts) if name not in (*ORDER, *LAST)), *LAST]
    rows = [("name", left.name, right.name)]
    rows += [(name, left.facts.get(name, ""), right.facts.get(name, "")) for name in dict.fromkeys(names)]
    return tuple(
        ComparedField(field=name, left=left_text, right=right_text, compared=_compared(name, left_text, right_text))
        for name, left_text, right_text in rows
        if left_text or right_text
    )


def _compared(field: str, left: str, right: str) -> Compared:
    if not left or not right:
        return Compared.ONE_SIDE
    left_folded, right_folded = (folded_contact(field, text) if field in CONTACTS else fold(text) for text in (left, right))
    return Compared.EQUAL if left_folded == right_folded else Compared.DIFFERS


def _reason_sentence(pair: ReviewPair, say: Words) -> str:
    """Why the pair waits, what a verdict would change, and how far it is from joining by itself."""
    sentences = [say(f"queue.kind.{pair.waiting_kind.value}")] if pair.waiting_kind else []
    if not pair.listed:
        sentences.append(
            say("queue.score", points=pair.score_gap) if pair.score_gap else say("queue.records", records=pair.records)
        )
    missing_bits = (pair.needed_bits or 0.0) - (pair.bits or 0.0)
    sentences.append(say("queue.short", bits=f"{missing_bits:.1f}") if missing_bits > 0 else say("queue.guarded"))
    return " ".join(sentences)


def _records(store: Store, ids: Iterable[str]) -> dict[str, ShownRecord]:
    files = files_by_id(store)
    rows = store.read("entities/records_by_ids", ids=sorted(set(ids)))
    return {row["id"]: shown_record(from_row(Record, row), files) for row in rows}

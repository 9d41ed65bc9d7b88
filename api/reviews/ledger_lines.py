"""Records and lines of the ledger as people read them."""

from collections.abc import Iterable, Mapping

from api.context.callers import note_reads
from api.parties.summaries import parties_by_id
from api.schemas.reviews import RecordRef, ShownConflict, ShownLine
from api.words import words
from ontology.judgement import LedgerEntry, Verdict
from ontology.record import Record
from resolution.judgements.conflicts import Conflict, ConflictKind
from resolution.judgements.ledger import standing_entries
from resolution.judgements.record_parties import parties_of
from resolution.records.identifiers import schemes
from store.port import Store
from store.rows import from_row


def record_refs(store: Store, record_ids: Iterable[str]) -> dict[str, RecordRef]:
    """These records, short; one that the store no longer holds is marked as not present."""
    sorted_ids = sorted(set(record_ids))
    records = {row["id"]: from_row(Record, row) for row in store.read("entities/records_by_ids", ids=sorted_ids)}
    party_by_record = parties_of(store, sorted_ids)
    party_ids = sorted(set(party_by_record.values()))
    note_reads(party_ids)
    names = {id_: row["name"] for id_, row in parties_by_id(store, party_ids).items()}
    return {
        record_id: RecordRef(
            id=record_id,
            name=records[record_id].name if record_id in records else record_id,
            present=record_id in records,
            entity_id=party_by_record.get(record_id),
            entity_name=names.get(party_by_record.get(record_id, "")),
        )
        for record_id in sorted_ids
    }


def shown_lines(store: Store, lines: Iterable[LedgerEntry], ledger: Iterable[LedgerEntry]) -> tuple[ShownLine, ...]:
    """Lines with their records; `ledger` holds at least every line on the same pairs, to tell which stand."""
    line_list = list(lines)
    refs = record_refs(store, (record_id for line in line_list for record_id in (line.left_id, line.right_id)))
    standing_ids = {line.id for line in standing_entries(ledger)}
    return tuple(_shown_line(line, refs, line.id in standing_ids) for line in line_list)


def shown_conflicts(
    store: Store, contradictions: Iterable[Conflict], ledger: Iterable[LedgerEntry], lang: str
) -> tuple[ShownConflict, ...]:
    """Contradictions with their records and words."""
    conflict_list, lines = list(contradictions), list(ledger)
    refs = record_refs(store, (record_id for conflict in conflict_list for record_id in (conflict.left_id, conflict.right_id)))
    return tuple(
        ShownConflict(
            kind=conflict.kind,
            left=refs[conflict.left_id],
            right=refs[conflict.right_id],
            scheme=conflict.scheme,
            sentence=_sentence(conflict, refs, lang),
            lines=shown_lines(store, conflict.lines, lines),
        )
        for conflict in conflict_list
    )


def holds(line: LedgerEntry, refs: Mapping[str, RecordRef]) -> bool | None:
    """Whether the parties are as a verdict says; None where a record is gone or not resolved yet."""
    left, right = refs[line.left_id].entity_id, refs[line.right_id].entity_id
    if line.verdict is None or left is None or right is None:
        return None
    return line.verdict is Verdict.UNSURE or (left == right) == (line.verdict is Verdict.SAME)


def _shown_line(line: LedgerEntry, refs: Mapping[str, RecordRef], stands: bool) -> ShownLine:
    return ShownLine(
        **line.model_dump(include={"id", "occasion", "verdict", "undoes", "by", "reason", "decided_at"}),
        left=refs[line.left_id],
        right=refs[line.right_id],
        stands=stands,
        holds=holds(line, refs) if stands else None,
    )


def _sentence(conflict: Conflict, refs: Mapping[str, RecordRef], lang: str) -> str:
    say = words(lang)
    facts = {"left": refs[conflict.left_id].name, "right": refs[conflict.right_id].name}
    if conflict.kind is not ConflictKind.IDENTIFIER:
        return say(f"conflict.{conflict.kind}", **facts)
    verdict = next(line.verdict for line in conflict.lines)
    title = schemes()[conflict.scheme or ""].title if lang == "en" else say("conflict.code")
    return say(f"conflict.identifier_{verdict}", scheme=title, **facts)

"""Records and lines of the ledger as people read them."""

from collections.abc import Iterable, Mapping

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
    """These records, short; one that the store no longer holds is told as gone."""
    wanted = sorted(set(record_ids))
    held = {row["id"]: from_row(Record, row) for row in store.read("entities/records_by_ids", ids=wanted)}
    party = parties_of(store, wanted)
    names = {id_: row["name"] for id_, row in parties_by_id(store, sorted(set(party.values()))).items()}
    return {
        one: RecordRef(
            id=one,
            name=held[one].name if one in held else one,
            present=one in held,
            entity_id=party.get(one),
            entity_name=names.get(party.get(one, "")),
        )
        for one in wanted
    }


def shown_lines(store: Store, lines: Iterable[LedgerEntry], ledger: Iterable[LedgerEntry]) -> tuple[ShownLine, ...]:
    """Lines with their records; `ledger` holds at least every line on the same pairs, to tell which stand."""
    told = list(lines)
    refs = record_refs(store, (one for line in told for one in (line.left_id, line.right_id)))
    count = {line.id for line in standing_entries(ledger)}
    return tuple(_shown(line, refs, line.id in count) for line in told)


def shown_conflicts(
    store: Store, found: Iterable[Conflict], ledger: Iterable[LedgerEntry], lang: str
) -> tuple[ShownConflict, ...]:
    """Contradictions with their records and words."""
    told, lines = list(found), list(ledger)
    refs = record_refs(store, (one for conflict in told for one in (conflict.left_id, conflict.right_id)))
    return tuple(
        ShownConflict(
            kind=one.kind,
            left=refs[one.left_id],
            right=refs[one.right_id],
            scheme=one.scheme,
            sentence=_sentence(one, refs, lang),
            lines=shown_lines(store, one.lines, lines),
        )
        for one in told
    )


def holds(line: LedgerEntry, refs: Mapping[str, RecordRef]) -> bool | None:
    """Whether the parties are as a verdict says; None where a record is gone or not resolved yet."""
    left, right = refs[line.left_id].entity_id, refs[line.right_id].entity_id
    if line.verdict is None or left is None or right is None:
        return None
    return line.verdict is Verdict.UNSURE or (left == right) == (line.verdict is Verdict.SAME)


def _shown(line: LedgerEntry, refs: Mapping[str, RecordRef], stands: bool) -> ShownLine:
    return ShownLine(
        **line.model_dump(include={"id", "occasion", "verdict", "undoes", "by", "reason", "decided_at"}),
        left=refs[line.left_id],
        right=refs[line.right_id],
        stands=stands,
        holds=holds(line, refs) if stands else None,
    )


def _sentence(one: Conflict, refs: Mapping[str, RecordRef], lang: str) -> str:
    say = words(lang)
    facts = {"left": refs[one.left_id].name, "right": refs[one.right_id].name}
    if one.kind is not ConflictKind.IDENTIFIER:
        return say(f"conflict.{one.kind}", **facts)
    said = next(line.verdict for line in one.lines)
    title = schemes()[one.scheme or ""].title if lang == "en" else say("conflict.code")
    return say(f"conflict.identifier_{said}", scheme=title, **facts)

"""The ledger: people's verdicts on pairs of records. Lines are only ever added; an undo is a line of its own."""

from base64 import b32encode
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from hashlib import blake2b

from ontology.errors import EntityUnknown, WrongCall
from ontology.judgement import Judgement, LedgerEntry, Verdict
from ontology.limits import refuse_unstorable
from ontology.record import Record
from resolution.judgements.verdicts import BY_MODEL, Codes, Pair, Verdicts, combine_judgements, latest_words, pair_of
from resolution.records.analysed import analyse
from store.changes import Change, note_change
from store.port import Store
from store.rows import from_row, to_rows

ID_SIGNS = 10
LOOKED_UP = 5_000  # Records read at a time.


class EntryUnknown(EntityUnknown):
    """No line of the ledger has that id."""

    title = "No such line in the ledger"


def standing_verdicts(store: Store) -> Verdicts:
    """The verdicts in force over the whole store; contradicting ones are combined cautiously (`combine_judgements`)."""
    columns = store.columns("judgements/said")
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    return _verdicts_of(store, map(Judgement.model_validate, rows))


def verdicts_around(store: Store, record_ids: Iterable[str]) -> Verdicts:
    """The verdicts in force on these records, as `standing_verdicts` has them, without reading the whole ledger.

    A verdict may be suspended by verdicts on other records along a chain, so all connected verdicts are read.
    """
    return _verdicts_of(store, words_around(store, record_ids))


def words_around(store: Store, record_ids: Iterable[str]) -> list[Judgement]:
    """People's verdicts on these records, and on all records that verdicts connect with them over any number of steps."""
    visited, frontier, judgements = set[str](), set(record_ids), set[Judgement]()
    while frontier:
        rows = store.read("judgements/said_of", ids=sorted(frontier))
        judgements |= {Judgement.model_validate(row) for row in rows}
        visited |= frontier
        frontier = {record_id for judgement in judgements for record_id in (judgement.left_id, judgement.right_id)} - visited
    return sorted(judgements, key=lambda judgement: (judgement.left_id, judgement.right_id, judgement.decided_at, judgement.by))


def read_entries(store: Store) -> list[LedgerEntry]:
    """The whole ledger, the latest line first."""
    columns = store.columns("judgements/ledger")
    return [LedgerEntry.model_validate(dict(zip(columns, row, strict=True))) for row in zip(*columns.values(), strict=True)]


def read_entries_of(store: Store, record_ids: Iterable[str]) -> list[LedgerEntry]:
    """Lines on any of these records, the latest first."""
    rows = store.read("judgements/ledger_of", ids=sorted(set(record_ids)))
    return [from_row(LedgerEntry, row) for row in rows]


def standing_entries(lines: Iterable[LedgerEntry]) -> list[LedgerEntry]:
    """The lines that are in force: not undone, and the latest of one person on one pair."""
    all_lines = list(lines)
    undone = {line.undoes for line in all_lines}
    line_by_key = {_entry_key(line): line for line in all_lines if line.verdict is not None and line.id not in undone}
    latest = latest_words(as_judgement(line) for line in line_by_key.values())
    return [line_by_key[word.left_id, word.right_id, word.by, word.decided_at] for word in latest]


def as_judgement(line: LedgerEntry) -> Judgement:
    """A line with a verdict as a judgement."""
    return Judgement.model_validate(line.model_dump(include={"left_id", "right_id", "verdict", "by", "reason", "decided_at"}))


def judge(store: Store, pairs: Sequence[Pair], verdict: Verdict, *, by: str, reason: str, now: datetime) -> list[LedgerEntry]:
    """Write a person's verdict on these pairs of records; returns the new lines.

    A pair on which the person's verdict and reason are the same already is not written again. Raises WrongCall for a name
    reserved for models, or a record paired with itself.
    """
    _check(pairs, by)
    refuse_unstorable(by=by, reason=reason)
    with store.transaction():
        lines_so_far = read_entries_of(store, (record_id for pair in pairs for record_id in pair))
        mine = {(line.left_id, line.right_id): line for line in standing_entries(lines_so_far) if line.by == by}
        latest = {(line.left_id, line.right_id): line.decided_at for line in reversed(lines_so_far)}
        occasion, lines = "", []
        for left, right in dict.fromkeys(pair_of(*pair) for pair in pairs):
            standing_line = mine.get((left, right))
            if standing_line and (standing_line.verdict, standing_line.reason) == (verdict, reason):
                lines.append(standing_line)
                continue
            line = entry(left, right, verdict, by=by, reason=reason, decided_at=_after(latest.get((left, right)), now))
            occasion = occasion or line.id
            lines.append(line.model_copy(update={"occasion": occasion}))
        append_entries(store, lines)
    return lines


def undo(store: Store, id_: str, *, by: str, reason: str, now: datetime) -> list[LedgerEntry]:
    """Undo one line, or all lines of one call, by adding lines; returns those. The undone lines stay readable.

    Lines undone before are left alone. Raises EntryUnknown; WrongCall where nothing is left to undo.
    """
    _check((), by)
    refuse_unstorable(by=by, reason=reason)
    with store.transaction():
        lines_of_id = [from_row(LedgerEntry, row) for row in store.read("judgements/ledger_lines", id=id_)]
        if not lines_of_id:
            raise EntryUnknown(id=id_, remedy="See `kith judge --list` for the ids.")
        undone = {line.undoes for line in lines_of_id}
        open_ = [line for line in lines_of_id if line.verdict is not None and line.id not in undone]
        if not open_:
            raise WrongCall(id=id_, reason="it was undone before", remedy="Judge the pair again to say something else.")
        occasion, lines = "", []
        for line in open_:
            undoing = entry(
                line.left_id, line.right_id, None, by=by, reason=reason, decided_at=_after(line.decided_at, now), undoes=line.id
            )
            occasion = occasion or undoing.id
            lines.append(undoing.model_copy(update={"occasion": occasion}))
        append_entries(store, lines)
    return lines


def entry(
    left: str, right: str, verdict: Verdict | None, *, by: str, reason: str, decided_at: datetime, undoes: str | None = None
) -> LedgerEntry:
    """Make a line. Its id is derived from its content, so that a label imported twice is one line."""
    identity = "\x1f".join((left, right, verdict or "", undoes or "", by, decided_at.isoformat()))
    entry_id = f"J-{b32encode(blake2b(identity.encode(), digest_size=8).digest()).decode()[:ID_SIGNS]}"
    return LedgerEntry(
        id=entry_id,
        occasion=entry_id,
        left_id=left,
        right_id=right,
        verdict=verdict,
        undoes=undoes,
        by=by,
        reason=reason,
        decided_at=decided_at,
    )


def append_entries(store: Store, lines: Iterable[LedgerEntry], kind: Change = Change.JUDGED) -> None:
    """Add lines; lines that exist already are not changed. kind: the kind of change to note in the store."""
    with store.transaction():
        store.write("judgements/put_ledger", rows=to_rows(lines))
        note_change(store, kind)


def exclusive_codes(store: Store, record_ids: Iterable[str]) -> dict[str, Codes]:
    """Valid exclusive identifiers by scheme, by record id; records that are gone, or have none, are left out."""
    ids, codes_by_record = sorted(set(record_ids)), dict[str, Codes]()
    for start in range(0, len(ids), LOOKED_UP):
        for row in store.read("entities/records_by_ids", ids=ids[start : start + LOOKED_UP]):
            if codes := analyse(from_row(Record, row)).exclusive:
                codes_by_record[row["id"]] = codes
    return codes_by_record


def _verdicts_of(store: Store, judgements: Iterable[Judgement]) -> Verdicts:
    words = list(judgements)
    judged_ids = {record_id for judgement in words for record_id in (judgement.left_id, judgement.right_id)}
    return combine_judgements(words, exclusive_codes(store, judged_ids)) if words else Verdicts()


def _entry_key(line: LedgerEntry) -> tuple[str, str, str, datetime]:
    return line.left_id, line.right_id, line.by, line.decided_at


def _after(before: datetime | None, now: datetime) -> datetime:
    """The time of a line: later than the one before on the same pair, also where the clock stands still."""
    return max(now, before + timedelta(microseconds=1)) if before else now


def _check(pairs: Iterable[Pair], by: str) -> None:
    if not by.strip() or by.startswith(BY_MODEL):
        raise WrongCall(by=by, reason="a verdict is signed by a person", remedy="Give an account name, which is no model's.")
    for left, right in pairs:
        if left == right:
            raise WrongCall(record=left, reason="one record is not a pair", remedy="Name two records.")

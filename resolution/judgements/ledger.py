"""The ledger: a person's word on pairs of records, written once and never written over; an undo is a line of its own."""

from base64 import b32encode
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from hashlib import blake2b

from ontology.errors import EntityUnknown, WrongCall
from ontology.judgement import Judgement, LedgerEntry, Verdict
from ontology.limits import refuse_unstorable
from ontology.record import Record
from resolution.judgements.verdicts import BY_MODEL, Codes, Pair, Verdicts, latest_words, pair_of, people_said
from resolution.records.analysed import analyse
from store.changes import Change, note_change
from store.port import Store
from store.rows import from_row, to_rows

ID_SIGNS = 10
LOOKED_UP = 5_000  # Records read at a time.


class EntryUnknown(EntityUnknown):
    """No line of the ledger has that id."""

    title = "No such line in the ledger"


def verdicts(store: Store) -> Verdicts:
    """What holds of everything people said; contradictions in the cautious reading."""
    columns = store.columns("judgements/said")
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    return _held(store, map(Judgement.model_validate, rows))


def verdicts_around(store: Store, record_ids: Iterable[str]) -> Verdicts:
    """What holds of these records: the same as `verdicts` says of them, from the words that are connected with theirs alone.

    A word may be held back because of words on other records along a chain, so all that are connected are read.
    """
    return _held(store, words_around(store, record_ids))


def words_around(store: Store, record_ids: Iterable[str]) -> list[Judgement]:
    """What people say of these records, and of all records that words connect with them over any number of steps."""
    known, fresh, said = set[str](), set(record_ids), set[Judgement]()
    while fresh:
        rows = store.read("judgements/said_of", ids=sorted(fresh))
        said |= {Judgement.model_validate(row) for row in rows}
        known |= fresh
        fresh = {one for judgement in said for one in (judgement.left_id, judgement.right_id)} - known
    return sorted(said, key=lambda one: (one.left_id, one.right_id, one.decided_at, one.by))


def entries(store: Store) -> list[LedgerEntry]:
    """The whole ledger, the latest line first."""
    columns = store.columns("judgements/ledger")
    return [LedgerEntry.model_validate(dict(zip(columns, row, strict=True))) for row in zip(*columns.values(), strict=True)]


def entries_of(store: Store, record_ids: Iterable[str]) -> list[LedgerEntry]:
    """Lines that speak of any of these records, the latest first."""
    rows = store.read("judgements/ledger_of", ids=sorted(set(record_ids)))
    return [from_row(LedgerEntry, row) for row in rows]


def standing(told: Iterable[LedgerEntry]) -> list[LedgerEntry]:
    """Of these lines the verdicts that count: not undone, and the latest of the same person on the same pair."""
    lines = list(told)
    undone = {line.undoes for line in lines}
    held = {_key(line): line for line in lines if line.verdict is not None and line.id not in undone}
    words = latest_words(as_judgement(line) for line in held.values())
    return [held[word.left_id, word.right_id, word.by, word.decided_at] for word in words]


def as_judgement(line: LedgerEntry) -> Judgement:
    """A line with a verdict as a judgement."""
    return Judgement.model_validate(line.model_dump(include={"left_id", "right_id", "verdict", "by", "reason", "decided_at"}))


def judge(store: Store, pairs: Sequence[Pair], verdict: Verdict, *, by: str, reason: str, now: datetime) -> list[LedgerEntry]:
    """Write a person's verdict on these pairs of records and return the lines that say so.

    A pair on which the person's word is this already, for the same reason, is not written again. Raises WrongCall on a
    name that only models bear, or on a record paired with itself.
    """
    _check(pairs, by)
    refuse_unstorable(by=by, reason=reason)
    with store.transaction():
        held = entries_of(store, (one for pair in pairs for one in pair))
        mine = {(line.left_id, line.right_id): line for line in standing(held) if line.by == by}
        latest = {(line.left_id, line.right_id): line.decided_at for line in reversed(held)}
        occasion, lines = "", []
        for left, right in dict.fromkeys(pair_of(*pair) for pair in pairs):
            known = mine.get((left, right))
            if known and (known.verdict, known.reason) == (verdict, reason):
                lines.append(known)
                continue
            line = entry(left, right, verdict, by=by, reason=reason, decided_at=_after(latest.get((left, right)), now))
            occasion = occasion or line.id
            lines.append(line.model_copy(update={"occasion": occasion}))
        put(store, lines)
    return lines


def undo(store: Store, id_: str, *, by: str, reason: str, now: datetime) -> list[LedgerEntry]:
    """Take back one line, or all lines of one occasion, by further lines; returns those. What was said stays readable.

    Lines undone before are left alone. Raises EntryUnknown; WrongCall where nothing is left to undo.
    """
    _check((), by)
    refuse_unstorable(by=by, reason=reason)
    with store.transaction():
        told = [from_row(LedgerEntry, row) for row in store.read("judgements/ledger_lines", id=id_)]
        if not told:
            raise EntryUnknown(id=id_, remedy="See `kith judge --list` for the ids.")
        undone = {line.undoes for line in told}
        open_ = [line for line in told if line.verdict is not None and line.id not in undone]
        if not open_:
            raise WrongCall(id=id_, reason="it was undone before", remedy="Judge the pair again to say something else.")
        occasion, lines = "", []
        for line in open_:
            undoing = entry(
                line.left_id, line.right_id, None, by=by, reason=reason, decided_at=_after(line.decided_at, now), undoes=line.id
            )
            occasion = occasion or undoing.id
            lines.append(undoing.model_copy(update={"occasion": occasion}))
        put(store, lines)
    return lines


def entry(
    left: str, right: str, verdict: Verdict | None, *, by: str, reason: str, decided_at: datetime, undoes: str | None = None
) -> LedgerEntry:
    """A line by itself. Its id follows from what it says, so that the same label imported twice is one line."""
    told = "\x1f".join((left, right, verdict or "", undoes or "", by, decided_at.isoformat()))
    own = f"J-{b32encode(blake2b(told.encode(), digest_size=8).digest()).decode()[:ID_SIGNS]}"
    return LedgerEntry(
        id=own,
        occasion=own,
        left_id=left,
        right_id=right,
        verdict=verdict,
        undoes=undoes,
        by=by,
        reason=reason,
        decided_at=decided_at,
    )


def put(store: Store, lines: Iterable[LedgerEntry], kind: Change = Change.JUDGED) -> None:
    """Add lines; those that are there already stay as they are. kind: as what the change is noted."""
    with store.transaction():
        store.write("judgements/put_ledger", rows=to_rows(lines))
        note_change(store, kind)


def exclusive_codes(store: Store, record_ids: Iterable[str]) -> dict[str, Codes]:
    """Valid exclusive identifiers of these records by scheme; records that are gone, or have none, are left out."""
    wanted, found = sorted(set(record_ids)), dict[str, Codes]()
    for start in range(0, len(wanted), LOOKED_UP):
        for row in store.read("entities/records_by_ids", ids=wanted[start : start + LOOKED_UP]):
            if codes := analyse(from_row(Record, row)).exclusive:
                found[row["id"]] = codes
    return found


def _held(store: Store, judgements: Iterable[Judgement]) -> Verdicts:
    said = list(judgements)
    touched = {one for judgement in said for one in (judgement.left_id, judgement.right_id)}
    return people_said(said, exclusive_codes(store, touched)) if said else Verdicts()


def _key(line: LedgerEntry) -> tuple[str, str, str, datetime]:
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

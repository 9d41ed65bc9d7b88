"""A person's verdict: from what was typed to lines of the ledger, with what it changes and whether it already holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from api.context.pages import WHOLE_LIST, PageRequest, Place, page_behind, page_of
from api.context.request_context import RequestContext
from api.parties.search import find_party
from api.reviews.effects import effects
from api.reviews.ledger_lines import holds, record_refs, shown_conflicts, shown_lines
from api.schemas.reviews import Conflicts, Judged, Judgements, ShownLine, Undone
from api.words import words
from ontology.entity import Entity
from ontology.errors import StoreBusy, WrongCall
from ontology.judgement import LedgerEntry, Verdict
from ontology.personal_ids import mask
from resolution.judgements import ledger
from resolution.judgements.conflicts import Conflict, find_conflicts
from resolution.judgements.pairing import pairs_between
from resolution.judgements.review_queue import strongest_between
from resolution.judgements.verdicts import Pair
from resolution.live import Live
from store.port import Store


@dataclass(frozen=True)
class Signature:
    """Who speaks, and when."""

    by: str
    now: datetime


def judge(
    context: RequestContext, left: str, right: str, verdict: Verdict, *, reason: str, signature: Signature, dry_run: bool = False
) -> Judged:
    """Write a verdict on two records or parties, or with `dry_run` only say what it would change.

    Raises EntityUnknown, EntityAmbiguous, NameInPart; WrongCall where both are the same record, or one and the same party.
    """
    store, reason = context.store, mask(reason.strip())
    pairs = _pairs(store, left, right, verdict)
    unwritten = [_unwritten(pair, verdict, reason, signature) for pair in pairs]
    ledger_before = ledger.read_entries(store)
    refs = record_refs(store, (record_id for pair in pairs for record_id in pair))
    lines = unwritten if dry_run else ledger.judge(store, pairs, verdict, by=signature.by, reason=reason, now=signature.now)
    ledger_after = ledger_before + unwritten if dry_run else ledger.read_entries(store)
    line_ids = {line.id for line in lines}
    own_conflicts = [conflict for conflict in _conflicts(store, ledger_after) if line_ids & {line.id for line in conflict.lines}]
    contradictions = shown_conflicts(store, own_conflicts, ledger_after, context.lang)
    changes = effects(context, verdict, pairs, contradicted=contradictions)
    follows = _live(context).accepts_changes() if dry_run else _follow(context, pairs, signature.now)
    is_done = follows or all(holds(line, refs) is not False for line in lines)
    return Judged(
        dry_run=dry_run,
        verdict=verdict,
        by=signature.by,
        lines=shown_lines(store, lines, ledger_after),
        effects=changes,
        holds=is_done,
        sentence=_holding_sentence(context, verdict, dry_run=dry_run, is_done=is_done, contradicted=bool(contradictions)),
        others=() if dry_run else _lines_of_others(store, pairs, signature.by, ledger_after),
    )


def undo(context: RequestContext, id_: str, *, reason: str, signature: Signature) -> Undone:
    """Take back a line or an occasion. Raises EntryUnknown, WrongCall where it was undone before."""
    lines = ledger.undo(context.store, id_, by=signature.by, reason=mask(reason.strip()), now=signature.now)
    follows = _follow(context, [(line.left_id, line.right_id) for line in lines], signature.now)
    undo_lines = shown_lines(context.store, lines, ledger.read_entries(context.store))
    return Undone(lines=undo_lines, sentence=words(context.lang)("judged.undone_now" if follows else "judged.undone"))


def _live(context: RequestContext) -> Live:
    return context.live or Live(context.store)


def _follow(context: RequestContext, pairs: Iterable[Pair], now: datetime) -> bool:
    """Let the parties follow what was said of these records at once; False where a full run is due first."""
    live = _live(context)
    if not live.accepts_changes():
        return False
    try:
        live.rejudge({record_id for pair in pairs for record_id in pair}, now=now)
    except StoreBusy:  # The word is written: that it waits for the next full run is told, not that it failed.
        return False
    return True


def judgements(context: RequestContext, page: PageRequest, *, party: str | None = None) -> Judgements:
    """The ledger, or the lines about one party's records, the latest first. Raises CursorInvalid."""
    lines = (
        ledger.read_entries(context.store)
        if party is None
        else ledger.read_entries_of(context.store, _records(context.store, party, to_write=False))
    )
    line_page = page_behind(lines, page, id_of=lambda line: line.id, question=f"judgements {party}")
    return Judgements(total=len(lines), lines=shown_lines(context.store, line_page.lines, lines), next=line_page.next)


def all_conflicts(context: RequestContext, page: PageRequest = WHOLE_LIST) -> Conflicts:
    """Contradictions among verdicts, with who and when. Raises CursorInvalid."""
    lines = ledger.read_entries(context.store)
    conflict_page = page_of(_conflicts(context.store, lines), page, place=_conflict_place, question="conflicts")
    shown = shown_conflicts(context.store, conflict_page.lines, lines, context.lang)
    return Conflicts(conflicts=shown, next=conflict_page.next)


def _conflict_place(conflict: Conflict) -> Place:
    return conflict.left_id, conflict.right_id, conflict.kind.value, conflict.scheme or ""


def _conflicts(store: Store, lines: Iterable[LedgerEntry]) -> list[Conflict]:
    return find_conflicts(lines, lambda ids: ledger.exclusive_codes(store, ids))


def _pairs(store: Store, left: str, right: str, verdict: Verdict) -> list[Pair]:
    """The pairs of record ids between two records or parties that a person named."""
    left_ids, right_ids = (_records(store, name, to_write=True) for name in (left, right))
    if len(left_ids) == 1 < len(right_ids):
        right_ids = [record_id for record_id in right_ids if record_id not in left_ids]
    elif len(right_ids) == 1 < len(left_ids):
        left_ids = [record_id for record_id in left_ids if record_id not in right_ids]
    if set(left_ids) & set(right_ids):
        raise WrongCall(left=left, right=right, reason="both are one and the same", remedy="Name two records: kith show ENTITY.")
    if verdict is Verdict.SAME:
        _check_kinds(store, left_ids[0], right_ids[0])
    strongest = None if len(left_ids) == len(right_ids) == 1 else strongest_between(store, left_ids, right_ids)
    return pairs_between(left_ids, right_ids, verdict, strongest=strongest)


def _check_kinds(store: Store, left_id: str, right_id: str) -> None:
    """A firm and a person are never one party. Raises WrongCall."""
    kinds = sorted({row["kind"] for row in store.read("entities/records_by_ids", ids=[left_id, right_id])})
    if len(kinds) > 1:
        raise WrongCall(reason=f"a {kinds[0]} and a {kinds[1]} are never one party", remedy="Name two records of one kind.")


def _records(store: Store, name: str, *, to_write: bool) -> list[str]:
    """A record by its id, else the records of the party meant."""
    if store.read("sources/known_records", ids=[name]):
        return [name]
    row = store.read("entities/entity", id=find_party(store, name, to_write=to_write))[0]
    return list(Entity.model_validate_json(row["document"]).record_ids)


def _unwritten(pair: Pair, verdict: Verdict, reason: str, signature: Signature) -> LedgerEntry:
    return ledger.entry(*pair, verdict, by=signature.by, reason=reason, decided_at=signature.now)


def _lines_of_others(store: Store, pairs: Iterable[Pair], by: str, lines: list[LedgerEntry]) -> tuple[ShownLine, ...]:
    """Standing ledger lines of other people on these pairs, shown once one's own word is given."""
    pair_set = set(pairs)
    other_lines = [line for line in ledger.standing_entries(lines) if (line.left_id, line.right_id) in pair_set and line.by != by]
    return shown_lines(store, other_lines, lines)


def _holding_sentence(context: RequestContext, verdict: Verdict, *, dry_run: bool, is_done: bool, contradicted: bool) -> str:
    say = words(context.lang)
    if verdict is Verdict.UNSURE:
        return say("judged.noted")
    if contradicted:
        return say("judged.would_contradict" if dry_run else "judged.contradicted")
    if is_done:
        return say("judged.would_hold" if dry_run else "judged.holds")
    return say("judged.would_wait" if dry_run else "judged.waits")

"""A person's verdict: from what was typed to lines of the ledger, with what it changes and whether it already holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

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
class Signed:
    """Who speaks, and when."""

    by: str
    now: datetime


def judge(
    context: RequestContext, left: str, right: str, verdict: Verdict, *, reason: str, signed: Signed, dry_run: bool = False
) -> Judged:
    """Write a verdict on two records or parties, or with `dry_run` only say what it would change.

    Raises EntityUnknown, EntityAmbiguous, NameInPart; WrongCall where both are the same record, or one and the same party.
    """
    store, reason = context.store, mask(reason.strip())
    pairs = _pairs(store, left, right, verdict)
    would = [_unwritten(pair, verdict, reason, signed) for pair in pairs]
    before = ledger.read_entries(store)
    refs = record_refs(store, (one for pair in pairs for one in pair))
    lines = would if dry_run else ledger.judge(store, pairs, verdict, by=signed.by, reason=reason, now=signed.now)
    after = before + would if dry_run else ledger.read_entries(store)
    ours = {line.id for line in lines}
    against = [one for one in _conflicts(store, after) if ours & {line.id for line in one.lines}]
    told = shown_conflicts(store, against, after, context.lang)
    would_be = effects(context, verdict, pairs, contradicted=told)
    follows = _live(context).accepts_changes() if dry_run else _follow(context, pairs, signed.now)
    done = follows or all(holds(line, refs) is not False for line in lines)
    return Judged(
        dry_run=dry_run,
        verdict=verdict,
        by=signed.by,
        lines=shown_lines(store, lines, after),
        effects=would_be,
        holds=done,
        sentence=_holding(context, verdict, dry_run=dry_run, done=done, contradicted=bool(told)),
        others=() if dry_run else _others(store, pairs, signed.by, after),
    )


def undo(context: RequestContext, id_: str, *, reason: str, signed: Signed) -> Undone:
    """Take back a line or an occasion. Raises EntryUnknown, WrongCall where it was undone before."""
    lines = ledger.undo(context.store, id_, by=signed.by, reason=mask(reason.strip()), now=signed.now)
    follows = _follow(context, [(line.left_id, line.right_id) for line in lines], signed.now)
    told = shown_lines(context.store, lines, ledger.read_entries(context.store))
    return Undone(lines=told, sentence=words(context.lang)("judged.undone_now" if follows else "judged.undone"))


def _live(context: RequestContext) -> Live:
    return context.live or Live(context.store)


def _follow(context: RequestContext, pairs: Iterable[Pair], now: datetime) -> bool:
    """Let the parties follow what was said of these records at once; False where a full run is due first."""
    live = _live(context)
    if not live.accepts_changes():
        return False
    try:
        live.rejudge({one for pair in pairs for one in pair}, now=now)
    except StoreBusy:  # The word is written: that it waits for the next full run is told, not that it failed.
        return False
    return True


def judgements(context: RequestContext, *, limit: int, party: str | None = None) -> Judgements:
    """The ledger, or the lines about one party's records, the latest first."""
    every = (
        ledger.read_entries(context.store)
        if party is None
        else ledger.read_entries_of(context.store, _records(context.store, party, to_write=False))
    )
    return Judgements(total=len(every), lines=shown_lines(context.store, every[:limit], every))


def all_conflicts(context: RequestContext) -> Conflicts:
    """Every contradiction among verdicts, with who and when."""
    lines = ledger.read_entries(context.store)
    return Conflicts(conflicts=shown_conflicts(context.store, _conflicts(context.store, lines), lines, context.lang))


def _conflicts(store: Store, lines: Iterable[LedgerEntry]) -> list[Conflict]:
    return find_conflicts(lines, lambda ids: ledger.exclusive_codes(store, ids))


def _pairs(store: Store, left: str, right: str, verdict: Verdict) -> list[Pair]:
    """The pairs of records that two things a person named stand for."""
    ones, others = (_records(store, one, to_write=True) for one in (left, right))
    if len(ones) == 1 < len(others):
        others = [one for one in others if one not in ones]
    elif len(others) == 1 < len(ones):
        ones = [one for one in ones if one not in others]
    if set(ones) & set(others):
        raise WrongCall(left=left, right=right, reason="both are one and the same", remedy="Name two records: kith show ENTITY.")
    if verdict is Verdict.SAME:
        _check_kinds(store, ones[0], others[0])
    strongest = None if len(ones) == len(others) == 1 else strongest_between(store, ones, others)
    return pairs_between(ones, others, verdict, strongest=strongest)


def _check_kinds(store: Store, one: str, other: str) -> None:
    """A firm and a person are never one party. Raises WrongCall."""
    kinds = sorted({row["kind"] for row in store.read("entities/records_by_ids", ids=[one, other])})
    if len(kinds) > 1:
        raise WrongCall(reason=f"a {kinds[0]} and a {kinds[1]} are never one party", remedy="Name two records of one kind.")


def _records(store: Store, name: str, *, to_write: bool) -> list[str]:
    """A record by its id, else the records of the party meant."""
    if store.read("sources/known_records", ids=[name]):
        return [name]
    row = store.read("entities/entity", id=find_party(store, name, to_write=to_write))[0]
    return list(Entity.model_validate_json(row["document"]).record_ids)


def _unwritten(pair: Pair, verdict: Verdict, reason: str, signed: Signed) -> LedgerEntry:
    return ledger.entry(*pair, verdict, by=signed.by, reason=reason, decided_at=signed.now)


def _others(store: Store, pairs: Iterable[Pair], by: str, lines: list[LedgerEntry]) -> tuple[ShownLine, ...]:
    """What stands of others on these pairs: told once one's own word is given."""
    wanted = set(pairs)
    said = [line for line in ledger.standing_entries(lines) if (line.left_id, line.right_id) in wanted and line.by != by]
    return shown_lines(store, said, lines)


def _holding(context: RequestContext, verdict: Verdict, *, dry_run: bool, done: bool, contradicted: bool) -> str:
    say = words(context.lang)
    if verdict is Verdict.UNSURE:
        return say("judged.noted")
    if contradicted:
        return say("judged.would_contradict" if dry_run else "judged.contradicted")
    if done:
        return say("judged.would_hold" if dry_run else "judged.holds")
    return say("judged.would_wait" if dry_run else "judged.waits")

"""Verdicts on whether two records are one party: the queue, the ledger, and undoing."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request

from api.context.pages import PageRequest
from api.context.record_names import record_name
from api.http.dependencies import AppState, InContext
from api.http.pages import InPage, asks_page
from api.http.problems import problems
from api.reviews.chains import Chains, largest_parties
from api.reviews.judging import Signature, all_conflicts, judge, judgements, undo
from api.reviews.queue import QueueFilter, queue
from api.schemas.reviews import Conflicts, Judged, Judgements, Queue, Undone, VerdictToGive
from api.wiring import account_of, now_of
from ontology.errors import SignsAsAnother
from resolution.judgements.waiting_kinds import WaitingKind

router = APIRouter(tags=["judgements"], prefix="/judgements")
BY = Annotated[
    str | None, Query(min_length=1, max_length=100, description="Who asks or signs; left out: the account of the server.")
]


def signature_of(request: Request, by: BY = None) -> Signature:
    """Who speaks, and when: a key or a person signed in under its own name. Raises SignsAsAnother."""
    state: AppState = request.app.state.kith
    own_name = request.state.caller.name
    if own_name and by not in (None, own_name):
        raise SignsAsAnother
    return Signature(account_of(state.settings, own_name or by), now_of(state.settings))


InSignature = Annotated[Signature, Depends(signature_of)]


@router.get("", summary="What did people say of which records?", responses=problems(404))
def read_judgements(
    context: InContext,
    page: InPage,
    party: Annotated[str | None, Query(max_length=300, description="Only lines about this party's records.")] = None,
) -> Judgements:
    """The ledger, the latest line first. Lines are only ever added: an undo is a line too."""
    return judgements(context, page, party=party)


def queue_filter_of(
    page: Annotated[PageRequest, asks_page(default=20, most=200)],
    kind: Annotated[
        list[WaitingKind] | None, Query(description="Only pairs that wait for this; may be given several times.")
    ] = None,
    with_namesakes: Annotated[
        bool, Query(alias="all", description="Namesakes in different firms too, which are only counted else.")
    ] = False,
) -> QueueFilter:
    """Which pairs of the queue are asked for."""
    return QueueFilter(page.limit, tuple(kind or ()), with_folded=with_namesakes, cursor=page.cursor)


@router.get("/queue", summary="Which pairs wait for a person's word?")
def read_queue(
    context: InContext,
    signature: InSignature,
    shown: Annotated[QueueFilter, Depends(queue_filter_of)],
    blind: Annotated[bool, Query(description="Pairs somebody else judged, without telling what they said.")] = False,
) -> Queue:
    """Possible matches: listed parties first, then those by which most would change: a score, records, nearness to joining.

    Pairs of one party stand together. `kinds` says how many of each kind wait; namesakes come last.
    """
    return queue(context, reviewer=signature.by, shown=shown, blind=blind)


@router.get("/conflicts", summary="Which verdicts contradict each other, or an identifier?")
def read_conflicts(context: InContext, page: InPage) -> Conflicts:
    """With who and when. Until one is settled, the records are kept apart."""
    return all_conflicts(context, page)


@router.get("/chains", summary="Which parties are largest, and which pairs hold them together?")
def read_chains(
    context: InContext, limit: Annotated[int, Query(ge=1, le=1000, description="Most parties.", examples=[9])] = 10
) -> Chains:
    """Those to look at first: far larger than others, or held together by one weak pair."""
    return largest_parties(context, limit=limit)


@router.post("", summary="Are these two the same party?")
def create_judgement(
    to_judge: VerdictToGive,
    context: InContext,
    request: Request,
    dry_run: Annotated[bool, Query(description="Only say what it would change; nothing is written.")] = False,
) -> Judged:
    """Writes a person's verdict on two records or parties, and says what it changes and whether it holds already."""
    signature = signature_of(request, to_judge.by)
    left, right = (record_name(name, request.app.state.kith.settings) for name in (to_judge.left, to_judge.right))
    return judge(context, left, right, to_judge.verdict, reason=to_judge.reason, signature=signature, dry_run=dry_run)


@router.delete("/{line_id}", summary="Undo a verdict")
def delete_judgement(
    line_id: Annotated[str, Path(description="Id of the line, or of the occasion of several lines.", examples=["J-000042"])],
    context: InContext,
    signature: InSignature,
    reason: Annotated[str, Query(max_length=2000, description="Why it is taken back.")] = "",
) -> Undone:
    """Takes back one line, or all lines of one call, by further lines; nothing is removed from the ledger."""
    return undo(context, line_id, reason=reason, signature=signature)

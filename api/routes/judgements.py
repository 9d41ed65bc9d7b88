"""Verdicts on whether two records are one party: the queue, the ledger, and undoing."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request

from api.chains import Chains, largest_parties
from api.judging import Signed, all_conflicts, judge, judgements, undo
from api.record_names import record_name
from api.requests import House, InAsked
from api.review_answers import Conflicts, Judged, Judgements, Queue, Undone, VerdictToGive
from api.review_queue import queue
from api.wiring import account_of, now_of

router = APIRouter(tags=["judgements"], prefix="/judgements")
BY = Annotated[
    str | None, Query(min_length=1, max_length=100, description="Who asks or signs; left out: the account of the server.")
]


def signed(request: Request, by: BY = None) -> Signed:
    """Who speaks, and when."""
    house: House = request.app.state.house
    return Signed(account_of(house.settings, by), now_of(house.settings))


InSigned = Annotated[Signed, Depends(signed)]


@router.get("", summary="What did people say of which records?")
def read_judgements(
    asked: InAsked,
    party: Annotated[str | None, Query(max_length=300, description="Only lines about this party's records.")] = None,
    limit: Annotated[int, Query(ge=1, le=1000, description="Most lines.")] = 100,
) -> Judgements:
    """The ledger, the latest line first. Lines are only ever added: an undo is a line too."""
    return judgements(asked, limit=limit, party=party)


@router.get("/queue", summary="Which pairs wait for a person's word?")
def read_queue(
    asked: InAsked,
    who: InSigned,
    limit: Annotated[int, Query(ge=1, le=200, description="Most pairs.")] = 20,
    blind: Annotated[bool, Query(description="Pairs somebody else judged, without telling what they said.")] = False,
) -> Queue:
    """Possible matches, those first by which most would change: a listing, a score, records; then the nearest to joining."""
    return queue(asked, reviewer=who.by, limit=limit, blind=blind)


@router.get("/conflicts", summary="Which verdicts contradict each other, or an identifier?")
def read_conflicts(asked: InAsked) -> Conflicts:
    """With who and when. Until one is settled, the records are kept apart."""
    return all_conflicts(asked)


@router.get("/chains", summary="Which parties are largest, and which pairs hold them together?")
def read_chains(asked: InAsked, limit: Annotated[int, Query(ge=1, le=1000, description="Most parties.")] = 10) -> Chains:
    """Those to look at first: far larger than others, or held together by one weak pair."""
    return largest_parties(asked, limit=limit)


@router.post("", summary="Are these two the same party?")
def create_judgement(
    given: VerdictToGive,
    asked: InAsked,
    request: Request,
    dry_run: Annotated[bool, Query(description="Only say what it would change; nothing is written.")] = False,
) -> Judged:
    """Writes a person's verdict on two records or parties, and says what it changes and whether it holds already."""
    who = signed(request, given.by)
    left, right = (record_name(one, request.app.state.house.settings) for one in (given.left, given.right))
    return judge(asked, left, right, given.verdict, reason=given.reason, signed=who, dry_run=dry_run)


@router.delete("/{line_id}", summary="Undo a verdict")
def delete_judgement(
    line_id: str,
    asked: InAsked,
    who: InSigned,
    reason: Annotated[str, Query(max_length=2000, description="Why it is taken back.")] = "",
) -> Undone:
    """Takes back one line, or all lines of one call, by further lines; nothing is removed from the ledger."""
    return undo(asked, line_id, reason=reason, signed=who)

"""What a request asks under, and what the app is built over."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from secrets import token_bytes
from typing import Annotated

from fastapi import Depends, Header, Query, Request

from api.context.access import reader_of
from api.context.change_marks import last_propagated
from api.context.collections import load_collections
from api.context.network_cache import NetworkCache
from api.context.request_context import RequestContext
from api.http.access import purpose_in, refuse_other_purpose
from api.schemas.days import Day
from api.settings import Settings
from api.wiring import today_of
from ontology.errors import NotForPartners
from ontology.rulebook import Rulebook
from ontology.rulebook_parts import Language
from store.port import Store


@dataclass(frozen=True)
class AppState:
    """What the app is built over.

    secret:         signs sessions and page tokens; the same in all workers of a server.
    ended_sessions: folder in which workers tell each other which sessions were ended; None for one process.
    """

    settings: Settings
    store: Store
    rulebook: Rulebook
    version: str
    networks: NetworkCache = field(default_factory=NetworkCache)
    secret: bytes = field(default_factory=lambda: token_bytes(32), repr=False)
    ended_sessions: Path | None = None


def language_of(accepted: str) -> Language:
    """`zh` where Chinese is wanted before English, else `en`.

    >>> language_of("zh-CN,zh;q=0.9,en;q=0.8"), language_of("de, en;q=0.7"), language_of("")
    ('zh', 'en', 'en')
    """
    by_quality = sorted(accepted.split(","), key=_quality, reverse=True)
    primary = [part.split(";")[0].strip().lower()[:2] for part in by_quality]
    return "zh" if next((lang for lang in primary if lang in ("en", "zh")), "en") == "zh" else "en"


def _quality(part: str) -> float:
    try:
        return float(part.split(";q=")[1]) if ";q=" in part else 1.0
    except ValueError:
        return 0.0


def context(
    request: Request,
    as_of: Annotated[Day | None, Query(description="The day to answer for; left out: that of the last run, else today.")] = None,
    accept_language: Annotated[str, Header(description="en or zh, for sentences.")] = "en",
) -> RequestContext:
    """The circumstances of this request."""
    state: AppState = request.app.state.kith
    day = as_of or last_propagated(state.store) or today_of(state.settings)
    language, live, today = language_of(accept_language), request.app.state.live, today_of(state.settings)
    collections = load_collections(state.settings.collections)
    return RequestContext(
        state.store,
        state.rulebook,
        day,
        language,
        state.networks,
        live,
        today=today,
        caller=request.state.caller,
        collections=collections,
    )


InContext = Annotated[RequestContext, Depends(context)]


CONSENT_NOTE = "A person's score is shown only to whom, and for what, the person agreed."


def reader_context(
    request: Request,
    context: InContext,
    partner: Annotated[str | None, Query(min_length=1, max_length=200, description=f"Who looks. {CONSENT_NOTE}")] = None,
    purpose: Annotated[str | None, Query(min_length=1, max_length=200, description="What for.")] = None,
) -> RequestContext:
    """The circumstances of this request, with its reader: a partner with a key of its own reads under its own name.

    The purpose may stand in the header Kith-Purpose, too. Raises WrongCall where only one of the two is named, NotForPartners
    where a partner names another, PurposeDiffers where its key is for another purpose.
    """
    own_name, stated_purpose = context.partner, purpose or purpose_in(request.headers)
    if context.caller:
        refuse_other_purpose(context.caller, stated_purpose)
    if own_name and partner not in (None, own_name):
        raise NotForPartners(partner=own_name, asked_as=partner, remedy="Leave partner out, or name yourself.")
    reader = reader_of(partner or (own_name if stated_purpose else None), stated_purpose if partner or own_name else purpose)
    if reader is not None:
        request.state.read_for, request.state.read_purpose = reader.partner, reader.purpose
    return replace(context, reader=reader)


InReaderContext = Annotated[RequestContext, Depends(reader_context)]

"""What a request asks under: the store, the rulebook, the day and the language."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Header, Query, Request

from api.settings import Settings
from api.wiring import today_of

if TYPE_CHECKING:
    from ontology.rulebook import Rulebook
    from store.port import Store


@dataclass(frozen=True)
class House:
    """What the app is built over."""

    settings: Settings
    store: "Store"
    rulebook: "Rulebook"
    version: str


@dataclass(frozen=True)
class Asked:
    """One question's circumstances; also made by the command line."""

    store: "Store"
    rulebook: "Rulebook"
    as_of: date
    lang: str


def language_of(accepted: str) -> str:
    """`zh` where Chinese is wanted before English, else `en`."""
    wanted = [part.split(";")[0].strip().lower()[:2] for part in sorted(accepted.split(","), key=_quality, reverse=True)]
    return next((lang for lang in wanted if lang in ("en", "zh")), "en")


def _quality(part: str) -> float:
    try:
        return float(part.split(";q=")[1]) if ";q=" in part else 1.0
    except ValueError:
        return 0.0


def asked(
    request: Request,
    as_of: Annotated[date | None, Query(description="The day to answer for; left out: today (UTC).")] = None,
    accept_language: Annotated[str, Header(description="en or zh, for sentences.")] = "en",
) -> Asked:
    """The circumstances of this request."""
    house: House = request.app.state.house
    return Asked(house.store, house.rulebook, as_of or today_of(house.settings), language_of(accept_language))


InAsked = Annotated[Asked, Depends(asked)]

"""Find a party."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from api.context.freshness import with_freshness
from api.context.pages import PageRequest
from api.http.dependencies import InContext
from api.http.pages import asks_page
from api.parties.contact_search import SearchTerms, find_parties
from api.schemas.parties import Search
from ontology.base import ImmutableModel, PartyKind

router = APIRouter(tags=["search"])
InSearchPage = Annotated[PageRequest, asks_page(default=20, most=100)]
KINDS = Annotated[list[PartyKind] | None, Query(description="Only these kinds.")]


class PhoneToFind(ImmutableModel):
    """A phone number: in a body, for an address is kept in histories and logs."""

    phone: str = Field(min_length=1, max_length=60, description="The number, best with its area code.", examples=["021-63392288"])


@router.get("/search", summary="Which parties answer to this name, code or address?")
def read_search(
    context: InContext,
    page: InSearchPage,
    *,
    q: Annotated[str | None, Query(min_length=1, max_length=300, description="A name in any script, or a public code.")] = None,
    code: Annotated[
        str | None,
        Query(min_length=1, max_length=100, description="A public code and nothing else.", examples=["91310000MA1K000011"]),
    ] = None,
    address: Annotated[
        str | None,
        Query(min_length=1, max_length=500, description="An address with its house number.", examples=["18 Quay Road, Shanghai"]),
    ] = None,
    kind: KINDS = None,
) -> Search:
    """One of `q`, `code` and `address`. Best first, each with the reason it was found. Numbers of persons find nothing."""
    terms = SearchTerms(name=q, code=code, address=address)
    return with_freshness(context, find_parties(context, terms, page, kinds=kind or ()))


@router.post("/search/phone", summary="Which parties have this phone?")
def find_phone(phone: PhoneToFind, context: InContext, page: InSearchPage, kind: KINDS = None) -> Search:
    """For callers who may see records: the phone of a person is personal. Persons that are shown go into the readers' log."""
    return with_freshness(context, find_parties(context, SearchTerms(phone=phone.phone), page, kinds=kind or ()))

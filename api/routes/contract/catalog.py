"""Which data sets there are, and the call that other servers of the contract renew their index with."""

import hashlib
import hmac
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from api.contract.catalog import catalog, catalog_state
from api.http.contract_routes import REFUSALS, ContractRoute
from api.http.dependencies import InContext
from api.schemas.contract_catalog import Catalog
from api.schemas.contract_entities import Status
from ontology.errors import TokenWrong

router = APIRouter(tags=["screening contract"], route_class=ContractRoute, responses=REFUSALS)


@router.get("/catalog", summary="Which data sets are there?", responses={304: {"description": "As it was."}})
def read_catalog(context: InContext, request: Request, response: Response) -> Catalog:
    """Sources by name, named collections, and `default`, which is all of them."""
    tag = f'"{hashlib.sha256(repr(catalog_state(context)).encode()).hexdigest()[:32]}"'
    response.headers["etag"] = tag
    response.headers["cache-control"] = "no-cache"
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=dict(response.headers))  # type: ignore[return-value]
    return catalog(context)


@router.post("/updatez", summary="Renew the index: here there is none to renew")
def update(
    request: Request,
    token: Annotated[str, Query(description="The operator's KITH_UPDATE_TOKEN.", examples=["a-token-of-many-letters"])] = "",
    sync: Annotated[bool, Query(description="Whether to wait; it is done at once either way.", examples=[False])] = False,
) -> Status:
    """Answers come from the store itself, as of its last run: nothing is fetched or computed by this call.

    It says whether the token is right, for programs that call it after a load. `kith update` fetches, `kith run` computes.
    """
    expected = request.app.state.kith.settings.update_token
    if expected is None or not hmac.compare_digest(token.encode(), expected.get_secret_value().encode()):
        raise TokenWrong(remedy="Set KITH_UPDATE_TOKEN, and send it as `token`.")
    return Status()

"""The class of the screening contract's routes: their errors have the form that its clients know, not that of our own routes."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute

from api.errors import codes_of, without_personal_ids
from api.schemas.contract_entities import ContractProblem
from ontology.errors import ContractInvalid, KithError, TooManyAtOnce

UNPROCESSABLE = 422
RETRY_AFTER_S = "5"
REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {"model": ContractProblem, "description": description}
    for status, description in (
        (400, "The query cannot be answered."),
        (403, "Not for this caller."),
        (404, "No such entity, property or data set."),
        (503, "Not now."),
    )
}
"""For `APIRouter(responses=…)`."""
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class ContractRoute(APIRoute):
    """A route whose errors are `{"detail"}`, with `errors` beside it for a query that cannot be answered.

    A parameter out of range is told as FastAPI does, without the value: it may be a number of a person.
    """

    def get_route_handler(self) -> Handler:
        """The handler, with errors of ours and of validation caught."""
        handle = super().get_route_handler()

        async def handle_in_contract(request: Request) -> Response:
            try:
                return await handle(request)
            except RequestValidationError as error:
                return JSONResponse({"detail": [_without_input(trouble) for trouble in error.errors()]}, UNPROCESSABLE)
            except KithError as error:
                return contract_error(error)

        return handle_in_contract


def contract_error(error: KithError) -> JSONResponse:
    """An error of ours in the form of the contract."""
    detail = error.detail if isinstance(error, ContractInvalid) else str(error)
    body: dict[str, object] = {"detail": without_personal_ids(detail)}
    status = codes_of(error).status
    if isinstance(error, ContractInvalid):
        body["errors"] = [without_personal_ids(text) for text in error.errors]
    elif error.remedy:
        body["remedy"] = without_personal_ids(error.remedy)
    return JSONResponse(body, status, {"retry-after": RETRY_AFTER_S} if isinstance(error, TooManyAtOnce) else None)


def _without_input(error: dict[str, Any]) -> dict[str, Any]:
    return {"type": error["type"], "loc": [*error["loc"]], "msg": error["msg"]}

"""Which present party an id of the contract stands for."""

from typing import Annotated

from fastapi import Depends, Path

from api.contract.referents import present_party
from api.http.dependencies import InContext
from api.routes.parties import PartyMoved

EntityId = Annotated[
    str,
    Path(
        min_length=1,
        max_length=1000,
        description="Id of a party, now or before a merge, or of a record.",
        examples=["K-7MZQ4T0WXA"],
    ),
]


def present(entity_id: EntityId, context: InContext) -> str:
    """The id, where it is that of a present party. Raises EntityUnknown, PartyMoved."""
    surviving = present_party(context, entity_id)
    if surviving != entity_id:
        raise PartyMoved(surviving)
    return surviving


Present = Annotated[str, Depends(present)]

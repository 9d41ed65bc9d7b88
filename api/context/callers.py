"""Who asks: the caller of the current request, and the parties its answer shows."""

from collections.abc import Iterable
from contextvars import ContextVar

from ontology.api_key import Role
from ontology.base import ImmutableModel

CALLER: ContextVar[str | None] = ContextVar("CALLER", default=None)
"""A key's id, else the address a request came from; threads of the request see it too. None outside of requests."""
READ_PARTIES: ContextVar[set[str] | None] = ContextVar("READ_PARTIES", default=None)
"""Ids of parties that the answer at work shows; threads of the request share it. None where nobody keeps them."""
ROLES_THAT_SEE_BIRTHS = (Role.INVESTIGATOR, Role.REVIEWER, Role.OPERATOR, Role.SUBJECT)
ROLES_THAT_SEE_RECORDS = (Role.INVESTIGATOR, Role.REVIEWER, Role.OPERATOR, Role.AUDITOR)


class Caller(ImmutableModel):
    """Who asks, as a key, a session or a token says.

    key_id:    id of the key; `operator` for KITH_API_KEY, `local` for this machine without a key, `oidc:…` for who signed in.
    name:      who signs what this caller writes; None where the caller says it.
    partner:   the partner it reads for, and `purpose` the one purpose.
    record_id: a record of the person whose own key it is.
    groups, datasets: what it is confined to; empty for all.
    """

    key_id: str
    role: Role
    name: str | None = None
    partner: str | None = None
    purpose: str | None = None
    record_id: str | None = None
    groups: tuple[str, ...] = ()
    datasets: tuple[str, ...] = ()
    requests_per_minute: int | None = None

    @property
    def sees_records(self) -> bool:
        """Whether ids of source records are shown, and lead to their parties."""
        return self.role in ROLES_THAT_SEE_RECORDS

    @property
    def sees_births(self) -> bool:
        """Whether a person's day of birth is shown, not the year alone."""
        return self.role in ROLES_THAT_SEE_BIRTHS


LOCAL = Caller(key_id="local", role=Role.OPERATOR)
"""Whoever sits at this machine, where no key is asked for."""
OPERATOR = Caller(key_id="operator", role=Role.OPERATOR)
"""Whoever shows KITH_API_KEY."""


def note_reads(entity_ids: Iterable[str]) -> None:
    """Note that the answer at work shows these parties; the persons among them go into the readers' log."""
    if (read_parties := READ_PARTIES.get()) is not None:
        read_parties.update(entity_ids)

"""The state of a watched party: what is watched of it, small enough to be kept with each entry and compared with the next one."""

from api.schemas.watching import WatchedListing
from ontology.base import Identity, ImmutableModel, PartyKind
from ontology.score import Standing


class WatchedTie(ImmutableModel):
    """Who owns, controls, directs or represents the party. `mark`: the greatest threshold that the stake reaches, 0 for none."""

    kind: str
    other_id: Identity
    mark: float = 0.0


class PartyState(ImmutableModel):
    """What is watched of one party on a day; no personal numbers. `entity_id` is None where the party is no more.

    scored:  whether a run has scored the party; before that standing and band say nothing.
    exposed: whether listings of others bear on the score.
    lineage: what was joined into the party and parted from it, `kind|other id|time`.
    """

    entity_id: Identity | None = None
    kind: PartyKind | None = None
    name: str = ""
    name_other: str | None = None
    registration: str | None = None
    scored: bool = False
    standing: Standing | None = None
    band: str | None = None
    score_state: str | None = None
    exposed: bool = False
    listings: tuple[WatchedListing, ...] = ()
    restrictions: tuple[str, ...] = ()
    ties: tuple[WatchedTie, ...] = ()
    lineage: tuple[str, ...] = ()

    @property
    def document(self) -> str:
        """Canonical JSON: equal states have equal texts."""
        return self.model_dump_json(exclude_defaults=True)


NOBODY_YET = PartyState()
"""The state of a row that means no party yet, and of a party that is no more."""

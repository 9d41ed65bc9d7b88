"""The shapes of everything at once: parties, ties and scores, page by page or line by line."""

from datetime import date

from pydantic import Field

from api.schemas.freshness import NONE_WHERE_FRESH, Freshness
from api.schemas.pages import Next
from ontology.base import Identity, ImmutableModel, PartyKind
from ontology.score import Standing


class ExportedParty(ImmutableModel):
    """A party and the records it was put together from."""

    id: Identity = Field(description="Id of the party.")
    kind: PartyKind = Field(description="Whether it is a firm, a person or an agency.")
    name: str = Field(description="Its name.")
    name_other: str | None = Field(None, description="Its name in another script, as a source wrote it.")
    place: str | None = Field(None, description="Its place, as a source wrote it.")
    record_ids: tuple[str, ...] = Field(description="Ids of its records, sorted.")


class ExportedParties(ImmutableModel):
    """Parties by id."""

    entities: tuple[ExportedParty, ...] = Field(description="The parties of this page.")
    next: Next = None
    freshness: Freshness | None = Field(None, description=NONE_WHERE_FRESH)


class ExportedTie(ImmutableModel):
    """A tie between two parties, or of a party to a shared value, as the last run found it."""

    id: Identity = Field(description="Id of the tie.", examples=["T-1a2b3c4d5e"])
    kind: str = Field(description="Kind of tie, as the rulebook names it.", examples=["OWNS"])
    source_id: Identity = Field(description="Id of the party it begins at.")
    target_id: Identity = Field(description="Id of the party or shared value it ends at.")
    share: float | None = Field(None, description="Votes held, 0..1; only for ties that have a share.")
    amount: float | None = Field(None, description="Amount in `currency`; only for ties that have one.")
    currency: str | None = Field(None, description="Currency by its ISO 4217 code.")
    role: str | None = Field(None, description="The post or the stake, in the source's own words.", examples=["持股40%"])
    began_on: date | None = Field(None, description="First day it holds; null where no source tells it.")
    ended_on: date | None = Field(None, description="First day it no longer holds; null while it holds.")
    link_ids: tuple[str, ...] = Field(description="Statements behind it.")


class ExportedTies(ImmutableModel):
    """Ties by the party that they begin at: a page holds all ties of its parties."""

    as_of: date | None = Field(description="The day of the last run; null before the first.")
    ties: tuple[ExportedTie, ...] = Field(description="The ties, by id.")
    next: Next = None
    freshness: Freshness | None = Field(None, description=NONE_WHERE_FRESH)


class ExportedScore(ImmutableModel):
    """The score of a firm or an agency, as the last run computed it."""

    entity_id: Identity = Field(description="Id of the party.")
    kind: PartyKind = Field(description="Whether it is a firm or an agency.")
    as_of: date = Field(description="The day of the run.")
    rulebook: str = Field(description="Id and version of the rulebook.")
    standing: Standing = Field(description="Its standing by law and record.")
    value: int | None = Field(None, description="The score in points, 350..950; null where there is a state instead.")
    state: str | None = Field(None, description="Why there is no score, as an id of the rulebook.")
    band: str | None = Field(None, description="Band of the score, as an id of the rulebook.")


class ExportedScores(ImmutableModel):
    """Scores by party; never of persons."""

    scores: tuple[ExportedScore, ...] = Field(description="The scores of this page.")
    next: Next = None
    freshness: Freshness | None = Field(None, description=NONE_WHERE_FRESH)

"""The steward's list: which names were accepted, or refused, as one another's; by whom, when, and seen in how many parties."""

from datetime import datetime
from enum import StrEnum

from pydantic import Field

from ontology.base import ImmutableModel, PartyKind
from ontology.limits import refuse_unstorable
from resolution.comparisons.model_choice import Aliases
from resolution.records.sides import COMPARED_KINDS
from store.changes import Change, note_change
from store.port import Store

KEY = "model.aliases"


class Ruling(StrEnum):
    """A person's word on two names."""

    ACCEPTED = "accepted"
    REFUSED = "refused"


class Alias(ImmutableModel):
    """Two names and what a person said of them."""

    kind: PartyKind = Field(description="Kind of party that bears the names.")
    left: str = Field(min_length=1, max_length=200, description="One name, as folded for comparison.")
    right: str = Field(min_length=1, max_length=200, description="The other name.")
    ruling: Ruling = Field(description="Whether the two count as names of one party.")
    by: str = Field(description="Who decided.")
    reason: str = Field("", description="Why, in the person's own words.")
    decided_at: datetime = Field(description="When it was decided, in UTC.")
    parties: int = Field(description="Parties that showed it when it was decided; 0 where none did.")


class AliasList(ImmutableModel):
    """All of them. version: one more with each word said; source: where proposals come from."""

    version: int = 0
    source: str = "records of one party under one exclusive identifier, counted over parties; decided by people"
    aliases: tuple[Alias, ...] = ()


def alias_list(store: Store) -> AliasList:
    """What was said so far."""
    rows = store.read("meta/get", key=KEY)
    return AliasList.model_validate_json(rows[0]["value"]) if rows else AliasList()


def record_ruling(store: Store, alias: Alias) -> AliasList:
    """Write down a person's word in place of the former one on the same names. The next resolve applies it."""
    refuse_unstorable(left=alias.left, right=alias.right, by=alias.by, reason=alias.reason)
    with store.transaction():
        before = alias_list(store)
        former_aliases = [
            former
            for former in before.aliases
            if (former.kind, former.left, former.right) != (alias.kind, alias.left, alias.right)
        ]
        aliases = sorted([*former_aliases, alias], key=lambda former: (former.kind, former.left, former.right))
        after = before.model_copy(update={"version": before.version + 1, "aliases": tuple(aliases)})
        store.write("meta/put", rows=[{"key": KEY, "value": after.model_dump_json()}])
        note_change(store, Change.NAMED)
    return after


def accepted_aliases(store: Store) -> dict[PartyKind, Aliases]:
    """What to compare with, by kind."""
    accepted = [alias for alias in alias_list(store).aliases if alias.ruling is Ruling.ACCEPTED]
    return {kind: tuple((alias.left, alias.right) for alias in accepted if alias.kind is kind) for kind in COMPARED_KINDS}

"""The steward's list of aliases: what the records propose, what was accepted or refused, and saying so."""

from pydantic import Field

from api.reviews.judging import Signed
from ontology.base import ImmutableModel, PartyKind
from ontology.errors import WrongCall
from ontology.personal_ids import mask
from resolution.aliases.alias_proposals import PARTIES_MIN, Proposal, propose_aliases
from resolution.aliases.steward_list import Alias, Ruling, alias_list, record_ruling
from resolution.records.text import fold
from store.port import Store


class AliasesTold(ImmutableModel):
    """The list, and what waits for a word."""

    version: int
    source: str
    aliases: tuple[Alias, ...] = Field(description="Accepted and refused.")
    proposals: tuple[Proposal, ...] = Field(description="Seen often enough, and nobody said a word; the most frequent first.")


class AliasSaid(ImmutableModel):
    """What was written down."""

    version: int
    alias: Alias


def aliases(store: Store, *, parties_min: int = PARTIES_MIN) -> AliasesTold:
    """The list, and the pairs seen in at least so many parties. Raises NothingToDo before the first resolve."""
    held = alias_list(store)
    known = {(one.kind, one.left, one.right) for one in held.aliases}
    open_ = [one for one in propose_aliases(store, parties_min=parties_min) if (one.kind, one.left, one.right) not in known]
    return AliasesTold(version=held.version, source=held.source, aliases=held.aliases, proposals=tuple(open_))


def rule_on_alias(
    store: Store, one: str, other: str, ruling: Ruling, *, reason: str, signed: Signed, kind: PartyKind | None = None
) -> AliasSaid:
    """Accept or refuse two names as one another's. The next resolve applies it.

    kind: needed only where the pair is neither proposed nor on the list, or is so for both kinds.
    Raises WrongCall where the two are equal or the kind cannot be told, NothingToDo before the first resolve.
    """
    left, right = sorted((fold(mask(one)), fold(mask(other))))
    if left == right or not left:
        raise WrongCall(left=left, right=right, reason="two different names are needed")
    parties = _seen(store, left, right)
    known = {kind} if kind else parties.keys() | {a.kind for a in alias_list(store).aliases if (a.left, a.right) == (left, right)}
    if len(known) != 1 or PartyKind.UNKNOWN in known:
        raise WrongCall(left=left, right=right, reason="no proposal, or one of both kinds", remedy="Add --kind firm or person.")
    own = known.pop()
    if own is PartyKind.PERSON and " " in left + right:
        raise WrongCall(left=left, right=right, reason="an alias of persons is one word each")
    said = Alias(
        kind=own,
        left=left,
        right=right,
        ruling=ruling,
        by=signed.by,
        reason=mask(reason.strip()),
        decided_at=signed.now,
        parties=parties.get(own, 0),
    )
    return AliasSaid(version=record_ruling(store, said).version, alias=said)


def _seen(store: Store, left: str, right: str) -> dict[PartyKind, int]:
    return {one.kind: one.parties for one in propose_aliases(store, parties_min=1) if (one.left, one.right) == (left, right)}

"""The steward's list of aliases: what the records propose, what was accepted or refused, and saying so."""

from pydantic import Field

from api.context.pages import WHOLE_LIST, PageRequest, Place, page_of
from api.reviews.judging import Signature
from api.schemas.pages import Next
from ontology.base import ImmutableModel, PartyKind
from ontology.errors import WrongCall
from ontology.personal_ids import mask
from resolution.aliases.alias_proposals import PARTIES_MIN, Proposal, propose_aliases
from resolution.aliases.steward_list import Alias, Ruling, alias_list, record_ruling
from resolution.records.text import fold
from store.port import Store


class AliasesTold(ImmutableModel):
    """The list, and what waits for a word."""

    version: int = Field(description="Number of rulings on the list so far.")
    source: str = Field(description="Where proposals come from.")
    aliases: tuple[Alias, ...] = Field(description="Accepted and refused.")
    proposals: tuple[Proposal, ...] = Field(description="Seen often enough, and nobody said a word; the most frequent first.")
    next: Next = None


class AliasSaid(ImmutableModel):
    """What was written down."""

    version: int = Field(description="Number of rulings on the list so far.")
    alias: Alias = Field(description="The ruling as it was written.")


def aliases(store: Store, page: PageRequest = WHOLE_LIST, *, parties_min: int = PARTIES_MIN) -> AliasesTold:
    """The list, and the pairs seen in at least so many parties. page: of the proposals.

    Raises NothingToDo before the first resolve, CursorInvalid.
    """
    kept_list = alias_list(store)
    decided = {(alias.kind, alias.left, alias.right) for alias in kept_list.aliases}
    undecided = [
        proposal
        for proposal in propose_aliases(store, parties_min=parties_min)
        if (proposal.kind, proposal.left, proposal.right) not in decided
    ]
    proposals = page_of(undecided, page, place=_place, question=f"aliases {parties_min}")
    return AliasesTold(
        version=kept_list.version,
        source=kept_list.source,
        aliases=kept_list.aliases,
        proposals=proposals.lines,
        next=proposals.next,
    )


def _place(proposal: Proposal) -> Place:
    return -proposal.parties, proposal.kind.value, proposal.left, proposal.right


def rule_on_alias(
    store: Store,
    first_name: str,
    second_name: str,
    ruling: Ruling,
    *,
    reason: str,
    signature: Signature,
    kind: PartyKind | None = None,
) -> AliasSaid:
    """Accept or refuse two names as one another's. The next resolve applies it.

    kind: needed only where the pair is neither proposed nor on the list, or is so for both kinds.
    Raises WrongCall where the two are equal or the kind cannot be told, NothingToDo before the first resolve.
    """
    left, right = sorted((fold(mask(first_name)), fold(mask(second_name))))
    if left == right or not left:
        raise WrongCall(left=left, right=right, reason="two different names are needed")
    party_counts = _party_counts(store, left, right)
    possible_kinds = (
        {kind}
        if kind
        else party_counts.keys()
        | {kept_alias.kind for kept_alias in alias_list(store).aliases if (kept_alias.left, kept_alias.right) == (left, right)}
    )
    if len(possible_kinds) != 1 or PartyKind.UNKNOWN in possible_kinds:
        raise WrongCall(left=left, right=right, reason="no proposal, or one of both kinds", remedy="Add --kind firm or person.")
    alias_kind = possible_kinds.pop()
    if alias_kind is PartyKind.PERSON and " " in left + right:
        raise WrongCall(left=left, right=right, reason="an alias of persons is one word each")
    alias = Alias(
        kind=alias_kind,
        left=left,
        right=right,
        ruling=ruling,
        by=signature.by,
        reason=mask(reason.strip()),
        decided_at=signature.now,
        parties=party_counts.get(alias_kind, 0),
    )
    return AliasSaid(version=record_ruling(store, alias).version, alias=alias)


def _party_counts(store: Store, left: str, right: str) -> dict[PartyKind, int]:
    return {
        proposal.kind: proposal.parties
        for proposal in propose_aliases(store, parties_min=1)
        if (proposal.left, proposal.right) == (left, right)
    }

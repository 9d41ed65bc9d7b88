"""Owners of a party: integrated stakes, beneficial owners, and stakes on which sources disagree."""

from collections.abc import Iterable
from datetime import date
from math import isnan

import numpy as np
from pydantic import Field

from graph.explanations.hops import Party, party
from graph.network.stakes import ALIKE
from graph.network.ties import STAKES_ABOVE_ONE
from graph.scores.scoring import Scoring
from graph.signals.integrated_stakes import Owner, Ownership
from graph.signals.ownership import SLACK
from ontology.base import Identity, ImmutableModel
from ontology.errors import EntityUnknown
from ontology.rulebook_parts import Language


class StakeClaim(ImmutableModel):
    """What one source tells of a direct stake, and the row that tells it. `share` 0..1, None where only that there is one."""

    dataset: Identity = Field(description="Data set that tells it.")
    share: float | None = Field(description="Share it tells, 0..1; null where it only tells that there is a stake.")
    row_id: Identity = Field(description="Source row that states it: `<file id>#<row>`.")
    began_on: str | None = Field(None, description="Day, month or year since when.")


class Shareholding(ImmutableModel):
    """A direct stake: the share that counts, and every source's own word. `differs`: they tell different shares."""

    owner: Party = Field(description="The owner.")
    share: float | None = Field(description="The share that counts, 0..1; null where no source tells it.")
    tie_id: Identity = Field(description="Id of the tie.")
    differs: bool = Field(description="Whether the sources tell different shares.")
    told: tuple[StakeClaim, ...] = Field(description="What each source tells.")


class ExplainedOwner(ImmutableModel):
    """A party behind the one asked about."""

    party: Party = Field(description="The owner.")
    stake: float = Field(description="Integrated stake 0..1, over chains and cycles.")
    direct: float | None = Field(None, description="Share held directly, 0..1.")
    ultimate: bool = Field(description="Nobody is known to own it.")
    controls: bool = Field(False, description="Told to control the party directly, whatever its stake.")
    beneficial: bool = Field(description="Ultimate, and at or above the rulebook's mark or in control.")
    by_source: dict[str, float] = Field(description="Integrated stake by what one source alone tells; 0 where it knows none.")
    differs: bool = Field(description="Sources that know owners of the party give it stakes that differ.")


class Owners(ImmutableModel):
    """Who stands behind a party on a day."""

    party: Party = Field(description="The party asked about.")
    as_of: date = Field(description="The day that is answered for.")
    owners: tuple[ExplainedOwner, ...] = Field(description="Everybody behind it, the greatest stake first.")
    holdings: tuple[Shareholding, ...] = Field(description="The direct stakes in it.")
    untold: float = Field(description="Part of the party that no ultimate owner is told for, 0..1.")
    no_ultimate_owner: tuple[Party, ...] = Field((), description="Firms above it that wholly own each other: nobody is behind.")
    above_one: bool = Field(
        False, description="Stakes told sum above one and are scaled to one; the 50 % rules take them as told."
    )


def owners(scoring: Scoring, entity_id: str, *, language: Language = "en") -> Owners:
    """Owners of one party. Raises EntityUnknown."""
    network = scoring.network
    place = network.parties.index.get(entity_id)
    if place is None:
        raise EntityUnknown(id=entity_id)
    ownership = Ownership(network)
    chain_owners, by_source = ownership.owners_of(place), _by_source(ownership, place)
    controllers = _controllers(scoring, place)
    behind = {owner.party: owner for owner in chain_owners.owners}
    behind |= {
        controller: Owner(controller, None, 0.0, not ownership.holdings(controller))
        for controller in controllers
        if controller not in behind
    }
    ultimate_sum = sum(owner.stake for owner in chain_owners.owners if owner.ultimate)
    ties = ownership.holdings(place)
    return Owners(
        party=party(network, place, language),
        as_of=network.as_of,
        owners=tuple(
            _owner(scoring, owner, by_source, controls=owner.party in controllers, language=language) for owner in behind.values()
        ),
        holdings=tuple(_holding(ownership, tie, language) for tie in ties),
        untold=max(0.0, 1.0 - ultimate_sum),
        no_ultimate_owner=tuple(party(network, closed, language) for closed in chain_owners.closed),
        above_one=any(STAKES_ABOVE_ONE in network.ties.flags.get(tie, ()) for tie in ties),
    )


def _owner(
    scoring: Scoring, owner: Owner, by_source: dict[str, dict[int, float]], *, controls: bool, language: Language
) -> ExplainedOwner:
    stakes = {source: of.get(owner.party, 0.0) for source, of in by_source.items()}
    enough = owner.stake >= scoring.network.rulebook.ownership.ultimate_owner_from - SLACK
    return ExplainedOwner(
        party=party(scoring.network, owner.party, language),
        stake=owner.stake,
        direct=owner.direct,
        ultimate=owner.ultimate,
        controls=controls,
        beneficial=owner.ultimate and (enough or controls),
        by_source=stakes,
        differs=_differ(stakes.values()),
    )


def _by_source(ownership: Ownership, place: int) -> dict[str, dict[int, float]]:
    """Integrated stakes by owner, one source at a time; a source that tells no stake in the party itself says nothing of it."""
    stakes_by_source = {}
    for dataset in ownership.datasets(place):
        owned = ownership.owners_of(place, dataset=dataset)
        if owned.owners:
            stakes_by_source[dataset] = {owner.party: owner.stake for owner in owned.owners}
    return stakes_by_source


def _controllers(scoring: Scoring, place: int) -> tuple[int, ...]:
    ties, network = scoring.network.ties, scoring.network
    kinds = [ties.kinds.index(kind) for kind in network.rulebook.ownership.control_kinds if kind in ties.kinds]
    around = network.ties_at(place)
    controlling = (ties.target[around] == place) & ties.carries[around] & np.isin(ties.kind[around], kinds)
    return tuple(dict.fromkeys(ties.source[around[controlling]].tolist()))


def _holding(ownership: Ownership, tie: int, language: Language) -> Shareholding:
    network, links = ownership.network, ownership.network.facts.links
    share = float(network.ties.share[tie])
    claims = tuple(
        StakeClaim(
            dataset=stake.dataset, share=stake.share, row_id=links["row_id"][stake.row], began_on=links["began_on"][stake.row]
        )
        for stake in ownership.stakes_by_source(tie)
    )
    return Shareholding(
        owner=party(network, int(network.ties.source[tie]), language),
        share=None if isnan(share) else share,
        tie_id=network.tie_id(tie),
        differs=_differ(claim.share for claim in claims),
        told=claims,
    )


def _differ(shares: Iterable[float | None]) -> bool:
    stated_shares = [share for share in shares if share is not None]
    return bool(stated_shares) and max(stated_shares) - min(stated_shares) > ALIKE

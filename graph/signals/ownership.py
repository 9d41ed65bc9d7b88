"""The 50 % rules: parties that are blocked by law because sanctioned owners hold enough of them."""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from graph.network.network import Network
from ontology.rulebook_parts import Profile

SLACK = 1e-9  # 0.1 + 0.2 + 0.2 must reach 0.5.


@dataclass(frozen=True)
class Holding:
    """A stake that counts towards a 50 % rule."""

    owner: int
    share: float


@dataclass(frozen=True)
class DeemedOwnership:
    """Parties one rule deems owned by listed ones (itself not listed), each with the holdings that prove it.

    `control` holds parties that a listed or deemed party controls without the stake: for review by a person.
    """

    profile: str
    owned: Mapping[int, tuple[Holding, ...]]
    control: Mapping[int, tuple[int, ...]]


def deem_owned(network: Network, name: str) -> DeemedOwnership:
    """Apply one rule of legal extension to the network: unscaled stakes in force, never through trade or persons' families."""
    profile = network.rulebook.profiles[name]
    listed = {
        party
        for party, statuses in network.listings.items()
        for status in statuses
        if status.active and _extends(status.rule, name)
    }
    stakes, ties = defaultdict(list), network.ties
    for tie in ties.of_kind("OWNS").tolist():
        if not np.isnan(ties.share[tie]):
            stakes[int(ties.source[tie])].append((int(ties.target[tie]), float(ties.share[tie])))
    owned = extend_ownership(listed, stakes, profile)
    controlled = _controlled(network, listed | owned.keys()) if listed else {}
    return DeemedOwnership(name, owned, {party: by for party, by in controlled.items() if party not in owned})


def extend_ownership(
    listed: Iterable[int], stakes: Mapping[int, list[tuple[int, float]]], profile: Profile
) -> dict[int, tuple[Holding, ...]]:
    """The least fixed point: a party is owned once the holdings of listed and owned parties in it reach the threshold.

    stakes: owner -> (owned, share 0..1). A blocked owner's whole holding counts; a stake below the threshold on the
    way up does not count (OFAC 50 percent rule, FAQ 398: no multiplying through). Ends on cycles: a party is added at most once.
    """
    listed = set(listed)
    blocked, waiting = set(listed), deque(sorted(listed))
    holdings: dict[int, list[Holding]] = defaultdict(list)
    while waiting:
        owner = waiting.popleft()
        for party, share in stakes.get(owner, ()):
            holdings[party].append(Holding(owner, share))
            if party not in blocked and _reaches(holdings[party], profile):
                blocked.add(party)
                waiting.append(party)
    return {
        party: tuple(sorted(holdings[party], key=lambda holding: (-holding.share, holding.owner)))
        for party in sorted(blocked - listed)
    }


def legal_profiles(network: Network) -> tuple[str, ...]:
    """Names of the rules of legal extension, in the rulebook's order."""
    return tuple(name for name, profile in network.rulebook.profiles.items() if profile.mode == "legal_extension")


def _reaches(holdings: list[Holding], profile: Profile) -> bool:
    threshold = profile.threshold or 1.0
    if profile.rule == "single_gt":
        return max(holding.share for holding in holdings) > threshold + SLACK
    return sum(holding.share for holding in holdings) >= threshold - SLACK


def _extends(rule: object, name: str) -> bool:
    return name in getattr(rule, "propagation", ())


def _controlled(network: Network, blocked: Iterable[int]) -> dict[int, tuple[int, ...]]:
    controllers: dict[int, set[int]] = defaultdict(set)
    blocked_parties, ties = set(blocked), network.ties
    for tie in ties.of_kind(*network.rulebook.ownership.control_kinds).tolist():
        if int(ties.source[tie]) in blocked_parties and int(ties.target[tie]) not in blocked_parties:
            controllers[int(ties.target[tie])].add(int(ties.source[tie]))
    return {party: tuple(sorted(by)) for party, by in sorted(controllers.items())}

"""Possible successions: a firm set up by the same people around the time another was listed. For review; carries no signal."""

import difflib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from graph.network.hubs import ADDRESS
from graph.network.network import Network
from graph.network.parties import FIRM, PERSON
from ontology.rulebook_terms import add_months

KIND = "MAY_SUCCEED"
NAME_ALIKE = 0.6  # Half the signs and a little more: 临海恒泰贸易 and 临海恒泰商贸 have 0.83, two firms of one town 0.4.


@dataclass(frozen=True)
class Succession:
    """`new` may be the successor of `old`: `persons` have roles in both, `signs` are what else the two firms share."""

    new: int
    old: int
    persons: tuple[int, ...]
    signs: tuple[str, ...]
    ties: tuple[int, ...]


def successions(network: Network) -> tuple[Succession, ...]:
    """Every possible succession after a firm with a listing in force, in the order of the new firm."""
    listed = sorted(party for party, statuses in network.listings.items() if any(status.binds for status in statuses))
    roles = _Roles(network)
    cases = [case for old in listed if network.parties.kind[old] == FIRM for case in _after(network, roles, old)]
    return tuple(sorted(cases, key=lambda case: (case.new, case.old)))


class _Roles:
    """Who stood in which firm, ended or not, and what each firm shares with few others."""

    def __init__(self, network: Network) -> None:
        self.firms: dict[int, dict[int, int]] = defaultdict(dict)
        self.persons: dict[int, dict[int, int]] = defaultdict(dict)
        self.values: dict[int, set[int]] = defaultdict(set)
        ties, kinds = network.ties, set(network.rulebook.legs.any)
        roles = np.array([kind in kinds for kind in ties.kinds], np.bool_)[ties.kind]
        places = np.flatnonzero(roles & (network.parties.kind[ties.source] == PERSON))
        for tie, person, firm in zip(places.tolist(), ties.source[places].tolist(), ties.target[places].tolist(), strict=True):
            self.firms[person][firm] = tie
            self.persons[firm][person] = tie
        for hub in range(len(network.hubs)):
            sharers = network.hubs.sharers(hub).tolist()
            if len(sharers) <= network.rulebook.possible_succession.sharers_max:
                for party in sharers:
                    self.values[party].add(hub)


def _after(network: Network, roles: _Roles, old: int) -> Iterator[Succession]:
    rule = network.rulebook.possible_succession
    near = {firm for person in roles.persons[old] for firm in roles.firms[person] if len(roles.firms[person]) <= rule.sharers_max}
    for new in sorted(near - {old}):
        persons = tuple(sorted(roles.persons[new].keys() & roles.persons[old].keys()))
        signs = tuple(_signs(network, roles, new, old))
        one_node = network.nodes[new] == network.nodes[old]
        if (
            not one_node
            and _timely(network, new, old)
            and len(persons) >= rule.persons_in_common_min
            and len(signs) >= rule.signs_min
        ):
            ties = tuple(sorted({roles.persons[firm][person] for firm in (new, old) for person in persons}))
            yield Succession(new, old, persons, signs, ties)


def _timely(network: Network, new: int, old: int) -> bool:
    """Whether the new firm was founded shortly before or after the old one was listed."""
    rule, founded = network.rulebook.possible_succession, int(network.parties.founded[new])
    if not founded or founded <= int(network.parties.founded[old]):
        return False
    day = date.fromordinal(founded)
    days = [status.listing.listed_on for status in network.listings[old] if status.binds and status.listing.listed_on]
    return any(
        add_months(listed_on, -rule.founded_before_months) <= day <= add_months(listed_on, rule.founded_within_months)
        for listed_on in days
    )


def _signs(network: Network, roles: _Roles, new: int, old: int) -> Iterator[str]:
    shared = {network.hubs.kind[hub] for hub in roles.values[new] & roles.values[old]}
    if ADDRESS in shared:
        yield "address"
    if shared - {ADDRESS}:
        yield "contact"
    if industry(network, new) is not None and industry(network, new) == industry(network, old):
        yield "industry"
    if difflib.SequenceMatcher(None, network.parties.names[new], network.parties.names[old]).ratio() >= NAME_ALIKE:
        yield "name"


def industry(network: Network, party: int) -> str | None:
    """The industry of a party, None where no source states it."""
    attributes = network.parties.documents[party].get("attributes") or {}
    industry_name = attributes.get("industry")
    return industry_name.strip().casefold() or None if isinstance(industry_name, str) else None

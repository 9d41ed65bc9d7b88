"""The network on a day: parties, ties, shared values, listings, recognitions and experiences, ready for signals."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graph.network.co_controlled_pairs import Pairs, pairs_from
from graph.network.coefficients import coefficient, scaled_shares
from graph.network.experiences import Experiences, experiences_from
from graph.network.facts import Facts, read_facts
from graph.network.hubs import Hubs, hubs_from
from graph.network.indirect_stakes import subtract_chained_stakes
from graph.network.links import Real, Whole, links_from
from graph.network.listings import ListingStatus, RecognitionStatus, listings_from, recognitions_from
from graph.network.nodes import nodes_from
from graph.network.parties import Parties, parties_from
from graph.network.registrations import registrations_from
from graph.network.rulings import Ruling, in_same_ring, rulings_from
from graph.network.stakes import own_stock_from
from graph.network.ties import Ties, ties_from
from ontology.registration import Registration
from ontology.ring import RingVerdict
from ontology.rulebook import Rulebook
from store.port import Store

Grouped = tuple[NDArray[np.int64], NDArray[np.int64]]
"""`order` and `starts`: where the places of one key stand side by side."""


@dataclass(frozen=True)
class Network:
    """Parties, ties and statements on `as_of` under one rulebook. Immutable once built.

    released: experiences released about persons and sole traders: used only for a score that they agreed to.
    """

    rulebook: Rulebook
    as_of: date
    facts: Facts
    parties: Parties
    ties: Ties
    hubs: Hubs
    nodes: Whole
    listings: Mapping[int, tuple[ListingStatus, ...]]
    recognitions: Mapping[int, tuple[RecognitionStatus, ...]]
    experiences: Experiences
    released: Experiences

    def __len__(self) -> int:
        return len(self.parties)

    @cached_property
    def receives(self) -> NDArray[np.bool_]:
        """Per party whether a signal of risk may reach it: no one who is or may be a person, a branch through its head office."""
        receives: NDArray[np.bool_] = ~self.parties.personal & (self.nodes == np.arange(len(self)))
        return receives

    @cached_property
    def shares(self) -> Real:
        """Stakes for risk, one a tie."""
        return scaled_shares(self.ties, len(self))

    @cached_property
    def own_pairs(self) -> Pairs:
        """Firms with the same owner, controller or legal representative."""
        return self._pairs(self.rulebook.legs.own_control_or_represent)

    @cached_property
    def any_pairs(self) -> Pairs:
        """Firms with a person in common in any role that a leg may have."""
        return self._pairs(self.rulebook.legs.any)

    @cached_property
    def members(self) -> Mapping[int, tuple[int, ...]]:
        """The parties of every node that stands for more than one, in order."""
        branches = np.flatnonzero(self.nodes != np.arange(len(self)))
        parties_by_head: dict[int, list[int]] = defaultdict(list)
        for party, head in zip(branches.tolist(), self.nodes[branches].tolist(), strict=True):
            parties_by_head[head].append(party)
        return {head: tuple(sorted((head, *parties))) for head, parties in sorted(parties_by_head.items())}

    def parties_of(self, node: int) -> tuple[int, ...]:
        """The parties one node stands for."""
        return self.members.get(node, (node,))

    @cached_property
    def registrations(self) -> Mapping[int, Registration]:
        """Registrations that are no longer in order, by party."""
        return registrations_from(self.parties, as_of=self.as_of)

    @cached_property
    def statements(self) -> Mapping[str, Mapping[str, int]]:
        """Rows of the statements an explanation may rest on: row by statement id, by kind of statement."""
        columns_by_kind = {"listing": self.facts.listings, "recognition": self.facts.recognitions, "link": self.facts.links}
        return {kind: {id_: row for row, id_ in enumerate(columns["id"])} for kind, columns in columns_by_kind.items()}

    @cached_property
    def stating(self) -> Mapping[str, Mapping[str, int]]:
        """Parties of listings and recognitions: party by id of the statement, by kind of statement."""
        return {
            "listing": {status.listing.id: party for party, statuses in self.listings.items() for status in statuses},
            "recognition": {status.recognition.id: party for party, statuses in self.recognitions.items() for status in statuses},
        }

    @cached_property
    def rulings(self) -> dict[str, Ruling]:
        """The last ruling of a person on cases of circular trade, by the id that a case of these members has today."""
        ruling_by_case = {
            self.case_id(ruling.nodes): ruling for ruling in rulings_from(self.facts.rulings, self.parties, self.nodes)
        }
        return {case: ruling for case, ruling in ruling_by_case.items() if ruling.verdict is not RingVerdict.REOPENED}

    def within_confirmed_ring(self, left_nodes: NDArray[np.integer], right_nodes: NDArray[np.integer]) -> NDArray[np.bool_]:
        """Per row whether both nodes are members of one confirmed ring: trade between them does not count."""
        confirmed = (ruling.nodes for ruling in self.rulings.values() if ruling.verdict is RingVerdict.CONFIRMED)
        return in_same_ring(confirmed, left_nodes, right_nodes)

    def case_id(self, members: tuple[int, ...]) -> str:
        """Id of a case of circular trade: the same for the same members, whatever else changes."""
        member_ids = "|".join(sorted(self.parties.ids[member] for member in members))
        return f"R-{hashlib.blake2b(member_ids.encode(), digest_size=6).hexdigest()}"

    def reports_on(self, node: int) -> NDArray[np.int64]:
        """Places of the experiences with a node as subject, in their order."""
        order, starts = self.reports
        return order[starts[node] : starts[node + 1]]

    def tie_id(self, tie: int) -> str:
        """Id of one of its ties."""
        ids, ties = self.parties.ids, self.ties
        return tie_id(ties.kinds[ties.kind[tie]], ids[ties.source[tie]], ids[ties.target[tie]])

    def link_rows(self, tie: int) -> NDArray[np.int64]:
        """Rows of `network/links` behind a tie, the best source first."""
        return self.ties.links[self.ties.starts[tie] : self.ties.starts[tie + 1]]

    def ties_at(self, party: int) -> NDArray[np.int64]:
        """Places of the ties of a party, ended ones too: those that go out from it first, each in their order."""
        order, starts = self.ties_around
        return order[starts[party] : starts[party + 1]] % max(len(self.ties), 1)

    def hubs_at(self, party: int) -> NDArray[np.int64]:
        """Places of the shared values of a party, in their order."""
        order, starts = self.hubs_around
        return np.searchsorted(self.hubs.starts, order[starts[party] : starts[party + 1]], side="right") - 1

    @cached_property
    def listed(self) -> NDArray[np.int64]:
        """Parties with a listing in force of their own, in order."""
        listed = (party for party, statuses in self.listings.items() if any(status.active for status in statuses))
        return np.array(sorted(listed), np.int64)

    @cached_property
    def own_stock(self) -> Mapping[int, tuple[tuple[str, float], ...]]:
        """By party, what each source states in force of its stake in itself: dataset and share."""
        return own_stock_from(self.facts.links, self.parties, day=self.as_of.toordinal())

    @cached_property
    def ties_around(self) -> Grouped:
        """The ends of ties (source i is i, target i is i + number of ties) grouped by party."""
        return grouped(np.concatenate((self.ties.source, self.ties.target)), len(self))

    @cached_property
    def hubs_around(self) -> Grouped:
        """The members of shared values grouped by party."""
        return grouped(self.hubs.members, len(self))

    @cached_property
    def reports(self) -> Grouped:
        """Experiences grouped by the node they are about."""
        return grouped(self.nodes[self.experiences.subject], len(self))

    def _pairs(self, kinds: tuple[str, ...]) -> Pairs:
        legs = self.rulebook.legs
        return pairs_from(self.ties, self.parties, self.nodes, legs={kind: self._leg(kind) for kind in kinds}, n_max=legs.n_max)

    def _leg(self, kind: str) -> Real:
        """The greatest coefficient towards the target that a profile of legs gives to ties of a kind."""
        profiles = [self.rulebook.profiles[name] for name in self.rulebook.legs.coefficients_of]
        formulas = [tie.coefficient for profile in profiles for tie in profile.ties if tie.kind == kind and tie.to == "target"]
        values = [coefficient(formula, {"share": self.shares}, rows=len(self.ties)) for formula in formulas]
        return np.max(values, axis=0) if values else np.zeros(len(self.ties))


def grouped(keys: NDArray[np.integer], count: int) -> Grouped:
    """The places of equal keys 0..count - 1 side by side, in their order: `order[starts[key] : starts[key + 1]]`."""
    starts = np.concatenate(([0], np.cumsum(np.bincount(keys, minlength=count)))).astype(np.int64)
    return np.argsort(keys, kind="stable"), starts


def tie_id(kind: str, source_id: str, target_id: str) -> str:
    """Id of a tie: the same for the same kind and ends, whatever else changes."""
    return f"T-{hashlib.blake2b(f'{kind}|{source_id}|{target_id}'.encode(), digest_size=8).hexdigest()}"


def network_from(facts: Facts, *, rulebook: Rulebook, as_of: date) -> Network:
    """Build the network of these facts."""
    facts = replace(facts, links=subtract_chained_stakes(facts.links, as_of=as_of))
    parties = parties_from(facts.entities, sole_traders=rulebook.sole_traders)
    links = links_from(facts.links, parties, rulebook=rulebook, as_of=as_of)
    ties = ties_from(links, parties=len(parties), rulebook=rulebook, as_of=as_of)
    experiences, released = experiences_from(facts.experiences, parties, rulebook=rulebook, as_of=as_of)
    return Network(
        rulebook=rulebook,
        as_of=as_of,
        facts=facts,
        parties=parties,
        ties=ties,
        hubs=hubs_from(parties),
        nodes=nodes_from(ties, len(parties)),
        listings=listings_from(facts.listings, parties, rulebook=rulebook, as_of=as_of),
        recognitions=recognitions_from(facts.recognitions, parties, rulebook=rulebook, as_of=as_of),
        experiences=experiences,
        released=released,
    )


def load(store: Store, *, rulebook: Rulebook, as_of: date) -> Network:
    """The network of a store on a day."""
    return network_from(read_facts(store), rulebook=rulebook, as_of=as_of)

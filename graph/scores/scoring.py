"""The score of a party: its lines under the rulebook, or a state where there is no ground for one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from graph.network.coefficients import column
from graph.network.links import Real
from graph.network.network import Network
from graph.network.parties import PERSON, UNKNOWN
from graph.network.standings import Listed
from graph.scores.coverage import Covered, coverage
from graph.scores.lines import Line
from graph.scores.persons import Persons
from graph.scores.positives import Positives
from graph.scores.review_reasons import OWN_DEALINGS, Looks
from graph.scores.score_rounding import Settled, settle
from graph.signals.signals import Signals
from ontology.base import PartyKind
from ontology.consent import NOBODY, Permission
from ontology.rulebook_expressions import parse
from ontology.rulebook_parts import ListType
from ontology.rulebook_scoring import KIND_UNKNOWN, Ceiling, SignalPoints
from ontology.score import Area, LineKind, Standing
from ontology.signal import Contribution


@dataclass(frozen=True)
class Scored:
    """What the rules make of one party. `settled` is None where `state` says why there is no score."""

    party: int
    standing: Standing
    state: str | None
    settled: Settled | None
    listings: tuple[Line, ...]

    @property
    def value(self) -> int | None:
        """The score, 350..950, None where there is none."""
        return self.settled.value if self.settled else None


@dataclass(frozen=True)
class Scoring:
    """Scores over a network and its signals."""

    network: Network
    signals: Signals

    @cached_property
    def looks(self) -> Looks:
        """Why parties without a listing are put before a person."""
        return Looks(self.network, self.signals)

    @cached_property
    def positives(self) -> Positives:
        """Good lines."""
        return Positives(self.network, self.signals)

    @cached_property
    def persons(self) -> Persons:
        """Lines of persons and sole traders who agreed."""
        return Persons(self.network)

    @cached_property
    def covered(self) -> Covered:
        """Sources per node."""
        return coverage(self.network)

    @cached_property
    def owned(self) -> frozenset[int]:
        """Nodes that a 50 % rule deems owned by sanctioned parties: not scored until a person confirms it."""
        return frozenset(node for one in self.signals.deemed.values() for node in one.owned)

    def score(self, party: int, permission: Permission = NOBODY) -> Scored:
        """Score one party. Without a consent among what the reader may use, persons and sole traders get a state."""
        node = int(self.network.nodes[party])
        own = self.listings(party)
        state = self._state(party, node, permission)
        shown = permission.consent is not None or self.network.parties.kind[party] != PERSON
        lines = tuple(self._listing_lines(party, own)) if shown else ()
        settled = None if state else self.settled(party, own, self._lines(party, node, permission))
        return Scored(party, self._standing(party, node, own), state, settled, lines)

    def private(self, party: int) -> bool:
        """Whether it is a natural person, as a sole trader is one."""
        return bool(self.network.parties.kind[party] == PERSON or self.network.parties.sole_trader[party])

    def settled(self, party: int, own: Sequence[Listed], others: Sequence[Line]) -> Settled:
        """The score from these listings and these other lines: how a change is replayed."""
        lines = [*self._listing_lines(party, own), *others]
        return settle(lines, self._ceilings(party, own), self.network.rulebook)

    def ceiling(self, party: int, own: Sequence[Listed]) -> int | None:
        """The highest score while these listings of the party stand, None where they set no limit."""
        return min((one.max for one in self._ceilings(party, own)), default=None)

    def listings(self, party: int) -> tuple[Listed, ...]:
        """Listings in force of the legal person: those of its branches and head office are its own."""
        node = int(self.network.nodes[party])
        return tuple(
            one for member in self.network.parties_of(node) for one in self.network.listings.get(member, ()) if one.active
        )

    def lines(self, party: int, permission: Permission = NOBODY, *, without: frozenset[str] = frozenset()) -> list[Line]:
        """Every line but those of own listings, exposure split by listed party; listings in `without` are taken as never made."""
        node = int(self.network.nodes[party])
        if self.private(party):
            return self._lines(party, node, permission)
        return [*self.positives.lines(node), *self._signal_lines(node), *self._split_exposures(node, without)]

    def _lines(self, party: int, node: int, permission: Permission) -> list[Line]:
        if self.private(party):
            return self.persons.lines(node, permission.consent) if permission.consent else []
        return [*self.positives.lines(node), *self._signal_lines(node), *self._whole_exposures(node)]

    def _state(self, party: int, node: int, permission: Permission) -> str | None:
        if self.private(party):
            return self._private_state(party, node, permission)
        if self.network.parties.kind[party] == UNKNOWN:
            return KIND_UNKNOWN
        if node in self.owned:
            return "ownership_review"
        least = self.network.rulebook.score.min_coverage[self.network.parties.kind_of(party)]
        enough = self.covered.sources[node] >= least.independent_sources and self.covered.classes[node] >= least.source_classes
        return None if enough else "insufficient_data"

    def _private_state(self, party: int, node: int, permission: Permission) -> str | None:
        """Why a person or sole trader has no score: the law first, then the person's word, then what there is to go by."""
        if not self.network.rulebook.persons_scored:
            return "person_not_scored"
        if self.persons.minor(party):
            return "minor_not_scored"
        if permission.consent is None:
            return permission.state
        least = self.network.rulebook.score.min_coverage[PartyKind.PERSON]
        told = self.persons.sources(node, permission.consent)
        told |= {(one.listing.dataset, one.listing.source_class) for one in self._bearing(party, self.listings(party))}
        told = {(self.covered.copies.get(dataset, dataset), class_) for dataset, class_ in told}
        sources, classes = ({one[place] for one in told} for place in (0, 1))
        enough = len(sources) >= least.independent_sources and len(classes) >= least.source_classes
        return None if enough else "insufficient_data"

    def _standing(self, party: int, node: int, own: Sequence[Listed]) -> Standing:
        if own:
            return Standing.LISTED
        looks = set() if self.network.parties.personal[party] else {*self.looks.of.get(node, ())}
        if looks - OWN_DEALINGS:
            return Standing.BY_ASSOCIATION
        return Standing.LOOK if looks or party in self.network.registrations else Standing.NOTHING_FOUND

    def _listing_lines(self, party: int, own: Iterable[Listed]) -> Iterable[Line]:
        for one in own:
            if one.rule and (points := self._points(party, one.rule)):
                disputed = one.disputed(self.network.as_of)
                yield Line(LineKind.LISTING, one.rule.id, one.rule.reason, points, one.rule.area, (one.listing.id,), disputed)

    def _points(self, party: int, rule: ListType) -> int:
        """Points of a list: none of a natural person for social conduct, unless the operator signed the law that allows it."""
        forbidden = self.network.rulebook.natural_persons.social_behaviour_score.law_allows is None
        if rule.area is Area.SOCIAL and forbidden and (self.private(party) or self.network.parties.personal[party]):
            return 0
        return rule.points_for(self.network.parties.kind_of(party))

    def _bearing(self, party: int, own: Sequence[Listed]) -> list[Listed]:
        """Listings that may bear on a score: of a natural person only those with points, so that no ceiling stands for them."""
        return [one for one in own if one.rule and (self._points(party, one.rule) or not self.private(party))]

    def _ceilings(self, party: int, own: Sequence[Listed]) -> list[Ceiling]:
        bearing = self._bearing(party, own)
        return [one for one in self.network.rulebook.score.ceilings if any(_holds(one, listed) for listed in bearing)]

    def _signal_lines(self, node: int) -> Iterable[Line]:
        score = self.network.rulebook.score
        if trusted := float(self._trust_points[node]):
            yield Line(LineKind.TRUST, "trust", score.trust.reason, trusted, Area.COMMERCIAL)
        if reported := float(self._evidence_points[node]):
            rule_id = "evidence_good" if reported > 0 else "evidence_bad"
            yield Line(LineKind.EVIDENCE, rule_id, score.evidence.reason, reported, Area.COMMERCIAL)

    @cached_property
    def _trust_points(self) -> Real:
        """Points of trust per node; none where trust reaches no firm, and none for merely being a seed."""
        reference, t = self.signals.trust_reference, self.signals.trust.received
        told = {"t": t, "t_ref": np.full(len(t), reference)}
        return _signal_points(self.network.rulebook.score.trust, told, len(t)) if reference > 0 else np.zeros(len(t))

    @cached_property
    def _evidence_points(self) -> Real:
        e = self.signals.evidence.value
        return _signal_points(self.network.rulebook.score.evidence, {"e": e}, len(e))

    def _whole_exposures(self, node: int) -> Iterable[Line]:
        reason = self.network.rulebook.score.exposure.reason
        for name, points in self.looks.points.items():
            if points[node]:
                yield Line(LineKind.EXPOSURE, name, reason, float(points[node]))

    def _split_exposures(self, node: int, without: frozenset[str]) -> Iterable[Line]:
        """A line per profile and listed party: the profile's points shared by contribution."""
        for name, risk in self.signals.risks.items():
            if self.looks.points[name][node]:
                brought = [one for one in risk.contributions(node) if not without.issuperset(one.listing_ids)]
                yield from self._shared(name, brought)

    def _shared(self, name: str, brought: Sequence[Contribution]) -> Iterable[Line]:
        whole = sum(one.value for one in brought)
        exposure = self.network.rulebook.score.exposure
        quantities = {"cap_points": float(self.network.rulebook.profiles[name].cap_points), "exposure": whole}
        points = float(parse(exposure.expression).value(quantities)) if whole else 0.0
        for one in brought:
            facts: dict[str, object] = {"listed_id": one.listed_id, "exposure": whole, "value": one.value}
            area = self._area(one)
            yield Line(LineKind.EXPOSURE, name, exposure.reason, points * one.value / whole, area, one.listing_ids, facts=facts)

    def _area(self, brought: Contribution) -> Area | None:
        """The area of the listing the exposure stems from."""
        party = self.network.parties.index[brought.listed_id]
        told = (one for one in self.network.listings[party] if one.listing.id == brought.listing_ids[0])
        rule = next(told).rule
        return rule.area if rule else None


def _signal_points(rule: SignalPoints, told: dict[str, Real], rows: int) -> Real:
    return np.clip(column(rule.expression, told, rows=rows), rule.floor, rule.cap)


def _holds(ceiling: Ceiling, listed: Listed) -> bool:
    rule = listed.rule
    if rule is None:
        return False
    if ceiling.when == "sanctioned_or_confirmed_blocked":
        return "counterparty_block" in rule.restrictions
    return ceiling.when == f"active_severity_{rule.severity}"

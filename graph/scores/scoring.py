"""Computes the score of a party from its lines under the rulebook, or the state that says why there is none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graph.network.coefficients import column
from graph.network.links import Real
from graph.network.listings import ListingStatus
from graph.network.network import Network
from graph.network.parties import PERSON, UNKNOWN
from graph.scores.coverage import Coverage, count_sources
from graph.scores.persons import Persons
from graph.scores.positives import Positives
from graph.scores.ranking_order import RiskOrder, most_reliable, riskiest
from graph.scores.review_reasons import OWN_DEALINGS, ReviewReasons
from graph.scores.score_lines import Line
from graph.scores.score_rounding import RoundedScore, round_score
from graph.signals.signals import Signals
from ontology.base import PartyKind
from ontology.consent import NOBODY, Permission
from ontology.rulebook_expressions import parse
from ontology.rulebook_parts import ListType
from ontology.rulebook_scoring import KIND_UNKNOWN, Ceiling, SignalPoints
from ontology.score import Area, LineKind, Standing
from ontology.signal import Contribution


@dataclass(frozen=True)
class PartyScore:
    """Score of one party under the rulebook. `rounded` is None where `state` says why there is no score."""

    party: int
    standing: Standing
    state: str | None
    rounded: RoundedScore | None
    listings: tuple[Line, ...]

    @property
    def value(self) -> int | None:
        """The score, 350..950, None where there is none."""
        return self.rounded.value if self.rounded else None


@dataclass(frozen=True)
class Scoring:
    """Computes scores over a network and its signals."""

    network: Network
    signals: Signals

    @cached_property
    def review_reasons(self) -> ReviewReasons:
        """Reasons to put parties without a listing before a person."""
        return ReviewReasons(self.network, self.signals)

    @cached_property
    def positives(self) -> Positives:
        """The positive score lines."""
        return Positives(self.network, self.signals)

    @cached_property
    def persons(self) -> Persons:
        """The score lines of persons and sole traders who consented."""
        return Persons(self.network)

    @cached_property
    def coverage(self) -> Coverage:
        """Counts of sources per node."""
        return count_sources(self.network)

    @cached_property
    def deemed_owned(self) -> frozenset[int]:
        """Nodes that a 50 % rule deems owned by sanctioned parties: not scored until a person confirms it."""
        return frozenset(node for deemed in self.signals.deemed.values() for node in deemed.owned)

    @cached_property
    def riskiest(self) -> RiskOrder:
        """Whom to review first."""
        return riskiest(self)

    @cached_property
    def most_reliable(self) -> NDArray[np.int64]:
        """Who is reliable, the highest score first."""
        scores = (self.score(party) for party in np.flatnonzero(self.network.receives).tolist())
        return most_reliable(self, ((score.party, score.value, score.standing) for score in scores))

    def score(self, party: int, permission: Permission = NOBODY) -> PartyScore:
        """Score one party. A person or sole trader gets a state instead where `permission` holds no consent."""
        node = int(self.network.nodes[party])
        own_listings = self.listings(party)
        state = self._state(party, node, permission)
        listings_told = permission.consent is not None or self.network.parties.kind[party] != PERSON
        lines = tuple(self._listing_lines(party, own_listings)) if listings_told else ()
        rounded = None if state else self.score_from(party, own_listings, self._lines(party, node, permission))
        return PartyScore(party, self._standing(party, node, own_listings), state, rounded, lines)

    def private(self, party: int) -> bool:
        """Whether it is a natural person, as a sole trader is one."""
        return bool(self.network.parties.kind[party] == PERSON or self.network.parties.sole_trader[party])

    def score_from(self, party: int, own_listings: Sequence[ListingStatus], other_lines: Sequence[Line]) -> RoundedScore:
        """The score computed from the given listings and other lines; used for counterfactuals."""
        lines = [*self._listing_lines(party, own_listings), *other_lines]
        return round_score(lines, self._ceilings(party, own_listings), self.network.rulebook)

    def ceiling(self, party: int, own_listings: Sequence[ListingStatus]) -> int | None:
        """The highest score possible with these listings of the party, None where they set no limit."""
        return min((ceiling.max for ceiling in self._ceilings(party, own_listings)), default=None)

    def listings(self, party: int) -> tuple[ListingStatus, ...]:
        """Listings in force of the legal person: those of its branches and head office are its own."""
        node = int(self.network.nodes[party])
        return tuple(
            status
            for member in self.network.parties_of(node)
            for status in self.network.listings.get(member, ())
            if status.active
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
        if node in self.deemed_owned:
            return "ownership_review"
        least = self.network.rulebook.score.min_coverage[self.network.parties.kind_of(party)]
        enough = self.coverage.sources[node] >= least.independent_sources and self.coverage.classes[node] >= least.source_classes
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
        dataset_classes = self.persons.sources(node, permission.consent)
        dataset_classes |= {
            (status.listing.dataset, status.listing.source_class) for status in self._bearing(party, self.listings(party))
        }
        dataset_classes = {(self.coverage.copies.get(dataset, dataset), class_) for dataset, class_ in dataset_classes}
        sources, classes = ({dataset_class[place] for dataset_class in dataset_classes} for place in (0, 1))
        enough = len(sources) >= least.independent_sources and len(classes) >= least.source_classes
        return None if enough else "insufficient_data"

    def _standing(self, party: int, node: int, own_listings: Sequence[ListingStatus]) -> Standing:
        if own_listings:
            return Standing.LISTED
        reasons = set() if self.network.parties.personal[party] else {*self.review_reasons.by_node.get(node, ())}
        if reasons - OWN_DEALINGS:
            return Standing.BY_ASSOCIATION
        return Standing.LOOK if reasons or party in self.network.registrations else Standing.NOTHING_FOUND

    def _listing_lines(self, party: int, own_listings: Iterable[ListingStatus]) -> Iterable[Line]:
        for status in own_listings:
            if status.rule and (points := self._points(party, status.rule)):
                disputed = status.disputed(self.network.as_of)
                yield Line(
                    LineKind.LISTING, status.rule.id, status.rule.reason, points, status.rule.area, (status.listing.id,), disputed
                )

    def _points(self, party: int, rule: ListType) -> int:
        """Points of a list: none of a natural person for social conduct, unless the operator signed the law that allows it."""
        forbidden = self.network.rulebook.natural_persons.social_behaviour_score.law_allows is None
        if rule.area is Area.SOCIAL and forbidden and (self.private(party) or self.network.parties.personal[party]):
            return 0
        return rule.points_for(self.network.parties.kind_of(party))

    def _bearing(self, party: int, own_listings: Sequence[ListingStatus]) -> list[ListingStatus]:
        """Listings that may bear on a score: of a natural person only those with points, so that no ceiling stands for them."""
        return [
            status for status in own_listings if status.rule and (self._points(party, status.rule) or not self.private(party))
        ]

    def _ceilings(self, party: int, own_listings: Sequence[ListingStatus]) -> list[Ceiling]:
        bearing = self._bearing(party, own_listings)
        return [ceiling for ceiling in self.network.rulebook.score.ceilings if any(_holds(ceiling, status) for status in bearing)]

    def _signal_lines(self, node: int) -> Iterable[Line]:
        score = self.network.rulebook.score
        if trust_points := float(self.trust_points[node]):
            yield Line(LineKind.TRUST, "trust", score.trust.reason, trust_points, Area.COMMERCIAL)
        if evidence_points := float(self.evidence_points[node]):
            rule_id = "evidence_good" if evidence_points > 0 else "evidence_bad"
            yield Line(LineKind.EVIDENCE, rule_id, score.evidence.reason, evidence_points, Area.COMMERCIAL)

    @cached_property
    def trust_points(self) -> Real:
        """Points of trust per node; none where trust reaches no firm, and none for merely being a seed."""
        reference, t = self.signals.trust_reference, self.signals.trust.received
        quantities = {"t": t, "t_ref": np.full(len(t), reference)}
        return _signal_points(self.network.rulebook.score.trust, quantities, len(t)) if reference > 0 else np.zeros(len(t))

    @cached_property
    def evidence_points(self) -> Real:
        """Points of evidence per node."""
        e = self.signals.evidence.value
        return _signal_points(self.network.rulebook.score.evidence, {"e": e}, len(e))

    def _whole_exposures(self, node: int) -> Iterable[Line]:
        reason = self.network.rulebook.score.exposure.reason
        for name, points in self.review_reasons.points.items():
            if points[node]:
                yield Line(LineKind.EXPOSURE, name, reason, float(points[node]))

    def _split_exposures(self, node: int, without: frozenset[str]) -> Iterable[Line]:
        """A line per profile and listed party: the profile's points shared by contribution."""
        for name, risk in self.signals.risks.items():
            if self.review_reasons.points[name][node]:
                brought = [
                    contribution for contribution in risk.contributions(node) if not without.issuperset(contribution.listing_ids)
                ]
                yield from self._shared(name, brought)

    def _shared(self, name: str, contributions: Sequence[Contribution]) -> Iterable[Line]:
        whole = sum(contribution.value for contribution in contributions)
        exposure = self.network.rulebook.score.exposure
        quantities = {"cap_points": float(self.network.rulebook.profiles[name].cap_points), "exposure": whole}
        points = float(parse(exposure.expression).value(quantities)) if whole else 0.0
        for contribution in contributions:
            facts: dict[str, object] = {"listed_id": contribution.listed_id, "exposure": whole, "value": contribution.value}
            area = self._area(contribution)
            yield Line(
                LineKind.EXPOSURE,
                name,
                exposure.reason,
                points * contribution.value / whole,
                area,
                contribution.listing_ids,
                facts=facts,
            )

    def _area(self, contribution: Contribution) -> Area | None:
        """The area of the listing the exposure stems from."""
        party = self.network.parties.index[contribution.listed_id]
        statuses = (status for status in self.network.listings[party] if status.listing.id == contribution.listing_ids[0])
        rule = next(statuses).rule
        return rule.area if rule else None


def _signal_points(rule: SignalPoints, quantities: dict[str, Real], rows: int) -> Real:
    return np.clip(column(rule.expression, quantities, rows=rows), rule.floor, rule.cap)


def _holds(ceiling: Ceiling, status: ListingStatus) -> bool:
    rule = status.rule
    if rule is None:
        return False
    if ceiling.when == "sanctioned_or_confirmed_blocked":
        return "counterparty_block" in rule.restrictions
    return ceiling.when == f"active_severity_{rule.severity}"

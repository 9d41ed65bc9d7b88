"""Score lines of recognitions and counted good records, each with its half-life and its cap."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from graph.network.listings import ListingStatus, RecognitionStatus
from graph.network.network import Network
from graph.scores.dealings import DAYS_A_MONTH, Dealings, age_months, dealings, limited
from graph.scores.score_lines import Line
from graph.signals.signals import Signals
from ontology.rulebook_expressions import parse
from ontology.rulebook_parts import PositiveSignal
from ontology.rulebook_terms import add_months
from ontology.score import Area, LineKind

CLEAN_MONTHS = 60  # Five years: the name of the signal says it.
NO_DEALINGS = Dealings()


@dataclass(frozen=True)
class Positives:
    """Computes the positive score lines of the nodes of a network."""

    network: Network
    signals: Signals

    @cached_property
    def dealings(self) -> Mapping[int, Dealings]:
        """Counts by node."""
        return dealings(self.network, self.signals)

    @cached_property
    def court_covers(self) -> bool:
        """Whether any court's list was loaded: without one, an absent listing is no evidence."""
        courts = {rule.id for rule in self.network.rulebook.list_types if rule.area is Area.JUDICIAL}
        return any(list_type in courts for list_type in self.network.facts.listings["list_type"])

    def lines(self, node: int) -> list[Line]:
        """Every positive line of a node; of a group of exclusive signals only the best one."""
        kind = self.network.parties.kind_of(node)
        best: dict[str, Line] = {}
        statuses = [status for party in self.network.parties_of(node) for status in self.network.recognitions.get(party, ())]
        for rule in self.network.rulebook.positive_signals if statuses else self._counted:
            line = self._line(rule, node, statuses) if kind in rule.applies_to else None
            group = rule.exclusive_group or rule.id
            if line and (group not in best or line.points > best[group].points):
                best[group] = line
        return [line for line in best.values() if line.points]

    @cached_property
    def _counted(self) -> list[PositiveSignal]:
        """The rules that need no recognition."""
        return [rule for rule in self.network.rulebook.positive_signals if rule.id in COUNTED]

    def _line(self, rule: PositiveSignal, node: int, statuses: list[RecognitionStatus]) -> Line | None:
        if rule.id in COUNTED:
            return COUNTED[rule.id](self, rule, node)
        matching = [status for status in statuses if _counts_for(status, rule)]
        if rule.points_per_unit is not None:
            return self._units(rule, matching, [])
        return self._recognition_line(rule, matching[0]) if matching and rule.points is not None else None

    def _recognition_line(self, rule: PositiveSignal, status: RecognitionStatus) -> Line:
        day = status.recognition.given_on.toordinal()
        return _capped(rule, (rule.points or 0) * self._share_left(rule, day), (status.recognition.id,), day=day)

    def _units(self, rule: PositiveSignal, statuses: list[RecognitionStatus], days: list[int]) -> Line | None:
        """So many points a unit, each unit with its own age."""
        days = [*(status.recognition.given_on.toordinal() for status in statuses), *days]
        points = sum((rule.points_per_unit or 0) * self._share_left(rule, day) for day in days)
        return _capped(rule, points, tuple(status.recognition.id for status in statuses), count=len(days)) if days else None

    def _share_left(self, rule: PositiveSignal, day: int) -> float:
        """Part of the points that is left at that age."""
        half_life = self.network.rulebook.score.positive_half_life_months
        return 0.5 ** (age_months(self.network, day) / half_life) if rule.decay else 1.0

    def _contracts(self, rule: PositiveSignal, node: int) -> Line | None:
        return self._units(rule, [], limited(self._dealings_of(node).contracts, rule.counterparty_max_share))

    def _public_contracts(self, rule: PositiveSignal, node: int) -> Line | None:
        statuses = [
            status
            for party in self.network.parties_of(node)
            for status in self.network.recognitions.get(party, ())
            if _counts_for(status, rule)
        ]
        return self._units(rule, statuses, [day for _, day in self._dealings_of(node).public_contracts])

    def _endorsed(self, rule: PositiveSignal, node: int) -> Line | None:
        return self._units(rule, [], list(self._dealings_of(node).endorsers.values()))

    def _on_time(self, rule: PositiveSignal, node: int) -> Line | None:
        counts = self._dealings_of(node)
        if counts.invoices < (rule.count_min or 1) or counts.payees < (rule.counterparties_min or 1):
            return None
        points = _value(rule, on_time_rate=counts.on_time / counts.invoices) * self._share_left(rule, counts.invoices_newest)
        return _capped(rule, points, (), on_time=counts.on_time, count=counts.invoices, payees=counts.payees)

    def _few_disputes(self, rule: PositiveSignal, node: int) -> Line | None:
        counts = self._dealings_of(node)
        if counts.orders < (rule.count_min or 1):
            return None
        points = _value(rule, dispute_rate=counts.disputes / counts.orders) * self._share_left(rule, counts.orders_newest)
        return _capped(rule, points, (), count=counts.orders, disputes=counts.disputes)

    def _years(self, rule: PositiveSignal, node: int) -> Line | None:
        founded, last = int(self.network.parties.founded[node]), self._last_day(node)
        if not 0 < founded <= last:
            return None
        years = int((last - founded) / (12 * DAYS_A_MONTH))
        return _capped(rule, _value(rule, years_active=float(years)), (), years=years)

    def _last_day(self, node: int) -> int:
        """The last day in business up to the network's; 0 where the registration is over and no source tells since when."""
        registration = self.network.registrations.get(node)
        if registration is None or not registration.over:
            return self.network.as_of.toordinal()
        return registration.since.toordinal() if registration.since else 0

    def _clean(self, rule: PositiveSignal, node: int) -> Line | None:
        since = add_months(self.network.as_of, -CLEAN_MONTHS)
        founded = int(self.network.parties.founded[node])
        in_business = self._last_day(node) == self.network.as_of.toordinal()
        if not (self.court_covers and in_business and 0 < founded <= since.toordinal()) or self._listed_by_court_since(
            node, since
        ):
            return None
        return _capped(rule, float(rule.points or 0), ())

    def _listed_by_court_since(self, node: int, since: date) -> bool:
        """Whether a court's listing ran since then; one that was removed counts for nothing anywhere."""
        statuses = (status for party in self.network.parties_of(node) for status in self.network.listings.get(party, ()))
        return any(
            _judicial(status) and not status.listing.removed_on and (status.ends_on is None or status.ends_on > since)
            for status in statuses
        )

    def _dealings_of(self, node: int) -> Dealings:
        return self.dealings.get(node, NO_DEALINGS)


COUNTED: dict[str, Callable[[Positives, PositiveSignal, int], Line | None]] = {
    "contract_performance": Positives._contracts,
    "public_procurement_performed": Positives._public_contracts,
    "partner_endorsement": Positives._endorsed,
    "on_time_payment": Positives._on_time,
    "platform_trade_quality": Positives._few_disputes,
    "longevity": Positives._years,
    "court_clean_5y": Positives._clean,
}
"""Signals counted from statements; every other one is a recognition by a public body."""


def _counts_for(status: RecognitionStatus, rule: PositiveSignal) -> bool:
    return (
        status.in_force
        and status.rule is rule
        and (status.recognition.release_id is not None or not rule.requires_authorised_release)
    )


def _judicial(status: ListingStatus) -> bool:
    return status.rule is not None and status.rule.area is Area.JUDICIAL


def _value(rule: PositiveSignal, **quantities: float) -> float:
    return float(parse(rule.expression or "0").value(quantities))


def _capped(rule: PositiveSignal, points: float, evidence: tuple[str, ...], **facts: object) -> Line:
    bounded = min(points, rule.cap) if rule.cap is not None else points
    return Line(LineKind.POSITIVE, rule.id, rule.reason, bounded, rule.area, evidence, facts=facts)

"""Good marks and counted good records as lines, each with its half-life and its cap."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from graph.network.network import Network
from graph.network.standings import Listed, Marked
from graph.scores.dealings import DAYS_A_MONTH, Dealings, age_months, dealings, limited
from graph.scores.lines import Line
from graph.signals.signals import Signals
from ontology.rulebook_expressions import parse
from ontology.rulebook_parts import PositiveSignal
from ontology.rulebook_terms import add_months
from ontology.score import Area, LineKind

CLEAN_MONTHS = 60  # Five years: the name of the signal says it.
NOTHING = Dealings()


@dataclass(frozen=True)
class Positives:
    """Good lines of any node of a network."""

    network: Network
    signals: Signals

    @cached_property
    def dealings(self) -> dict[int, Dealings]:
        """Counts by node."""
        return dealings(self.network, self.signals)

    @cached_property
    def court_covers(self) -> bool:
        """Whether a court's list was loaded at all: without one, nothing found says nothing."""
        courts = {rule.id for rule in self.network.rulebook.list_types if rule.area is Area.JUDICIAL}
        return any(one in courts for one in self.network.facts.listings["list_type"])

    def lines(self, node: int) -> list[Line]:
        """Every good line of a node: of a group of exclusive marks the best one."""
        kind = self.network.parties.kind_of(node)
        best: dict[str, Line] = {}
        marks = [one for party in self.network.parties_of(node) for one in self.network.marks.get(party, ())]
        for rule in self.network.rulebook.positive_signals if marks else self._counted:
            line = self._line(rule, node, marks) if kind in rule.applies_to else None
            group = rule.exclusive_group or rule.id
            if line and (group not in best or line.points > best[group].points):
                best[group] = line
        return [line for line in best.values() if line.points]

    @cached_property
    def _counted(self) -> list[PositiveSignal]:
        """The rules that need no mark."""
        return [rule for rule in self.network.rulebook.positive_signals if rule.id in COUNTED]

    def _line(self, rule: PositiveSignal, node: int, told: list[Marked]) -> Line | None:
        if rule.id in COUNTED:
            return COUNTED[rule.id](self, rule, node)
        marks = [one for one in told if _given(one, rule)]
        if rule.points_per_unit is not None:
            return self._units(rule, marks, [])
        return self._marked(rule, marks[0]) if marks and rule.points is not None else None

    def _marked(self, rule: PositiveSignal, given: Marked) -> Line:
        day = given.mark.given_on.toordinal()
        return _capped(rule, (rule.points or 0) * self._kept(rule, day), (given.mark.id,), day=day)

    def _units(self, rule: PositiveSignal, marks: list[Marked], days: list[int]) -> Line | None:
        """So many points a unit, each unit with its own age."""
        days = [*(one.mark.given_on.toordinal() for one in marks), *days]
        points = sum((rule.points_per_unit or 0) * self._kept(rule, day) for day in days)
        return _capped(rule, points, tuple(one.mark.id for one in marks), count=len(days)) if days else None

    def _kept(self, rule: PositiveSignal, day: int) -> float:
        """Part of the points that is left at that age."""
        half_life = self.network.rulebook.score.positive_half_life_months
        return 0.5 ** (age_months(self.network, day) / half_life) if rule.decay else 1.0

    def _contracts(self, rule: PositiveSignal, node: int) -> Line | None:
        return self._units(rule, [], limited(self._dealt(node).contracts, rule.counterparty_max_share))

    def _public_contracts(self, rule: PositiveSignal, node: int) -> Line | None:
        marks = [one for party in self.network.parties_of(node) for one in self.network.marks.get(party, ()) if _given(one, rule)]
        return self._units(rule, marks, [day for _, day in self._dealt(node).public_contracts])

    def _endorsed(self, rule: PositiveSignal, node: int) -> Line | None:
        return self._units(rule, [], list(self._dealt(node).endorsers.values()))

    def _on_time(self, rule: PositiveSignal, node: int) -> Line | None:
        dealt = self._dealt(node)
        if dealt.invoices < (rule.count_min or 1) or len(dealt.payees) < (rule.counterparties_min or 1):
            return None
        points = _value(rule, on_time_rate=dealt.on_time / dealt.invoices) * self._kept(rule, dealt.invoices_newest)
        return _capped(rule, points, (), on_time=dealt.on_time, count=dealt.invoices, payees=len(dealt.payees))

    def _few_disputes(self, rule: PositiveSignal, node: int) -> Line | None:
        dealt = self._dealt(node)
        if dealt.orders < (rule.count_min or 1):
            return None
        points = _value(rule, dispute_rate=dealt.disputes / dealt.orders) * self._kept(rule, dealt.orders_newest)
        return _capped(rule, points, (), count=dealt.orders, disputes=dealt.disputes)

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
        if not (self.court_covers and in_business and 0 < founded <= since.toordinal()) or self._judged_since(node, since):
            return None
        return _capped(rule, float(rule.points or 0), ())

    def _judged_since(self, node: int, since: date) -> bool:
        """Whether a court's listing ran since then; one that was removed counts for nothing anywhere."""
        told = (one for party in self.network.parties_of(node) for one in self.network.listings.get(party, ()))
        return any(_judicial(one) and not one.listing.removed_on and (one.ends_on is None or one.ends_on > since) for one in told)

    def _dealt(self, node: int) -> Dealings:
        return self.dealings.get(node, NOTHING)


COUNTED: dict[str, Callable[[Positives, PositiveSignal, int], Line | None]] = {
    "contract_performance": Positives._contracts,
    "public_procurement_performed": Positives._public_contracts,
    "partner_endorsement": Positives._endorsed,
    "on_time_payment": Positives._on_time,
    "platform_trade_quality": Positives._few_disputes,
    "longevity": Positives._years,
    "court_clean_5y": Positives._clean,
}
"""Signals counted from statements; every other one is given as a mark by a public body."""


def _given(one: Marked, rule: PositiveSignal) -> bool:
    return one.in_force and one.rule is rule and (one.mark.release_id is not None or not rule.requires_authorised_release)


def _judicial(listed: Listed) -> bool:
    return listed.rule is not None and listed.rule.area is Area.JUDICIAL


def _value(rule: PositiveSignal, **quantities: float) -> float:
    return float(parse(rule.expression or "0").value(quantities))


def _capped(rule: PositiveSignal, points: float, evidence: tuple[str, ...], **facts: object) -> Line:
    bounded = min(points, rule.cap) if rule.cap is not None else points
    return Line(LineKind.POSITIVE, rule.id, rule.reason, bounded, rule.area, evidence, facts=facts)

"""Score lines of consenting persons and sole traders: only from statements that the consent covers."""

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import numpy as np

from graph.network.experiences import DEALINGS
from graph.network.network import Network
from graph.scores.score_lines import Line
from ontology.consent import Consent
from ontology.rulebook_expressions import parse
from ontology.rulebook_persons import PersonSignal
from ontology.rulebook_terms import add_months
from ontology.score import LineKind

DATA_CLASSES = {"loan": "loans", "bill": "bills", "contract": "contracts", "guarantee": "guarantees", "invoice": "payments"}
PAYMENT_OUTCOMES = ("paid_on_time", "paid_late", "defaulted")
KEPT_OUTCOMES, BROKEN_OUTCOMES = ("paid_on_time", "delivered"), ("paid_late", "defaulted", "not_delivered")


@dataclass(frozen=True)
class CoveredStatement:
    """One dealing or verified asset a consent covers: outcome, reporting node (-1: an issuer), and day number."""

    id: str
    dataset: str
    source_class: str
    data_class: str
    outcome: str
    reporter: int
    day: int


@dataclass(frozen=True)
class Persons:
    """Computes the score lines of consenting persons and sole traders of a network."""

    network: Network

    def lines(self, node: int, consent: Consent) -> list[Line]:
        """A line for every person signal of the rulebook that the covered statements support."""
        dealings, assets = self.covered_dealings(node, consent), self._assets(node, consent)
        lines = [COUNTED[rule.id](self, rule, dealings) for rule in self.network.rulebook.person_signals if rule.id in COUNTED]
        lines += [_line(rule, _value(rule, verified=1.0), assets[:1]) for rule in self._verified if assets]
        return [line for line in lines if line and line.points]

    def sources(self, node: int, consent: Consent) -> set[tuple[str, str]]:
        """Datasets of the statements that the consent covers, each with its class."""
        return {
            (statement.dataset, statement.source_class)
            for statement in (*self.covered_dealings(node, consent), *self._assets(node, consent))
        }

    def minor(self, party: int) -> bool:
        """Whether the person may be a minor on the day; False without a date of birth: then the operator has to know."""
        years = self.network.rulebook.natural_persons.adult_years
        born = last_day(self.network.parties.documents[party].get("born_on"))
        return born is not None and add_months(born, 12 * years) > self.network.as_of

    def covered_dealings(self, node: int, consent: Consent) -> list[CoveredStatement]:
        """Dealings the consent covers, one a loan, bill or contract, the latest first; a failing under dispute is left out."""
        released, columns = self.network.released, self.network.facts.experiences
        about = released.select(np.flatnonzero(self.network.nodes[released.subject] == node))
        best: dict[tuple[int, str, str], tuple[tuple[int, int, str], CoveredStatement]] = {}
        for place, row in enumerate(about.row.tolist()):
            dealing = DEALINGS[about.dealing[place]]
            data_class = DATA_CLASSES.get(dealing, "")
            failing = bool(about.weight[place] < 0)
            if not consent.covers(data_class, columns["release_id"][row]) or (failing and about.disputed[place]):
                continue
            statement = CoveredStatement(
                id=columns["id"][row],
                dataset=columns["dataset"][row],
                source_class=columns["source_class"][row],
                data_class=data_class,
                outcome=about.outcomes[about.outcome[place]],
                reporter=int(self.network.nodes[about.reporter[place]]),
                day=int(about.day[place]),
            )
            fact = (statement.reporter, data_class, columns["fact_key"][row] or statement.id)
            rank = (int(about.rank[place]), statement.day, statement.id)
            best[fact] = max(best.get(fact, (rank, statement)), (rank, statement), key=lambda candidate: candidate[0])
        return sorted((statement for _, statement in best.values()), key=lambda statement: (-statement.day, statement.id))

    def _assets(self, node: int, consent: Consent) -> list[CoveredStatement]:
        """Marks in force that say assets were seen."""
        statuses = (status for party in self.network.parties_of(node) for status in self.network.recognitions.get(party, ()))
        asset_signals = {rule.id for rule in self._verified}
        return [
            CoveredStatement(
                status.recognition.id,
                status.recognition.dataset,
                status.recognition.source_class,
                "assets",
                status.recognition.mark,
                -1,
                status.recognition.given_on.toordinal(),
            )
            for status in statuses
            if status.in_force
            and status.recognition.mark in asset_signals
            and consent.covers("assets", status.recognition.release_id)
        ]

    @property
    def _verified(self) -> list[PersonSignal]:
        return [rule for rule in self.network.rulebook.person_signals if rule.data_class == "assets"]

    def _within(
        self, rule: PersonSignal, dealings: list[CoveredStatement], months: int, outcomes: tuple[str, ...]
    ) -> list[CoveredStatement]:
        window_start = add_months(self.network.as_of, -months).toordinal()
        return [
            statement
            for statement in dealings
            if statement.data_class == rule.data_class and statement.day > window_start and statement.outcome in outcomes
        ]

    def _on_time(self, rule: PersonSignal, dealings: list[CoveredStatement]) -> Line | None:
        payments = self._within(rule, dealings, self.network.rulebook.score.dealings_window_months, PAYMENT_OUTCOMES)
        reporters = {statement.reporter for statement in payments}
        if len(payments) < (rule.count_min or 1) or len(reporters) < (rule.counterparties_min or 1):
            return None
        on_time = sum(statement.outcome == "paid_on_time" for statement in payments)
        return _line(rule, _value(rule, on_time_rate=on_time / len(payments)), payments, kept=on_time, reporters=len(reporters))

    def _promises_kept(self, rule: PersonSignal, dealings: list[CoveredStatement]) -> Line | None:
        promises = self._within(
            rule, dealings, self.network.rulebook.score.dealings_window_months, (*KEPT_OUTCOMES, *BROKEN_OUTCOMES)
        )
        fulfilled, reporters = (
            sum(statement.outcome in KEPT_OUTCOMES for statement in promises),
            len({statement.reporter for statement in promises}),
        )
        return (
            _line(rule, float(fulfilled * (rule.points_per_unit or 0)), promises, kept=fulfilled, reporters=reporters)
            if fulfilled
            else None
        )

    def _defaulted(self, rule: PersonSignal, dealings: list[CoveredStatement]) -> Line | None:
        failed = self._within(rule, dealings, rule.validity_months or 0, ("defaulted",))
        return _line(rule, float(rule.points or 0), failed) if failed else None


COUNTED: dict[str, Callable[[Persons, PersonSignal, list[CoveredStatement]], Line | None]] = {
    "loans_on_time": Persons._on_time,
    "bills_on_time": Persons._on_time,
    "payments_on_time": Persons._on_time,
    "contracts_kept": Persons._promises_kept,
    "guarantees_honoured": Persons._promises_kept,
    "loan_default_verified": Persons._defaulted,
    "guarantee_default_verified": Persons._defaulted,
}
"""Signals counted from dealings; verified assets are a recognition."""


def last_day(text: str | None) -> date | None:
    """The last day of a year, month or day in ISO form; None where there is none.

    >>> last_day("2008-02"), last_day("2008"), last_day(None)
    (datetime.date(2008, 2, 29), datetime.date(2008, 12, 31), None)
    """
    if not text:
        return None
    parts = [int(part) for part in text.split("-")]
    month = parts[1] if len(parts) > 1 else 12
    return date(parts[0], month, parts[2] if len(parts) > 2 else calendar.monthrange(parts[0], month)[1])


def _value(rule: PersonSignal, **quantities: float) -> float:
    return float(parse(rule.expression or "0").value(quantities))


def _line(rule: PersonSignal, points: float, dealings: list[CoveredStatement], **facts: object) -> Line:
    bounded = min(points, rule.cap) if rule.cap is not None else points
    evidence = tuple(statement.id for statement in dealings)
    return Line(LineKind.POSITIVE, rule.id, rule.reason, bounded, rule.area, evidence, facts={"count": len(dealings), **facts})

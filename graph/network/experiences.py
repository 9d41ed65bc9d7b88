"""Outcomes of dealings as columns of numbers: one row for each experience that counts on the day."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from graph.network.encoding import numbered, places, translated
from graph.network.facts import FactColumns
from graph.network.links import Real, Whole, days
from graph.network.parties import Parties
from ontology.rulebook import Rulebook
from ontology.rulebook_terms import add_months

DEALINGS = ("invoice", "order", "contract", "declaration", "loan", "bill", "rating", "guarantee")


@dataclass(frozen=True)
class Experiences:
    """`reporter` dealt with `subject`; `weight` -1..1 is how it went; `row` points into `network/experiences`.

    `outcome` and `dealing` are codes into `outcomes` (those of the rulebook) and `DEALINGS`; `day` is a day number.
    """

    outcomes: tuple[str, ...]
    row: NDArray[np.int64]
    reporter: Whole
    subject: Whole
    outcome: NDArray[np.int16]
    dealing: NDArray[np.int16]
    weight: Real
    day: Whole
    rank: NDArray[np.int8]
    disputed: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.row)

    def select(self, selection: NDArray[np.bool_] | NDArray[np.int64]) -> "Experiences":
        """The chosen rows, in their order."""
        columns = {name: column[selection] for name, column in vars(self).items() if name != "outcomes"}
        return Experiences(outcomes=self.outcomes, **columns)

    def with_outcome(self, *outcomes: str) -> NDArray[np.bool_]:
        """Per row whether it ended in one of these."""
        return np.array([outcome in outcomes for outcome in self.outcomes])[self.outcome]

    def about_dealing(self, *dealings: str) -> NDArray[np.bool_]:
        """Per row whether the dealing was one of these."""
        return np.array([dealing in dealings for dealing in DEALINGS])[self.dealing]


def experiences_from(
    columns: FactColumns, parties: Parties, *, rulebook: Rulebook, as_of: date
) -> tuple[Experiences, Experiences]:
    """Experiences between two different known parties up to `as_of`: those that count for signals, and those released.

    Of the first there is one for each invoice or contract, from its best source. Bad experiences older than the rulebook's
    retention of bad items are left out; good ones have no such limit. What persons and sole traders released feeds no signal,
    only a score that the person agreed to: of the second there is one a release.
    """
    experiences = _valid_experiences(columns, parties, rulebook=rulebook, as_of=as_of)
    private = parties.personal[experiences.subject] | parties.sole_trader[experiences.subject]
    released = translated(columns["release_id"], lambda release_id: release_id is not None, np.bool_)[experiences.row] & private
    counted = _best_per_fact(experiences.select(~released), numbered(columns["fact_key"]))
    return counted, experiences.select(released)


def _valid_experiences(columns: FactColumns, parties: Parties, *, rulebook: Rulebook, as_of: date) -> Experiences:
    count = len(columns["id"])
    codes = {outcome: code for code, outcome in enumerate(rulebook.evidence.outcomes)}
    outcome_weights = [rulebook.evidence.outcomes[outcome].weight for outcome in codes]
    outcome = translated(columns["outcome"], lambda name: codes.get(name or "", -1), np.int16)
    weight = np.where(outcome >= 0, np.array([*outcome_weights, None], np.float64)[outcome], np.nan)
    built = Experiences(
        outcomes=tuple(codes),
        row=np.arange(count),
        reporter=places(columns["reporter_id"], parties),
        subject=places(columns["subject_id"], parties),
        outcome=outcome,
        dealing=translated(columns["dealing"], lambda name: DEALINGS.index(name) if name else -1, np.int16),
        weight=np.where(np.isnan(weight), np.array(columns["rating"], np.float64), weight),
        day=days(columns["happened_on"]),
        rank=translated(columns["source_class"], lambda class_: int(class_ or 0), np.int8),
        disputed=np.array(columns["disputed"], np.bool_),
    )
    months = rulebook.retention["negative_after_end_months"]
    retention_start = add_months(as_of, -int(months)).toordinal()
    between_parties = (built.outcome >= 0) & (built.reporter >= 0) & (built.subject >= 0) & (built.reporter != built.subject)
    retained = (built.weight >= 0) | (built.day > retention_start)
    counts = between_parties & ~np.isnan(built.weight) & (built.day <= as_of.toordinal()) & retained
    return built.select(counts)


def _best_per_fact(experiences: Experiences, facts: Whole) -> Experiences:
    fact = facts[experiences.row]
    unique = np.where(fact >= 0, fact, -1 - np.arange(len(fact)))
    order = np.lexsort(
        (experiences.row, -experiences.rank, unique, experiences.dealing, experiences.subject, experiences.reporter)
    )
    keys = np.stack([experiences.reporter, experiences.subject, experiences.dealing, unique])[:, order]
    first = np.concatenate(([True], np.any(np.diff(keys, axis=1) != 0, axis=0))) if len(order) else np.empty(0, np.bool_)
    return experiences.select(np.sort(order[first]))

"""Outcomes of dealings as numbers: one row an experience that counts on the day."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from graph.network.links import Real, Whole, day_number, numbered, places
from graph.network.parties import Parties
from ontology.rulebook import Rulebook
from ontology.rulebook_terms import add_months
from store.port import Columns

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

    def of(self, chosen: NDArray[np.bool_] | NDArray[np.int64]) -> "Experiences":
        """The chosen rows, in their order."""
        columns = {name: column[chosen] for name, column in vars(self).items() if name != "outcomes"}
        return Experiences(outcomes=self.outcomes, **columns)

    def ended(self, *outcomes: str) -> NDArray[np.bool_]:
        """Per row whether it ended in one of these."""
        return np.array([one in outcomes for one in self.outcomes])[self.outcome]

    def over(self, *dealings: str) -> NDArray[np.bool_]:
        """Per row whether the dealing was one of these."""
        return np.array([one in dealings for one in DEALINGS])[self.dealing]


def experiences_from(columns: Columns, parties: Parties, *, rulebook: Rulebook, as_of: date) -> Experiences:
    """Experiences between two different known parties up to `as_of`, one an invoice or contract, the best source of each.

    Bad ones older than the rulebook's retention of bad items are left out; a good report is no such item and stays. What
    persons and sole traders released about themselves is left out too: it feeds no signal, only a score that they agreed to.
    """
    told = _told(columns, parties, rulebook=rulebook, as_of=as_of)
    private = parties.personal[told.subject] | parties.sole_trader[told.subject]
    released = _released(columns, told) & private
    return _one_per_fact(told.of(~released), numbered(columns["fact_key"]))


def released_from(columns: Columns, parties: Parties, *, rulebook: Rulebook, as_of: date) -> Experiences:
    """Every experience that was released about a person or sole trader, each release by itself."""
    told = _told(columns, parties, rulebook=rulebook, as_of=as_of)
    private = parties.personal[told.subject] | parties.sole_trader[told.subject]
    return told.of(_released(columns, told) & private)


def _released(columns: Columns, told: Experiences) -> NDArray[np.bool_]:
    releases = np.fromiter((one is not None for one in columns["release_id"]), np.bool_, len(columns["id"]))
    return releases[told.row]


def _told(columns: Columns, parties: Parties, *, rulebook: Rulebook, as_of: date) -> Experiences:
    count = len(columns["id"])
    codes = {outcome: code for code, outcome in enumerate(rulebook.evidence.outcomes)}
    told = [rulebook.evidence.outcomes[outcome].weight for outcome in codes]
    outcome = np.fromiter((codes.get(one, -1) for one in columns["outcome"]), np.int16, count)
    weight = np.where(outcome >= 0, np.array([*told, None], np.float64)[outcome], np.nan)
    built = Experiences(
        outcomes=tuple(codes),
        row=np.arange(count),
        reporter=places(columns["reporter_id"], parties),
        subject=places(columns["subject_id"], parties),
        outcome=outcome,
        dealing=np.fromiter(map(DEALINGS.index, columns["dealing"]), np.int16, count),
        weight=np.where(np.isnan(weight), np.array(columns["rating"], np.float64), weight),
        day=np.fromiter(map(day_number, columns["happened_on"]), np.int32, count),
        rank=np.fromiter(map(int, columns["source_class"]), np.int8, count),
        disputed=np.array(columns["disputed"], np.bool_),
    )
    months = rulebook.retention["negative_after_end_months"]
    opens = add_months(as_of, -int(months)).toordinal()
    known = (built.outcome >= 0) & (built.reporter >= 0) & (built.subject >= 0) & (built.reporter != built.subject)
    kept = (built.weight >= 0) | (built.day > opens)
    counts = known & ~np.isnan(built.weight) & (built.day <= as_of.toordinal()) & kept
    return built.of(counts)


def _one_per_fact(built: Experiences, facts: Whole) -> Experiences:
    fact = facts[built.row]
    unique = np.where(fact >= 0, fact, -1 - np.arange(len(fact)))
    order = np.lexsort((built.row, -built.rank, unique, built.dealing, built.subject, built.reporter))
    keys = np.stack([built.reporter, built.subject, built.dealing, unique])[:, order]
    first = np.concatenate(([True], np.any(np.diff(keys, axis=1) != 0, axis=0))) if len(order) else np.empty(0, np.bool_)
    return built.of(np.sort(order[first]))

"""A made list screened against a store of made parties: how many are found at how many false alarms.

python -m bench screening [--parties N] [--meant N] [--strangers N] [--seed N] writes docs/benchmarks/screening.md. Parties
and list are of other seeds than those that the calibration was fitted on, and a third of the kinds of error it never saw.
"""

import argparse
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz

from bench.machine import describe_machine
from bench.screening.errors import HELD_OUT, ListedParty
from bench.screening.lists import MadeStore, build_store, make_list
from bench.screening.runs import read_memory, record_of_line
from ontology.record import Record
from resolution.live.memory import Memory
from resolution.records.text import fold
from resolution.screening import ScoredParty, screen_records
from store.open import open_store
from store.port import Store

SEED = 404  # Nothing was tuned on it.
BATCH = 100
SINGLES = 300
ALARM_SHARES = (0.01, 0.001)
BARS = {0.01: 0.95, 0.001: 0.90}
THRESHOLD = 0.7
Score = Callable[[ListedParty, ScoredParty], float]


@dataclass(frozen=True)
class ScreenedList:
    """A list, the parties that each line was compared with, and processor milliseconds of single lines and of batches of a
    hundred."""

    lines: Sequence[ListedParty]
    parties: Sequence[Sequence[ScoredParty]]
    single_ms: Sequence[float]
    batch_ms: Sequence[float]


@dataclass(frozen=True)
class Outcome:
    """Scores of one way of scoring. meant: of the party that each known line means, 0.0 where it was not compared;
    strangers: of the best party of each stranger."""

    meant: dict[str, list[float]]
    strangers: list[float]

    def threshold(self, share: float) -> float:
        """The lowest score that no more than this share of the strangers exceed."""
        return sorted(self.strangers, reverse=True)[int(share * len(self.strangers))]

    def recall(self, threshold: float, error: str | None = None) -> float:
        """Share of the lines that mean a party whose party scores above the threshold; of one kind of error, or of all."""
        scores = [score for name, scores in self.meant.items() if error in (None, name) for score in scores]
        return float(np.mean([score > threshold for score in scores]))


def main(arguments: list[str]) -> str:
    """`screening [--parties N] [--meant N] [--strangers N] [--seed N]`: the page to keep."""
    parser = argparse.ArgumentParser(prog="python -m bench screening", description=__doc__)
    parser.add_argument("--parties", type=int, default=20_000)
    parser.add_argument("--meant", type=int, default=2_000)
    parser.add_argument("--strangers", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as work_folder:
        made_store = build_store(Path(work_folder), parties=options.parties, seed=options.seed)
        lines = make_list(made_store, seed=options.seed, meant_count=options.meant, stranger_count=options.strangers)
        with closing(open_store(made_store.address)) as store:
            screened = screen_list(store, read_memory(store), lines)
    outcomes = {
        "kith": outcome_of(made_store, screened, lambda line, party: party.score),
        "WRatio of RapidFuzz": outcome_of(made_store, screened, plain_likeness),
    }
    return page(outcomes, screened, options)


def screen_list(store: Store, memory: Memory, lines: Sequence[ListedParty]) -> ScreenedList:
    """Screen all lines in batches, and some of them one by one."""
    records = [record_of_line(line) for line in lines]
    screen_records(store, memory, records[:BATCH])  # Compiles.
    single_ms = [_measure(store, memory, [record])[1] for record in records[:: max(len(records) // SINGLES, 1)]]
    batches = [_measure(store, memory, records[start : start + BATCH]) for start in range(0, len(records), BATCH)]
    parties = [found for batch, _ in batches for found in batch]
    return ScreenedList(lines, parties, single_ms, [took_ms for _, took_ms in batches])


def _measure(store: Store, memory: Memory, records: Sequence[Record]) -> tuple[list[list[ScoredParty]], float]:
    started = time.process_time()
    parties = screen_records(store, memory, records)
    return parties, 1000 * (time.process_time() - started)


def plain_likeness(line: ListedParty, party: ScoredParty) -> float:
    """WRatio of the two names that are most alike, folded, 0..100."""
    (name,) = line.entity["properties"]["name"]
    return max((fuzz.WRatio(fold(name), fold(party_name.text)) for party_name in party.entity.names), default=0.0)


def outcome_of(made_store: MadeStore, screened: ScreenedList, score: Score) -> Outcome:
    """The scores of all lines, the same parties compared."""
    meant: dict[str, list[float]] = defaultdict(list)
    strangers = []
    for line, parties in zip(screened.lines, screened.parties, strict=True):
        scores = [(party, score(line, party)) for party in parties]
        if line.party_number is None:
            strangers.append(max((value for _, value in scores), default=0.0))
        else:
            record_id = made_store.record_id(line.party_number)
            own_scores = [value for party, value in scores if record_id in party.entity.record_ids]
            meant[line.error].append(max(own_scores, default=0.0))
    return Outcome(dict(meant), strangers)


def page(outcomes: dict[str, Outcome], screened: ScreenedList, options: argparse.Namespace) -> str:
    """The figures as a page."""
    kith = outcomes["kith"]
    rows = [_bar_row(name, outcome, share) for name, outcome in outcomes.items() for share in ALARM_SHARES]
    alarms = 100 * float(np.mean([score >= THRESHOLD for score in kith.strangers]))
    command = f"--parties {options.parties} --meant {options.meant} --strangers {options.strangers} --seed {options.seed}"
    return "\n".join(
        [
            f"# Screening of a list\n\n{describe_machine()}\n",
            f"`python -m bench screening {command}`: {options.meant:,} lines that mean one of",
            f"{options.parties:,} parties, under one error each, and {options.strangers:,} lines of parties that are not there,",
            "drawn from the same names and under the same errors. Persons and firms, of western, Hispanic, Slavic, Arabic and",
            "Chinese names. Days of birth, countries and codes are left out, told in part, and now and then wrong. A false alarm",
            "is a stranger whose best party scores above the threshold; a line is found where its own party does. Strangers who",
            "bear the very name of a party count as false alarms.\n",
            "| by | false alarms | threshold | found | bar |\n|---|--:|--:|--:|--:|",
            *rows,
            f"\nFrom a score of {THRESHOLD} on, which clients take for a match, {kith.recall(THRESHOLD - 1e-9):.3f} are found at",
            f"{alarms:.2f} % false alarms. Both ways score the same parties: those that kith's keys propose.\n",
            "By kind of error, at 1 % and 0.1 % false alarms; the kinds with a star were held out from the calibration:\n",
            "| error | lines | kith, 1 % | kith, 0.1 % | WRatio, 1 % | WRatio, 0.1 % |\n|---|--:|--:|--:|--:|--:|",
            *(_error_row(error, outcomes) for error in kith.meant),
            f"\nProcessor time of a line by itself, median and 95th percentile: {_quantiles(screened.single_ms)} ms; of a batch",
            f"of {BATCH}: {_quantiles(screened.batch_ms)} ms. One process, without HTTP.\n",
        ]
    )


def _bar_row(name: str, outcome: Outcome, share: float) -> str:
    threshold = outcome.threshold(share)
    return f"| {name} | {_share(share)} | {threshold:.3f} | {outcome.recall(threshold):.3f} | {BARS[share]:.2f} |"


def _error_row(error: str, outcomes: dict[str, Outcome]) -> str:
    cells = [f"{outcome.recall(outcome.threshold(share), error):.2f}" for outcome in outcomes.values() for share in ALARM_SHARES]
    star = " *" if error in HELD_OUT else ""
    return f"| {error}{star} | {len(outcomes['kith'].meant[error])} | {' | '.join(cells)} |"


def _share(share: float) -> str:
    return f"{100 * share:g} %"


def _quantiles(values: Sequence[float]) -> str:
    return " and ".join(f"{np.quantile(values, share):,.1f}" for share in (0.5, 0.95))

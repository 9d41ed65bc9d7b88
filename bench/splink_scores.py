"""What it costs to have every weight of a full run added up by Splink, beside kith's own sum and Splink pair by pair.

python -m bench splink [--file PERSONS.parquet] [--persons N] writes docs/benchmarks/splink.md. The file is one that the shared
data's tools/make_person_records.py makes; without it the bench makes one, for which polars must be there. All candidate pairs are
compared once, slice by slice as a full run does, and each road weighs the same agreement. Bar: Splink's part <= a tenth of what
it takes to compare the pairs.
"""

import argparse
import resource
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from bench import sets
from bench.machine import describe_machine
from bench.scale import make_persons
from ontology.base import PartyKind
from resolution.candidates import candidates
from resolution.comparisons.declarations import comparisons
from resolution.comparisons.evidence import Evidence, Prepared, evidence, levels_of, prepare
from resolution.comparisons.level_vectors import level_table
from resolution.comparisons.run_statistics import RunStatistics, freeze
from resolution.comparisons.splink_scores import predict, splink_level_bits, splink_scores
from resolution.comparisons.splink_settings import settings_document
from resolution.comparisons.weights import add_up
from resolution.judgements.slices import SLICE_PAIRS

Answer = TypeVar("Answer")
Integers = NDArray[np.int64]
COMPARISONS = {comparison.name: comparison for comparison in comparisons(PartyKind.PERSON)}
PERSONS = 100_000
BAR_SHARE = 0.1
ROADS = {
    "compare": "compare every pair (RapidFuzz, numba): levels of agreement",
    "drop": "drop what cannot reach the lowest cut, by weights of single levels read from Splink",
    "vectors": "**Splink, once for every distinct vector of levels that is left** (a full run)",
    "pairs": "for comparison: Splink, all pairs, each with its levels in a row of the table",
}


def run(file: Path) -> str:
    """Measure and return the page."""
    records = sets.records(sets.synthetic(file))
    prepared = prepare(PartyKind.PERSON, records, freeze(PartyKind.PERSON, records))
    costs = measure_roads(prepared)
    splink_share = (costs.seconds["drop"] + costs.seconds["vectors"]) / costs.seconds["compare"]
    rows = [f"| {title} | {costs.pairs[road]:,} | {costs.seconds[road]:.2f} |" for road, title in ROADS.items()]
    return "\n".join(
        [
            HEAD.format(persons=f"{len(records):,}", machine=describe_machine()),
            "| road | pairs | processor seconds |",
            "|---|---|---|",
            *rows,
            "",
            f"Dropping and Splink together take {splink_share:.1%} of comparing (bar {BAR_SHARE:.0%}), Splink's start included.",
            f"Its sum and kith's own differ by at most {costs.apart_bits:.1e} bits. Peak memory of all: {_peak_mb():.0f} MB.",
            "",
        ]
    )


HEAD = """# Splink's part of a full run

{machine}

`python -m bench splink`: {persons} synthetic persons. Processor seconds of all threads, one run; on a machine that does other
work they vary by some tenths. Splink's own import, a fifth of a second, is not in them.
"""


@dataclass
class Costs:
    """Processor seconds and pairs of each road, and by how many bits the two sums differ at most."""

    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    pairs: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    apart_bits: float = 0.0

    def measure(self, road: str, pairs: int, weigh: Callable[[], Answer]) -> Answer:
        """What `weigh` answers, its time added to a road."""
        started = time.process_time()
        answer = weigh()
        self.seconds[road] += time.process_time() - started
        self.pairs[road] += pairs
        return answer


def measure_roads(prepared: Prepared) -> Costs:
    """Take every candidate pair down each road."""
    statistics, costs = prepared.frozen, Costs()
    level_bits = splink_level_bits(statistics.model)
    kept_rows, kept_totals = [], []
    for left, right in _slices(prepared):
        compared = costs.measure("compare", len(left), partial(evidence, prepared, (left, right)))
        arguments = compared, statistics.model, prepared.shares, statistics.prior_bits, level_bits
        _, total = costs.measure("drop", len(left), partial(add_up, *arguments))
        rows = np.flatnonzero(total >= statistics.model.possible_bits)
        kept_rows.append((left[rows], right[rows]))
        kept_totals.append(total[rows])
        costs.measure("pairs", len(left), partial(_score_each, compared, statistics))
    kept = evidence(
        prepared, (np.concatenate([left for left, _ in kept_rows]), np.concatenate([right for _, right in kept_rows]))
    )
    _, splink_total = costs.measure("vectors", len(kept.left), partial(splink_scores, kept, statistics, prepared.shares))
    costs.apart_bits = float(np.abs(np.concatenate(kept_totals) - splink_total).max(initial=0.0))
    return costs


def _slices(prepared: Prepared) -> Iterator[tuple[Integers, Integers]]:
    proposed = candidates(prepared.records)
    for start in range(0, len(proposed.left), SLICE_PAIRS):
        rows = slice(start, start + SLICE_PAIRS)
        yield proposed.left[rows].astype(np.int64), proposed.right[rows].astype(np.int64)


def _score_each(compared: Evidence, statistics: RunStatistics) -> None:
    levels = {name: levels_of(comparison, compared.agreement[name]) for name, comparison in COMPARISONS.items()}
    predict(
        level_table(compared.kind, levels, np.full(len(compared.left), np.nan)),
        settings_document(statistics.model, statistics.prior_bits),
    )


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def main(arguments: list[str]) -> str:
    """`splink [--file FILE] [--persons N]`: the page to keep."""
    parser = argparse.ArgumentParser(prog="python -m bench splink", description=__doc__)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--persons", type=int, default=PERSONS)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as work_folder:
        file = options.file or make_persons(options.persons, Path(work_folder) / "persons.parquet")
        return run(file.absolute())

"""How well parties are found in sample regions that tell less: towns of any province, no code on customs rows, half-hidden ids.

python -m bench variants [--seeds N …] [--firms N] writes docs/benchmarks/variants.md: each region through the ordinary commands,
as it is and harder (`samples/variant.py`), and the truth of every record. Nothing may be tuned on the seeds of the page.
"""

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from api.models.evaluations import Measure
from bench.machine import describe_machine
from bench.processes import KITH, measure
from samples import write_sample
from samples.variant import AS_REGISTERED, HARD, Variant

SEEDS = (901, 902, 903)
FIRMS = 400
F1_MIN, PRECISION_MIN = 0.985, 0.998  # The bar of the harder regions, over all pairs of records.
VARIANTS = {"ordinary": AS_REGISTERED, "harder": HARD}
PAIRS_MAX = 100_000


@dataclass(frozen=True)
class Figures:
    """One region: what `kith evaluate` said, and how many wrong pairs there are of each two sources."""

    variant: str
    seed: int
    records: int
    pairs: Measure
    b_cubed: Measure
    wrong_pairs: Counter[tuple[str, str, str]]


def main(arguments: list[str]) -> str:
    """`variants [--seeds N …] [--firms N]`: the page to keep."""
    parser = argparse.ArgumentParser(prog="python -m bench variants", description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=[*SEEDS])
    parser.add_argument("--firms", type=int, default=FIRMS)
    options = parser.parse_args(arguments)
    return page([measure_region(title, seed, options.firms) for title in VARIANTS for seed in options.seeds], options.firms)


def measure_region(title: str, seed: int, firms: int) -> Figures:
    """Write a region, take it in and resolve it as a user would, and compare every record with the truth."""
    with tempfile.TemporaryDirectory() as work_folder:
        folder = Path(work_folder)
        variant: Variant = VARIANTS[title]
        sample = write_sample(folder / "region", seed=seed, firms=firms, variant=variant)
        environment = {"KITH_STORE": f"sqlite:///{folder / 'kith.db'}", "KITH_ID_KEY_FILE": str(folder / "id.key")}
        measure(*KITH, "ingest", str(sample.folder), "--json", environment=environment)
        measure(*KITH, "resolve", "--json", environment=environment)
        command = ("evaluate", "--truth", str(sample.truth_records), "--json", "--limit", str(PAIRS_MAX))
        evaluation = json.loads(measure(*KITH, *command, environment=environment).output)
    wrong_pairs = Counter(
        (pair["problem"], *sorted((_dataset(pair["left_id"]), _dataset(pair["right_id"])))) for pair in evaluation["wrong_pairs"]
    )
    pairs, b_cubed = (Measure(**evaluation[name]) for name in ("pairs", "b_cubed"))
    return Figures(title, seed, evaluation["records"], pairs, b_cubed, wrong_pairs)


def _dataset(record_id: str) -> str:
    return record_id.partition(":")[0]


def page(figures: Sequence[Figures], firms: int) -> str:
    """The table, and between which sources the harder regions go wrong."""
    rows = [
        f"| {row.variant} | {row.seed} | {row.records:,} | {row.pairs.precision:.4f} | {row.pairs.recall:.4f} | "
        f"{row.pairs.f1:.4f} | {row.b_cubed.f1:.4f} |"
        for row in figures
    ]
    wrong = sum((row.wrong_pairs for row in figures if row.variant == "harder"), Counter[tuple[str, str, str]]())
    kinds = [f"| {problem} | {left} | {right} | {count} |" for (problem, left, right), count in wrong.most_common()]
    return "\n".join(
        [
            f"# Sample regions that tell less\n\n{describe_machine()}\n",
            f"`python -m bench variants`: {firms} firms, whole commands. Harder: firms and persons at home in 57 towns of every",
            "province (four of them on no list), no code on rows of the customs, resident ids hidden in part in every public",
            f"source. Bar of the harder ones: pair F1 {F1_MIN}, precision {PRECISION_MIN}.\n",
            "| region | seed | records | pair P | pair R | pair F1 | B-cubed F1 |\n|---|--:|--:|--:|--:|--:|--:|",
            *rows,
            "\nPairs that are wrong in the harder regions, by their sources:\n",
            "| problem | source | source | pairs |\n|---|---|---|--:|",
            *kinds,
            "",
        ]
    )

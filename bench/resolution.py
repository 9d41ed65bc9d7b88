"""Resolution side by side: kith, plain Splink, RapidFuzz and logic-v2 on the same labelled data, in one run.

python -m bench resolution [--only names truthset febrl4 historical] [--data FOLDER] writes docs/benchmarks/resolution.md.
kith's rows come from its ordinary commands (ingest, resolve, evaluate) with the mappings of bench/mappings. Bars (2 cores):
name_pairs F1 >= .86 cross-validated, a comparison <= 10 us, truth set pair F1 >= .98, febrl4 >= .999, historical_50k
pair F1 >= .96 and B-cubed >= .965.
"""

import argparse
import csv
import json
import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from rapidfuzz import fuzz, utils

from api.models.evaluations import evaluate
from bench import names, sets
from bench.machine import describe_machine
from bench.peers import logic_v2, plain_splink
from bench.processes import KITH, ProcessRun, measure
from ontology.base import PartyKind
from ontology.record import Name, Record
from resolution.candidates import candidates
from resolution.comparisons.evidence import evidence, prepare
from resolution.comparisons.names import ParsedName, log_odds, of_firm, of_person
from resolution.comparisons.run_statistics import freeze
from resolution.records.analysed import Analysed, analyse
from samples import write_sample

SPEED_ROUNDS, SPEED_PAIRS_MAX = 5, 20_000
HISTORICAL_NAMES = (
    "SELECT first_and_surname FROM read_parquet(?) WHERE first_and_surname IS NOT NULL ORDER BY unique_id LIMIT 6000"
)

Data = Path


@dataclass(frozen=True)
class ResolutionFigures:
    """What `kith evaluate` said, what went in, and what each command took."""

    measures: dict[str, dict[str, float]]
    records: int
    records_missing: int
    wrongly_apart: int
    wrongly_joined: int
    steps: dict[str, ProcessRun]


def resolve_by_commands(labelled: sets.LabelledSet, *, learns_weights: bool = False) -> ResolutionFigures | str:
    """Ingest, resolve and evaluate in a store of its own, as a user would; or in words why nothing could be learned.

    learns_weights: whether weights are learned first from the records alone, by `kith train --without-labels`.
    """
    with tempfile.TemporaryDirectory() as folder_name:
        folder = Path(folder_name)
        environment = {"KITH_STORE": f"sqlite:///{folder / 'kith.db'}", "KITH_ID_KEY_FILE": str(folder / "id.key")}
        (folder / "truth.csv").write_text(_csv([("record_id", "cluster"), *sorted(labelled.truth.items())]), "utf-8")
        steps = {
            "ingest": measure(
                *KITH, "ingest", *sets.ingest_arguments(labelled), "--rejects", folder_name, "--json", environment=environment
            )
        }
        model = str(folder / "model.json")
        if learns_weights:
            try:
                command = ("train", "person", "--without-labels", "--out", model, "--json")
                steps["train"] = measure(*KITH, *command, environment=environment)
            except subprocess.CalledProcessError:
                return "`kith train --without-labels` refuses: too few pairs of one party"
        model_options = ("--model", model) if learns_weights else ()
        steps["resolve"] = measure(*KITH, "resolve", *model_options, "--json", environment=environment)
        command = ("evaluate", "--truth", str(folder / "truth.csv"), "--json", "--limit", "0")
        steps["evaluate"] = measure(*KITH, *command, environment=environment)
    evaluation = json.loads(steps["evaluate"].output)
    measures = {name: evaluation[name] for name in ("pairs", "b_cubed")}
    return ResolutionFigures(
        measures, evaluation["records"], evaluation["missing"], evaluation["apart_wrongly"], evaluation["joined_wrongly"], steps
    )


def names_section(data: Data) -> str:
    """F1 on the labelled pairs, and what one comparison takes."""
    file = data / "resolution" / "name_pairs.csv"
    pairs = names.read_pairs(file)
    truth = names.labels(pairs)
    f1_by_method = names.cross_validate(pairs)
    ratio = {"as written": None, "default_process": utils.default_process}
    wratio = {
        name: names.best_f1(truth, np.array([fuzz.WRatio(pair.left, pair.right, processor=process) for pair in pairs]))[0]
        for name, process in ratio.items()
    }
    logic = logic_v2.score_pairs(file)
    rows = [
        *(_cross_validated(name, values) for name, values in f1_by_method.items()),
        f"| kith scorecard on sources of labels never seen | {names.by_other_sources(pairs):.4f} | each of six sources in turn |",
        *(f"| RapidFuzz WRatio, {name} | {value:.4f} | best threshold on the set itself |" for name, value in wratio.items()),
        _logic_row(logic, truth),
    ]
    head = f"## Names: {len(pairs)} labelled pairs\n\n| tool | F1 | how |\n|---|---|---|"
    return "\n".join([head, *rows, "", NAMES_NOTE, "", speed_table(data, logic)])


def _logic_row(logic: logic_v2.PairScores, truth: names.Table) -> str:
    if not logic.scores:
        return f"| nomenklatura logic-v2 | | {logic.problem} |"
    best, _ = names.best_f1(truth, np.array(logic.scores))
    return f"| nomenklatura logic-v2 {logic.version} | {best:.4f} | best threshold on the set itself |"


NAMES_NOTE = (
    "Cross-validated: 40 repeats of 5 folds, a pair of names whole in one fold, the threshold chosen on the training folds. "
    "`with guards` counts what policy caps at *possible* (another number in a series, a common name, a single word, another "
    "legal form) as not the same, whatever the label says. The word lists were extended while reading this set: on names never "
    "seen expect less."
)


def _cross_validated(name: str, values: names.Table) -> str:
    title = {"weights": "**kith scorecard** (bar .86)", "guarded": "kith scorecard with guards"}[name]
    return f"| {title} | {values.mean():.4f} | cross-validated, sd {values.std():.4f} |"


def speed_table(data: Data, logic: logic_v2.PairScores) -> str:
    """Microseconds of CPU a comparison, names parsed beforehand; the best of five rounds."""
    pairs = names.read_pairs(data / "resolution" / "name_pairs.csv")
    firms = sorted({name for pair in pairs if pair.kind is PartyKind.FIRM for name in (pair.left, pair.right)})
    historical_file = data / "resolution" / "historical_50k.parquet"
    persons = [row[0] for row in duckdb.connect().execute(HISTORICAL_NAMES, [str(historical_file)]).fetchall()]
    pairs_by_title = {
        "name_pairs": names.parse_pairs(pairs),
        "candidate pairs of persons (historical_50k)": propose_pairs(persons, PartyKind.PERSON),
        "candidate pairs of firms (name_pairs)": propose_pairs(firms, PartyKind.FIRM),
    }
    rows = [
        f"| kith, scorecard, {title} | {len(name_pairs)} | {microseconds(log_odds, name_pairs):.1f} |"
        for title, name_pairs in pairs_by_title.items()
    ]
    rows += [_bulk_row("candidate pairs of persons (historical_50k)", persons, PartyKind.PERSON)]
    rows += [_bulk_row("candidate pairs of firms (name_pairs)", firms, PartyKind.FIRM)]
    rows += [_bulk_row("candidate pairs of firms (Chinese, a sample region)", _chinese_names(), PartyKind.FIRM)]
    written_pairs = [(pair.left, pair.right) for pair in pairs]
    rows += [f"| RapidFuzz WRatio, name_pairs, for scale | {len(pairs)} | {microseconds(fuzz.WRatio, written_pairs):.1f} |"]
    rows += [f"| logic-v2, name_pairs | {len(pairs)} | {logic.us:.0f} |"] if logic.scores else []
    return "\n".join(["| one comparison, warm (bar 10 us) | pairs | us |", "|---|---|---|", *rows, "", SPEED_NOTE, ""])


SPEED_NOTE = (
    "`in the cascade`: names of all candidate pairs as `kith resolve` compares them, columns made beforehand. `scorecard`: one "
    "pair by itself in Python, as a search, a supplier check and `kith why` weigh it."
)


def _bulk_row(title: str, texts: Sequence[str], kind: PartyKind) -> str:
    """CPU time a candidate pair where a full run compares names: persons by kernel, firms by column."""
    records = [analyse(_record(position, text, kind)) for position, text in enumerate(texts)]
    candidate_pairs = candidates(records)
    prepared = prepare(kind, records, freeze(kind, records))
    pairs = candidate_pairs.left.astype(np.int64), candidate_pairs.right.astype(np.int64)
    us = microseconds(lambda *_: evidence(prepared, pairs), [(None, None)]) / max(len(pairs[0]), 1)
    return f"| **kith, in the cascade**, {title} | {len(pairs[0])} | **{us:.1f}** |"


def _chinese_names() -> list[str]:
    """Firms of a sample region, as its registry writes them."""
    with tempfile.TemporaryDirectory() as work_folder:
        write_sample(Path(work_folder), seed=1, firms=5_000)
        with (Path(work_folder) / "business_registry.csv").open(encoding="gb18030", newline="") as lines:
            return [row["企业名称"] for row in csv.DictReader(lines)]


def propose_pairs(texts: Iterable[str], kind: PartyKind) -> list[tuple[ParsedName, ParsedName]]:
    """Pairs of names that the ordinary keys propose."""
    analysed = [analyse(_record(position, text, kind)) for position, text in enumerate(texts)]
    candidate_pairs = candidates(analysed)
    parsed = [_parse_name(record) for record in analysed]
    step = max(len(candidate_pairs.left) // SPEED_PAIRS_MAX, 1)
    return [
        (parsed[i], parsed[j])
        for i, j in zip(candidate_pairs.left[::step].tolist(), candidate_pairs.right[::step].tolist(), strict=True)
    ]


def microseconds(compare: Callable[[Any, Any], object], pairs: Sequence[tuple[Any, Any]]) -> float:
    """CPU time of one comparison."""
    best = float("inf")
    for _ in range(SPEED_ROUNDS):
        started = time.process_time()
        for left, right in pairs:
            compare(left, right)
        best = min(best, time.process_time() - started)
    return best / len(pairs) * 1e6


def truthset_section(data: Data) -> str:
    """The truth set through the ordinary commands, without a setting of its own."""
    return _section("Truth set (159 records, three sources; bar pair F1 .98)", sets.truthset(data / "resolution"))


def febrl4_section(data: Data) -> str:
    """Two files of synthetic persons, each person once in each."""
    return _section("febrl4 (2 x 5,000 records; bar pair F1 .999)", sets.febrl4(data / "resolution"))


def historical_section(data: Data) -> str:
    """Historical persons with planted errors: clusters of kith and of Splink alone."""
    labelled = sets.historical(data / "resolution")
    started = time.perf_counter()
    splink_clusters = plain_splink.clusters(labelled.files[0])
    cluster_by_record = {f"historical:{record}": cluster for record, cluster in splink_clusters.items()}
    splink_evaluation = evaluate(cluster_by_record, labelled.truth, pairs_max=0)
    wall_s = time.perf_counter() - started
    cells = _evaluation_cells(splink_evaluation.pairs, splink_evaluation.b_cubed)
    splink = f"| plain Splink, {len(plain_splink.RULES)} rules | {cells} | {wall_s:.0f} |"
    return _section("historical_50k (50,578 records of 5,156 persons; bar pair F1 .96, B-cubed .965)", labelled, splink)


LEARNED = "kith, weights by Splink's EM"


def _section(title: str, labelled: sets.LabelledSet, *further_rows: str) -> str:
    head = f"## {title}\n\n| tool | pair P | pair R | **pair F1** | B-cubed P | B-cubed R | **B-cubed F1** | seconds |"
    outcomes = {"kith": resolve_by_commands(labelled), LEARNED: resolve_by_commands(labelled, learns_weights=True)}
    figures_by_tool = {tool: figures for tool, figures in outcomes.items() if isinstance(figures, ResolutionFigures)}
    rows = [
        f"| {tool} | {_measure_cells(figures)} | {sum(step.wall_s for step in figures.steps.values()):.0f} |"
        for tool, figures in figures_by_tool.items()
    ]
    notes = [
        f"{tool}: {figures.records} records in, {figures.records_missing} rejected by the reader and left out; pairs joined "
        f"wrongly {figures.wrongly_joined}, left apart wrongly {figures.wrongly_apart}; "
        f"peak {max(step.memory_mb for step in figures.steps.values()):.0f} MB."
        for tool, figures in figures_by_tool.items()
    ]
    notes += [f"{tool}: {figures}." for tool, figures in outcomes.items() if isinstance(figures, str)]
    return "\n".join([head, "|---|---|---|---|---|---|---|---|", *rows, *further_rows, "", *notes, ""])


def _measure_cells(figures: ResolutionFigures) -> str:
    return " | ".join(
        f"{figures.measures[kind][name]:.4f}" for kind in ("pairs", "b_cubed") for name in ("precision", "recall", "f1")
    )


def _evaluation_cells(*measures: object) -> str:
    return " | ".join(f"{getattr(measure, name):.4f}" for measure in measures for name in ("precision", "recall", "f1"))


def _record(number: int, text: str, kind: PartyKind) -> Record:
    return Record(
        id=f"bench:{number}", dataset="bench", source_class="1", row_id=f"bench#{number}", kind=kind, names=(Name(text=text),)
    )


def _parse_name(analysed: Analysed) -> ParsedName:
    return of_firm(analysed.firms[0]) if analysed.firms else of_person(analysed.persons[0])


def _first_column(file: Path) -> list[str]:
    with file.open(encoding="utf-8", newline="") as lines:
        return [row[0] for row in csv.reader(lines)][1:]


def _csv(rows: Iterable[Sequence[str]]) -> str:
    return "".join(f"{','.join(row)}\n" for row in rows)


SECTIONS: dict[str, Callable[[Data], str]] = {
    "names": names_section,
    "truthset": truthset_section,
    "febrl4": febrl4_section,
    "historical": historical_section,
}


def main(arguments: list[str]) -> str:
    """`resolution [--only PART …] [--data FOLDER]`: the page to keep."""
    parser = argparse.ArgumentParser(prog="python -m bench resolution", description=__doc__)
    parser.add_argument("--only", choices=[*SECTIONS], nargs="+", default=[*SECTIONS])
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("KITH_DATA") or "../shared/data"))
    options = parser.parse_args(arguments)
    only = "" if options.only == [*SECTIONS] else f" --only {' '.join(options.only)}"
    left_out = ", ".join(part for part in SECTIONS if part not in options.only)
    head = f"# Resolution, side by side\n\n{describe_machine()}\n\n`python -m bench resolution{only}`, whole processes, one run."
    absent = f"Not in this run: {left_out}." if left_out else ""
    return "\n\n".join(filter(None, [head, absent, *(SECTIONS[part](options.data) for part in options.only)]))

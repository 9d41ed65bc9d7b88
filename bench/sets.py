"""The labelled sets of persons, read as a user would: by `kith ingest` with the mappings of bench/mappings."""

import csv
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from bench.processes import KITH, measure
from resolution.pipeline import load_matching_inputs
from resolution.records.analysed import Analysed
from store.open import open_store

MAPPINGS = Path(__file__).parent / "mappings"
CLUSTERS = "SELECT unique_id, cluster FROM read_parquet(?)"


@dataclass(frozen=True)
class LabelledSet:
    """Files, the mapping they are read by, and the cluster of each record. mapping: none where they are recognised."""

    files: tuple[Path, ...]
    mapping: str | None
    truth: dict[str, str]


def historical(folder: Path) -> LabelledSet:
    """50,578 records of 5,156 historical persons, with planted errors."""
    file = folder / "historical_50k.parquet"
    return LabelledSet((file,), "historical", _clusters(file, "historical"))


def febrl4(folder: Path) -> LabelledSet:
    """Two files of 5,000 synthetic persons, each person once in each."""
    files = tuple(folder / "febrl4" / f"dataset4{letter}.csv" for letter in "ab")
    ids = [row[0] for file in files for row in csv.reader(file.read_text("utf-8").splitlines()[1:])]
    return LabelledSet(files, "febrl4", {f"febrl4:{letter}": letter.split("-")[1] for letter in ids})


def truthset(folder: Path) -> LabelledSet:
    """159 records of three sources."""
    with (folder / "truthset" / "actual_truthset_key.csv").open(encoding="utf-8", newline="") as lines:
        truth = {f"{row['DATA_SOURCE']}:{row['RECORD_ID']}": row["CLUSTER_ID"] for row in csv.DictReader(lines)}
    return LabelledSet(tuple(sorted((folder / "truthset").glob("*.jsonl"))), None, truth)


def synthetic(file: Path) -> LabelledSet:
    """What tools/make_person_records.py of the shared data made."""
    return LabelledSet((file,), "persons", _clusters(file, "persons"))


def fake_1000(folder: Path) -> LabelledSet:
    """1,000 invented persons of Splink's, much damaged, of two thirds of whom one thing or another is missing."""
    with (folder / "fake_1000" / "truth.csv").open(encoding="utf-8", newline="") as lines:
        truth = {row["record_id"]: row["cluster"] for row in csv.DictReader(lines)}
    return LabelledSet((folder / "fake_1000" / "fake_1000.csv",), "fake", truth)


SETS: dict[str, Callable[[Path], LabelledSet]] = {
    "historical": historical,
    "febrl4": febrl4,
    "truthset": truthset,
    "fake_1000": fake_1000,
}


def ingest_arguments(labelled: LabelledSet) -> tuple[str, ...]:
    """The words `kith ingest` takes."""
    return (*map(str, labelled.files), *(("--mapping", str(MAPPINGS / f"{labelled.mapping}.yaml")) if labelled.mapping else ()))


def records(labelled: LabelledSet) -> list[Analysed]:
    """Every record of the set, taken apart."""
    with tempfile.TemporaryDirectory() as work_folder:
        url = f"sqlite:///{Path(work_folder) / 'kith.db'}"
        environment = {"KITH_STORE": url, "KITH_ID_KEY_FILE": str(Path(work_folder) / "id.key")}
        measure(*KITH, "ingest", *ingest_arguments(labelled), "--rejects", work_folder, "--json", environment=environment)
        store = open_store(url)
        try:
            return load_matching_inputs(store, (), lambda stage, done, total: None)[0]
        finally:
            store.close()


def _clusters(file: Path, dataset: str) -> dict[str, str]:
    rows = duckdb.connect().execute(CLUSTERS, [str(file)]).fetchall()
    return {f"{dataset}:{record}": str(cluster) for record, cluster in rows}

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
class Told:
    """Files, the mapping they are read by, and the cluster of each record. mapping: none where they are recognised."""

    files: tuple[Path, ...]
    mapping: str | None
    truth: dict[str, str]


def historical(folder: Path) -> Told:
    """50,578 records of 5,156 historical persons, with planted errors."""
    file = folder / "historical_50k.parquet"
    return Told((file,), "historical", _clusters(file, "historical"))


def febrl4(folder: Path) -> Told:
    """Two files of 5,000 synthetic persons, each person once in each."""
    files = tuple(folder / "febrl4" / f"dataset4{one}.csv" for one in "ab")
    ids = [row[0] for file in files for row in csv.reader(file.read_text("utf-8").splitlines()[1:])]
    return Told(files, "febrl4", {f"febrl4:{one}": one.split("-")[1] for one in ids})


def truthset(folder: Path) -> Told:
    """159 records of three sources."""
    with (folder / "truthset" / "actual_truthset_key.csv").open(encoding="utf-8", newline="") as lines:
        truth = {f"{row['DATA_SOURCE']}:{row['RECORD_ID']}": row["CLUSTER_ID"] for row in csv.DictReader(lines)}
    return Told(tuple(sorted((folder / "truthset").glob("*.jsonl"))), None, truth)


def synthetic(file: Path) -> Told:
    """What tools/make_person_records.py of the shared data made."""
    return Told((file,), "persons", _clusters(file, "persons"))


SETS: dict[str, Callable[[Path], Told]] = {"historical": historical, "febrl4": febrl4, "truthset": truthset}


def mapped(told: Told) -> tuple[str, ...]:
    """The words `kith ingest` takes."""
    return (*map(str, told.files), *(("--mapping", str(MAPPINGS / f"{told.mapping}.yaml")) if told.mapping else ()))


def records(told: Told) -> list[Analysed]:
    """Every record of the set, taken apart."""
    with tempfile.TemporaryDirectory() as place:
        url = f"sqlite:///{Path(place) / 'kith.db'}"
        environment = {"KITH_STORE": url, "KITH_ID_KEY_FILE": str(Path(place) / "id.key")}
        measure(*KITH, "ingest", *mapped(told), "--rejects", place, "--json", environment=environment)
        store = open_store(url)
        try:
            return load_matching_inputs(store, (), lambda stage, done, total: None)[0]
        finally:
            store.close()


def _clusters(file: Path, dataset: str) -> dict[str, str]:
    rows = duckdb.connect().execute(CLUSTERS, [str(file)]).fetchall()
    return {f"{dataset}:{record}": str(cluster) for record, cluster in rows}

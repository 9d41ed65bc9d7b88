"""How well the entities agree with a truth: pair and B-cubed measures, and the pairs that are wrong."""

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, islice
from math import comb
from pathlib import Path

from pydantic import Field

from ontology.base import ImmutableModel
from ontology.errors import NothingToDo, SourceUnreadable, TruthUnreadable
from ontology.files import read_whole
from ontology.personal_ids import mask
from store.port import Store

Clusters = Mapping[str, str]
"""Which cluster each record is in, by record id."""
KEY_OF_A_TRUTH_SET = ("DATA_SOURCE", "RECORD_ID", "CLUSTER_ID")  # Columns of the key beside JSON lines of that form.


class Measure(ImmutableModel):
    """Precision, recall and their harmonic mean, 0..1."""

    precision: float
    recall: float
    f1: float


class WrongPair(ImmutableModel):
    """Two records that were judged wrongly."""

    left_id: str
    right_id: str
    problem: str = Field(description="`joined` though they are two parties, or `apart` though they are one.")


class Evaluation(ImmutableModel):
    """Agreement of entities with a truth."""

    records: int = Field(description="Records of the truth that the store holds.")
    missing: int = Field(description="Records of the truth that the store does not hold; they are left out.")
    pairs: Measure
    b_cubed: Measure
    pairs_joined: int = Field(description="Pairs that the store joins; of none of them a precision says nothing.")
    pairs_true: int = Field(description="Pairs that the truth joins; of none of them a recall says nothing.")
    joined_wrongly: int = Field(description="Pairs.")
    apart_wrongly: int = Field(description="Pairs.")
    wrong_pairs: tuple[WrongPair, ...]


def evaluate_store(store: Store, truth: Path, *, pairs_max: int = 50, record_name: Callable[[str], str] = mask) -> Evaluation:
    """Compare the store's entities with a truth file. Raises TruthUnreadable, NothingToDo.

    record_name: a record named with a resident id in clear, as the store keeps it.
    """
    members = store.columns("entities/members")
    if not members["record_id"]:
        raise NothingToDo(needs="entities", remedy="Run `kith resolve` first.")
    found = dict(zip(members["record_id"], members["entity_id"], strict=True))
    return evaluate(
        found, compared({record_name(one): cluster for one, cluster in read_truth(truth).items()}, found), pairs_max=pairs_max
    )


def compared(truth: Clusters, found: Clusters) -> dict[str, str]:
    """The truth by whole record ids. Raises NothingToDo where it names no record of the store."""
    told = whole_ids(truth, found)
    if not told.keys() & found.keys():
        example = {"truth_has": next(iter(told), None), "store_has": next(iter(found), None)}
        raise NothingToDo(
            problem=f"none of the {len(told)} records of the truth is in the store: nothing was compared",
            **example,
            remedy="Write record_id as `kith entities` shows it: <dataset>:<key>.",
        )
    return told


def whole_ids(truth: Clusters, found: Clusters) -> dict[str, str]:
    """The truth by whole record ids: one told without its dataset is completed where only one dataset has such a record.

    >>> whole_ids({"1001": "x", "b:7": "y"}, {"a:1001": "K-1", "b:7": "K-2", "c:7": "K-3"})
    {'a:1001': 'x', 'b:7': 'y'}
    """
    bearers: dict[str, list[str]] = defaultdict(list)
    for record in found:
        bearers[record.partition(":")[2]].append(record)
    return {_whole(record, found, bearers.get(record, ())): cluster for record, cluster in truth.items()}


def _whole(record: str, found: Clusters, bearers: Sequence[str]) -> str:
    return bearers[0] if record not in found and len(bearers) == 1 else record


def read_truth(file: Path) -> dict[str, str]:
    """Columns record_id and cluster of a CSV file, or those of a truth set's key. Raises TruthUnreadable with file and row."""
    remedy = f"A CSV file in UTF-8 with the columns record_id and cluster, or {', '.join(KEY_OF_A_TRUTH_SET)}."
    try:
        with io.StringIO(read_whole(file).decode("utf-8-sig"), newline="") as lines:
            reader = csv.DictReader(lines)
            columns = set(reader.fieldnames or ())
            if not {"record_id", "cluster"} <= columns and not columns.issuperset(KEY_OF_A_TRUTH_SET):
                raise TruthUnreadable(file=file.name, columns=", ".join(reader.fieldnames or ()) or "none", remedy=remedy)
            return _clusters(reader, file.name)
    except SourceUnreadable as cause:
        raise TruthUnreadable(file=file.name, problem=cause.facts.get("problem"), remedy=remedy) from cause
    except (UnicodeDecodeError, csv.Error) as cause:
        raise TruthUnreadable(file=file.name, problem=type(cause).__name__, remedy=remedy) from cause


def evaluate(found: Clusters, truth: Clusters, *, pairs_max: int = 50) -> Evaluation:
    """Measures over the records both know.

    Source: Bagga and Baldwin 1998, Entity-Based Cross-Document Coreferencing Using the Vector Space Model (B-cubed).

    >>> evaluate({"a": "1", "b": "1", "c": "2"}, {"a": "x", "b": "x", "c": "x"}).pairs.recall
    0.3333333333333333
    """
    known = [record for record in truth if record in found]
    both = Counter((found[record], truth[record]) for record in known)
    ours, theirs = Counter(found[record] for record in known), Counter(truth[record] for record in known)
    right, joined, real = _pairs(both), _pairs(ours), _pairs(theirs)
    precision = sum(n * n / ours[entity] for (entity, _), n in both.items()) / max(len(known), 1)
    recall = sum(n * n / theirs[cluster] for (_, cluster), n in both.items()) / max(len(known), 1)
    wrong = sorted(islice(_wrong(known, found, truth), pairs_max), key=lambda pair: (pair.problem, pair.left_id, pair.right_id))
    return Evaluation(
        records=len(known),
        missing=len(truth) - len(known),
        pairs=measure(right / joined if joined else 1.0, right / real if real else 1.0),
        b_cubed=measure(precision, recall),
        pairs_joined=joined,
        pairs_true=real,
        joined_wrongly=joined - right,
        apart_wrongly=real - right,
        wrong_pairs=tuple(wrong),
    )


def _clusters(reader: "csv.DictReader[str]", file: str) -> dict[str, str]:
    held: dict[str, str] = {}
    for row in reader:
        record, cluster = _of_key(row) if "record_id" not in row else (row["record_id"], row["cluster"])
        if not record or not cluster or held.setdefault(record, cluster) != cluster:
            problem = "a second cluster for one record" if record in held else "an empty field"
            raise TruthUnreadable(file=file, row=reader.line_num, problem=problem)
    return held


def _of_key(row: dict[str, str]) -> tuple[str, str]:
    """Record and cluster of a row of a truth set's key, whose records are named by source and number."""
    source, number, cluster = (row[name] for name in KEY_OF_A_TRUTH_SET)
    return f"{source}:{number}" if source and number else "", cluster


def _pairs(sizes: "Counter[str] | Counter[tuple[str, str]]") -> int:
    return sum(comb(size, 2) for size in sizes.values())


def measure(precision: float, recall: float) -> Measure:
    """Both with their harmonic mean; 0 where both are 0."""
    total = precision + recall
    return Measure(precision=precision, recall=recall, f1=2 * precision * recall / total if total else 0.0)


def _wrong(known: Iterable[str], found: Clusters, truth: Clusters) -> Iterator[WrongPair]:
    """Wrong pairs, joined ones first; each kind in the order of its groups."""
    records = sorted(known)
    yield from _split(records, found, truth, "joined")
    yield from _split(records, truth, found, "apart")


def _split(records: Iterable[str], within: Clusters, by: Clusters, problem: str) -> Iterator[WrongPair]:
    """Pairs of one group of `within` that `by` tells apart."""
    groups: dict[str, list[str]] = defaultdict(list)
    for record in records:
        groups[within[record]].append(record)
    for group in groups.values():
        for left, right in combinations(group, 2):
            if by[left] != by[right]:
                yield WrongPair(left_id=left, right_id=right, problem=problem)

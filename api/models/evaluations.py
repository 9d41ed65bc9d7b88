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
    entity_by_record = dict(zip(members["record_id"], members["entity_id"], strict=True))
    return evaluate(
        entity_by_record,
        truth_by_record_id({record_name(record): cluster for record, cluster in read_truth(truth).items()}, entity_by_record),
        pairs_max=pairs_max,
    )


def truth_by_record_id(truth: Clusters, entity_by_record: Clusters) -> dict[str, str]:
    """Cluster of the truth by whole record id. Raises NothingToDo where it names no record of the store."""
    by_whole_id = whole_ids(truth, entity_by_record)
    if not by_whole_id.keys() & entity_by_record.keys():
        example = {"truth_has": next(iter(by_whole_id), None), "store_has": next(iter(entity_by_record), None)}
        raise NothingToDo(
            problem=f"none of the {len(by_whole_id)} records of the truth is in the store: nothing was compared",
            **example,
            remedy="Write record_id as `kith entities` shows it: <dataset>:<key>.",
        )
    return by_whole_id


def whole_ids(truth: Clusters, entity_by_record: Clusters) -> dict[str, str]:
    """Cluster by whole record id: an id without its dataset is completed where only one dataset has such a record.

    >>> whole_ids({"1001": "x", "b:7": "y"}, {"a:1001": "K-1", "b:7": "K-2", "c:7": "K-3"})
    {'a:1001': 'x', 'b:7': 'y'}
    """
    bearers: dict[str, list[str]] = defaultdict(list)
    for record in entity_by_record:
        bearers[record.partition(":")[2]].append(record)
    return {_whole(record, entity_by_record, bearers.get(record, ())): cluster for record, cluster in truth.items()}


def _whole(record: str, entity_by_record: Clusters, bearers: Sequence[str]) -> str:
    return bearers[0] if record not in entity_by_record and len(bearers) == 1 else record


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


def evaluate(entity_by_record: Clusters, truth: Clusters, *, pairs_max: int = 50) -> Evaluation:
    """Measures over the records both know.

    Source: Bagga and Baldwin 1998, Entity-Based Cross-Document Coreferencing Using the Vector Space Model (B-cubed).

    >>> evaluate({"a": "1", "b": "1", "c": "2"}, {"a": "x", "b": "x", "c": "x"}).pairs.recall
    0.3333333333333333
    """
    shared_records = [record for record in truth if record in entity_by_record]
    sizes_of_both = Counter((entity_by_record[record], truth[record]) for record in shared_records)
    entity_sizes, cluster_sizes = (
        Counter(entity_by_record[record] for record in shared_records),
        Counter(truth[record] for record in shared_records),
    )
    right_pairs, joined_pairs, true_pairs = _pairs(sizes_of_both), _pairs(entity_sizes), _pairs(cluster_sizes)
    precision = sum(n * n / entity_sizes[entity] for (entity, _), n in sizes_of_both.items()) / max(len(shared_records), 1)
    recall = sum(n * n / cluster_sizes[cluster] for (_, cluster), n in sizes_of_both.items()) / max(len(shared_records), 1)
    wrong = sorted(
        islice(_wrong(shared_records, entity_by_record, truth), pairs_max),
        key=lambda pair: (pair.problem, pair.left_id, pair.right_id),
    )
    return Evaluation(
        records=len(shared_records),
        missing=len(truth) - len(shared_records),
        pairs=measure(right_pairs / joined_pairs if joined_pairs else 1.0, right_pairs / true_pairs if true_pairs else 1.0),
        b_cubed=measure(precision, recall),
        pairs_joined=joined_pairs,
        pairs_true=true_pairs,
        joined_wrongly=joined_pairs - right_pairs,
        apart_wrongly=true_pairs - right_pairs,
        wrong_pairs=tuple(wrong),
    )


def _clusters(reader: "csv.DictReader[str]", file: str) -> dict[str, str]:
    cluster_by_record: dict[str, str] = {}
    for row in reader:
        record, cluster = _of_key(row) if "record_id" not in row else (row["record_id"], row["cluster"])
        if not record or not cluster or cluster_by_record.setdefault(record, cluster) != cluster:
            problem = "a second cluster for one record" if record in cluster_by_record else "an empty field"
            raise TruthUnreadable(file=file, row=reader.line_num, problem=problem)
    return cluster_by_record


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


def _wrong(shared_records: Iterable[str], entity_by_record: Clusters, truth: Clusters) -> Iterator[WrongPair]:
    """Wrong pairs, joined ones first; each kind in the order of its groups."""
    records = sorted(shared_records)
    yield from _split(records, entity_by_record, truth, "joined")
    yield from _split(records, truth, entity_by_record, "apart")


def _split(records: Iterable[str], within: Clusters, by: Clusters, problem: str) -> Iterator[WrongPair]:
    """Pairs of one group of `within` that `by` tells apart."""
    groups: dict[str, list[str]] = defaultdict(list)
    for record in records:
        groups[within[record]].append(record)
    for group in groups.values():
        for left, right in combinations(group, 2):
            if by[left] != by[right]:
                yield WrongPair(left_id=left, right_id=right, problem=problem)

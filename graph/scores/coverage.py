"""Counts the independent sources, and the classes of sources, that state something about each node."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.network.copies import copied_datasets
from graph.network.encoding import places, translated
from graph.network.network import Network


@dataclass(frozen=True)
class Coverage:
    """Per node: number of sources, and of classes of source, that describe it or state a tie, listing, recognition or dealing.

    A dataset is a source, unless all its files are another's under a second name: `copies` leads to that other.
    """

    sources: NDArray[np.int64]
    classes: NDArray[np.int64]
    copies: dict[str, str]


@dataclass(frozen=True)
class _Statements:
    """Statements about parties (places, -1 for unknown ones): number of the dataset in `names`, and class of the source."""

    place: NDArray[np.integer]
    dataset: NDArray[np.integer]
    class_: NDArray[np.integer]


def count_sources(network: Network) -> Coverage:
    """Count sources per node."""
    copies = copied_datasets(network.facts.files)
    numbers: dict[str, int] = {}
    statements = [_records(network, numbers), *_statements(network, numbers)]
    place, dataset, class_ = (
        np.concatenate([getattr(part, name) for part in statements]) for name in ("place", "dataset", "class_")
    )
    if copies:
        original, first_class = _originals(network, numbers, copies)
        class_ = np.where(first_class[dataset] >= 0, first_class[dataset], class_)
        dataset = original[dataset]
    of_parties = place >= 0
    node = network.nodes[place[of_parties]]
    return Coverage(_distinct(node, dataset[of_parties], len(network)), _distinct(node, class_[of_parties], len(network)), copies)


def _originals(
    network: Network, numbers: Mapping[str, int], copies: Mapping[str, str]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """By number of a dataset that of the one it is a copy of, and the class of that: a second mapping makes no second class.

    Both are its own number and -1 where it is no copy.
    """
    dataset_classes = sorted(
        zip(network.facts.datasets["dataset"], network.facts.datasets["source_class"], strict=True), reverse=True
    )
    first = {dataset: int(class_) for dataset, class_ in dataset_classes}
    all_numbers = dict(numbers)
    original = [all_numbers.setdefault(copies.get(name, name), len(all_numbers)) for name in numbers]
    return np.array(original, np.int64), np.array([first.get(copies.get(name, ""), -1) for name in numbers], np.int64)


def _distinct(node: NDArray[np.integer], codes: NDArray[np.integer], count: int) -> NDArray[np.int64]:
    """How many different ones each node has; there are few kinds, so a table of all is small."""
    present = np.zeros((count, int(codes.max(initial=0)) + 1), np.bool_)
    present[node, codes] = True
    counts: NDArray[np.int64] = np.count_nonzero(present, axis=1)
    return counts


def _statements(network: Network, numbers: dict[str, int]) -> Iterator[_Statements]:
    facts = network.facts
    two_ended = ((facts.links, ("source_id", "target_id")), (facts.experiences, ("reporter_id", "subject_id")))
    for columns, ends in (*two_ended, (facts.listings, ("entity_id",)), (facts.recognitions, ("entity_id",))):
        dataset = translated(columns["dataset"], lambda name: numbers.setdefault(name or "", len(numbers)), np.int64)
        class_ = translated(columns["source_class"], lambda text: int(text or 0), np.int64)
        for end in ends:
            yield _Statements(places(columns[end], network.parties), dataset, class_)


def _records(network: Network, numbers: dict[str, int]) -> _Statements:
    classes: dict[str, list[str]] = {}
    for name, class_ in zip(network.facts.datasets["dataset"], network.facts.datasets["source_class"], strict=True):
        classes.setdefault(name, []).append(class_)
    rows = [
        (party, numbers.setdefault(name, len(numbers)), int(class_))
        for party, document in enumerate(network.parties.documents)
        for name in document.get("sources") or ()
        for class_ in classes.get(name, ())
    ]
    return _Statements(*np.array(rows, np.int64).reshape(-1, 3).T)

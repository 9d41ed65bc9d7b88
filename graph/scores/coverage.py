"""Counts the independent sources, and the classes of sources, that state something about each node."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from graph.network.copies import copied_datasets
from graph.network.links import numbered, places
from graph.network.network import Network


@dataclass(frozen=True)
class Coverage:
    """Per node: number of sources, and of classes of source, that describe it or state a tie, listing, recognition or dealing.

    A dataset is a source, unless all its files are another's under a second name: `copies` leads to that other.
    """

    sources: NDArray[np.int64]
    classes: NDArray[np.int64]
    copies: dict[str, str]


def count_sources(network: Network) -> Coverage:
    """Count sources per node."""
    statements = _statements(network)
    place = np.concatenate([places for places, _, _ in statements])
    copies = copied_datasets(network.facts.files)
    names = list(chain.from_iterable(names for _, names, _ in statements))
    dataset = numbered([copies.get(name, name) for name in names])
    classes = np.concatenate([class_ for _, _, class_ in statements])
    if copies:
        classes = _original_classes(network, names, classes, copies)
    of_parties = place >= 0
    node = network.nodes[place[of_parties]]
    return Coverage(
        _distinct(node, dataset[of_parties], len(network)), _distinct(node, classes[of_parties], len(network)), copies
    )


def _original_classes(
    network: Network, names: list[str], classes: NDArray[np.int64], copies: dict[str, str]
) -> NDArray[np.int64]:
    """Classes of statements, those of a copy by the dataset it is a copy of: a second mapping makes no second class."""
    dataset_classes = sorted(
        zip(network.facts.datasets["dataset"], network.facts.datasets["source_class"], strict=True), reverse=True
    )
    first = {dataset: int(class_) for dataset, class_ in dataset_classes}
    original_classes = [first.get(copies.get(name, ""), class_) for name, class_ in zip(names, classes.tolist(), strict=True)]
    return np.array(original_classes, np.int64)


def _distinct(node: NDArray[np.integer], codes: NDArray[np.integer], count: int) -> NDArray[np.int64]:
    """How many different ones each node has; there are few kinds, so a table of all is small."""
    present = np.zeros((count, int(codes.max(initial=0)) + 1), np.bool_)
    present[node, codes] = True
    counts: NDArray[np.int64] = np.count_nonzero(present, axis=1)
    return counts


def _statements(network: Network) -> list[tuple[NDArray[np.integer], Sequence[str], NDArray[np.int64]]]:
    """Places of parties, -1 for unknown ones, with the dataset and class of each statement about them."""
    facts = network.facts
    statements: list[tuple[NDArray[np.integer], Sequence[str], NDArray[np.int64]]] = [_records(network)]
    two_ended = ((facts.links, ("source_id", "target_id")), (facts.experiences, ("reporter_id", "subject_id")))
    for columns, ends in (*two_ended, (facts.listings, ("entity_id",)), (facts.recognitions, ("entity_id",))):
        class_ = np.fromiter(map(int, columns["source_class"]), np.int64)
        for end in ends:
            statements.append((places(columns[end], network.parties), columns["dataset"], class_))
    return statements


def _records(network: Network) -> tuple[NDArray[np.integer], list[str], NDArray[np.int64]]:
    classes: dict[str, list[str]] = {}
    for name, class_ in zip(network.facts.datasets["dataset"], network.facts.datasets["source_class"], strict=True):
        classes.setdefault(name, []).append(class_)
    rows = [
        (party, name, int(class_))
        for party, document in enumerate(network.parties.documents)
        for name in document.get("sources") or ()
        for class_ in classes.get(name, ())
    ]
    place, names, class_ = zip(*rows, strict=True) if rows else ((), (), ())
    return np.array(place, np.int64), list(names), np.array(class_, np.int64)

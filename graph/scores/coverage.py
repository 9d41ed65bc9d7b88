"""How many independent sources, of how many classes, speak about each node."""

from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from graph.network.copies import copied_datasets
from graph.network.links import numbered, places
from graph.network.network import Network


@dataclass(frozen=True)
class Covered:
    """Per node: number of sources, and of classes of source, that describe it or tell a tie, listing, mark or dealing of it.

    A dataset is a source, unless all its files are another's under a second name: `copies` leads to that other.
    """

    sources: NDArray[np.int64]
    classes: NDArray[np.int64]
    copies: dict[str, str]


def coverage(network: Network) -> Covered:
    """Count sources per node."""
    told = _told(network)
    place = np.concatenate([one for one, _, _ in told])
    copies = copied_datasets(network.facts.files)
    names = list(chain.from_iterable(names for _, names, _ in told))
    dataset = numbered([copies.get(name, name) for name in names])
    classes = np.concatenate([class_ for _, _, class_ in told])
    if copies:
        classes = _own_classes(network, names, classes, copies)
    known = place >= 0
    node = network.nodes[place[known]]
    return Covered(_distinct(node, dataset[known], len(network)), _distinct(node, classes[known], len(network)), copies)


def _own_classes(network: Network, names: list[str], classes: NDArray[np.int64], copies: dict[str, str]) -> NDArray[np.int64]:
    """Classes of statements, those of a copy by the dataset it is a copy of: a second mapping makes no second class."""
    told = sorted(zip(network.facts.datasets["dataset"], network.facts.datasets["source_class"], strict=True), reverse=True)
    first = {dataset: int(class_) for dataset, class_ in told}
    own = [first.get(copies.get(name, ""), class_) for name, class_ in zip(names, classes.tolist(), strict=True)]
    return np.array(own, np.int64)


def _distinct(node: NDArray[np.integer], what: NDArray[np.integer], count: int) -> NDArray[np.int64]:
    """How many different ones each node has; there are few kinds, so a table of all is small."""
    seen = np.zeros((count, int(what.max(initial=0)) + 1), np.bool_)
    seen[node, what] = True
    found: NDArray[np.int64] = np.count_nonzero(seen, axis=1)
    return found


def _told(network: Network) -> list[tuple[NDArray[np.integer], list[str], NDArray[np.int64]]]:
    """Places of parties, -1 for unknown ones, with the dataset and class of each statement about them."""
    facts = network.facts
    told = [_records(network)]
    ways = ((facts.links, ("source_id", "target_id")), (facts.experiences, ("reporter_id", "subject_id")))
    for columns, ends in (*ways, (facts.listings, ("entity_id",)), (facts.recognitions, ("entity_id",))):
        class_ = np.fromiter(map(int, columns["source_class"]), np.int64)
        for end in ends:
            told.append((places(columns[end], network.parties), columns["dataset"], class_))
    return told


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

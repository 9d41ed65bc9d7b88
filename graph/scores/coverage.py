"""How many independent sources, of how many classes, speak about each node."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.network.links import numbered
from graph.network.network import Network


@dataclass(frozen=True)
class Covered:
    """Per node: number of datasets, and of classes of source, that describe it or tell a tie, listing, mark or dealing of it."""

    sources: NDArray[np.int64]
    classes: NDArray[np.int64]


def coverage(network: Network) -> Covered:
    """Count sources per node."""
    told = _told(network)
    node = network.nodes[np.concatenate([place for place, _, _ in told])]
    dataset = numbered([one for _, names, _ in told for one in names])
    classes = np.concatenate([class_ for _, _, class_ in told])
    return Covered(_distinct(node, dataset, len(network)), _distinct(node, classes, len(network)))


def _distinct(node: NDArray[np.integer], what: NDArray[np.integer], count: int) -> NDArray[np.int64]:
    span = int(what.max(initial=0)) + 1
    pairs = np.unique(node.astype(np.int64) * span + what)
    return np.bincount(pairs // span, minlength=count)


def _told(network: Network) -> list[tuple[NDArray[np.int64], list[str], NDArray[np.int64]]]:
    """Places of parties with the dataset and class of each statement about them."""
    facts, index = network.facts, network.parties.index
    told = [_records(network)]
    ways = ((facts.links, ("source_id", "target_id")), (facts.experiences, ("reporter_id", "subject_id")))
    for columns, ends in (*ways, (facts.listings, ("entity_id",)), (facts.recognitions, ("entity_id",))):
        class_ = np.fromiter(map(int, columns["source_class"]), np.int64)
        for end in ends:
            place = np.fromiter((index.get(one, -1) for one in columns[end]), np.int64)
            known = place >= 0
            told.append((place[known], [name for name, yes in zip(columns["dataset"], known, strict=True) if yes], class_[known]))
    return told


def _records(network: Network) -> tuple[NDArray[np.int64], list[str], NDArray[np.int64]]:
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

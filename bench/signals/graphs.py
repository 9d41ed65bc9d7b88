"""The trade graphs of tools/make_trade_graph.py as operators: a buyer takes on 0.7 of its sellers, by volume."""

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from graph.network.edges import plain_edges
from graph.network.links import Real, Whole
from graph.signals.operator import Operator

KEEP = 0.7
LISTED_SHARE = 0.01
SEED = 1


@dataclass
class Graph:
    """`sender` sold `volume` to `receiver`; a hundredth of the nodes is listed, with strength 0.5 or 1."""

    sender: Whole
    receiver: Whole
    volume: Real
    nodes: int

    @property
    def seeds(self) -> Real:
        """Strength of the listings at each node."""
        rng, count = np.random.default_rng(SEED), max(1, int(self.nodes * LISTED_SHARE))
        strengths = np.zeros(self.nodes)
        strengths[rng.choice(self.nodes, count, replace=False)] = rng.choice([0.5, 1.0], count)
        return strengths

    def forget(self) -> None:
        """Give back the columns: an operator has its own."""
        self.sender, self.receiver, self.volume = self.sender[:0].copy(), self.receiver[:0].copy(), self.volume[:0].copy()

    def operator(self, keep: float = KEEP) -> Operator:
        """The operator with every receiver's column scaled to `keep`: `keep * volume / all its volume`."""
        bought = np.bincount(self.receiver, self.volume, self.nodes)
        edges = plain_edges(self.receiver, self.sender, self.volume, count=self.nodes)
        return Operator(replace(edges, scale=keep / np.maximum(bought, 1e-300)))

    def transposed(self, keep: float = KEEP) -> Operator:
        """The transpose of the operator: who receives now sends."""
        bought = np.bincount(self.receiver, self.volume, self.nodes)
        value = keep * self.volume / np.maximum(bought, 1e-300)[self.receiver]
        return Operator(plain_edges(self.sender, self.receiver, value, count=self.nodes))


def read(file: Path) -> Graph:
    """A graph as the tool wrote it."""
    with np.load(file) as arrays:
        return Graph(arrays["src"], arrays["dst"], arrays["w"].astype(np.float64), int(arrays["n"]))


def file_of(nodes: int, folder: Path | None) -> Path:
    """The graph of so many nodes and five times the edges; made by the tool where the folder does not hold it yet."""
    graph_folder = folder or Path(tempfile.gettempdir()) / "kith-bench-graphs"
    graph_folder.mkdir(parents=True, exist_ok=True)
    file = graph_folder / f"trade_{nodes}.npz"
    if not file.exists():
        tool = Path(os.environ.get("KITH_DATA") or "../shared/data").parent / "tools" / "make_trade_graph.py"
        subprocess.run([sys.executable, str(tool), str(nodes), str(5 * nodes), str(file)], check=True, stdout=subprocess.DEVNULL)
    return file

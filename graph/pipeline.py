"""From entities and statements to ties, signals and scores; and the questions asked of them afterwards."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from time import perf_counter

import numpy as np

from graph.network.keeping import hub_rows, tie_rows
from graph.network.network import Network, load
from graph.scores.scoring import Scoring
from graph.signals.signals import Signals
from ontology.errors import NothingToDo
from ontology.rulebook import Rulebook
from ontology.score import Score
from ontology.signal import Signal
from store.port import Row, Store
from store.rows import to_rows

Progress = Callable[[str], None]
"""Hears what is being done, in a few words."""


@dataclass
class Propagated:
    """What one run came to. `seconds` by step, in order."""

    as_of: date
    rulebook: str
    parties: int = 0
    ties: int = 0
    hubs: int = 0
    signals: int = 0
    scores: int = 0
    listed: int = 0
    by_association: int = 0
    judged_early: bool = False
    seconds: dict[str, float] = field(default_factory=dict)

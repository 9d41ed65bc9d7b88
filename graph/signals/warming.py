"""Loads what looks at parties need and a command does without: a server does it once, so that no request waits for it."""

import numpy as np

from graph.signals.signals import Signals


def warm_up(signals: Signals) -> None:
    """Load numba, and the loops that tell what listed parties bring to another, over arrays like those of every look."""
    import numba  # noqa: F401 - once it is loaded, every loop runs as machine code

    for risk in signals.risks.values():
        exposed = np.flatnonzero(risk.exposure)
        if len(exposed):
            risk.contributions(int(exposed[0]))

"""How far a long step is: a line of text for whoever watches, with its figures."""

from collections.abc import Callable

ReportProgress = Callable[[str], None]
"""Hears one line for people at each step, most often a `ProgressLine`."""


class ProgressLine(str):
    """A line for people that keeps its figures: the stage in words, how much of it is done, and of how much (0: not known)."""

    __slots__ = ("done", "stage", "total")
    stage: str
    done: int
    total: int

    def __new__(cls, stage: str, done: int = 0, total: int = 0, *, unit: str = "") -> "ProgressLine":
        """Its text is `Stage: 3 of 10`, `Stage: 3 rows`, or the stage alone.

        >>> ProgressLine("Compare", 3, 10), ProgressLine("Reading a.csv", 3, unit=" rows"), ProgressLine("Load")
        ('Compare: 3 of 10', 'Reading a.csv: 3 rows', 'Load')
        """
        figures = f": {done} of {total}{unit}" if total else f": {done}{unit}" if unit else ""
        line = super().__new__(cls, f"{stage}{figures}")
        line.stage, line.done, line.total = stage, done, total
        return line


def no_progress(_: str) -> None:
    """Nobody watches."""

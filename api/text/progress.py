"""How far a long step is: a line of text for whoever watches."""

from collections.abc import Callable

ReportProgress = Callable[[str], None]
"""Hears one line for people at each step."""


def no_progress(_: str) -> None:
    """Nobody watches."""

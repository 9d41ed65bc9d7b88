"""Levels of the log."""

from typing import Literal

Level = Literal["debug", "info", "warning", "error"]

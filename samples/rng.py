"""Chance that is the same on every machine: one stream a purpose, so that no file's draws disturb another's."""

from random import Random


def seeded_rng(seed: int, purpose: str) -> Random:
    """The stream of a seed for one purpose."""
    return Random(f"{seed}/{purpose}")  # noqa: S311 A sample hides nothing.

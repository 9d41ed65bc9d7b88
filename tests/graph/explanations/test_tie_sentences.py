"""Whoever adds a tie that carries a signal adds its sentences: without them no path over it could be told."""

from importlib.resources import files
from typing import Any

import pytest
import yaml

from ontology.rulebook import default_rulebook

BOOK = default_rulebook()
CARRYING = sorted({tie.kind for profile in BOOK.profiles.values() for tie in profile.ties})
SENTENCES: dict[str, Any] = yaml.safe_load(files("graph.explanations").joinpath("sentences.yaml").read_text("utf-8"))["hop"]


@pytest.mark.parametrize("kind", CARRYING)
def test_a_tie_that_carries_is_told_both_ways_in_both_languages(kind: str) -> None:
    assert kind in BOOK.ties
    for way in ("to_target", "to_source"):
        assert SENTENCES[kind][way].keys() == {"en", "zh"}

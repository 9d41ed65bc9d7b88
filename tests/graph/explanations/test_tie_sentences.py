"""Whoever adds a tie that carries a signal adds its sentences: without them no path over it could be told."""

from importlib.resources import files
from typing import Any

import pytest
import yaml

from graph.explanations import wording
from graph.explanations.explanation import explain
from ontology.rulebook import default_rulebook
from tests.graph.world import World

BOOK = default_rulebook()
CARRYING = sorted({tie.kind for profile in BOOK.profiles.values() for tie in profile.ties})
SENTENCES: dict[str, Any] = yaml.safe_load(files("graph.explanations").joinpath("sentences.yaml").read_text("utf-8"))["hop"]


@pytest.mark.parametrize("kind", CARRYING)
def test_a_tie_that_carries_is_told_both_ways_in_both_languages(kind: str) -> None:
    assert kind in BOOK.ties
    assert kind in SENTENCES, f"graph/explanations/sentences.yaml, hop: has no sentence for {kind}"
    for way in ("to_target", "to_source"):
        assert SENTENCES[kind][way].keys() == {"en", "zh"}


def test_a_tie_of_an_operators_own_rulebook_is_told_by_its_label(monkeypatch: pytest.MonkeyPatch) -> None:
    templates = {**wording._templates(), "hop": {}}
    monkeypatch.setattr(wording, "_templates", lambda: templates)
    wording._template.cache_clear()
    world = World()
    world.link("CONTROLS", "Listed", "Near", began_on="2025-01-02")
    world.listed("Listed")
    sentences = {language: explain(world.scoring(), "Near", language=language).paths[0].sentence for language in ("en", "zh")}
    wording._template.cache_clear()
    assert sentences["en"].endswith(" controls it.")
    assert "控制" in sentences["zh"]

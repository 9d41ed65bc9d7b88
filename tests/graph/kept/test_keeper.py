"""A kept network answers as the one it was made of; what is kept of another state is never opened."""

import os
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.explanations.explanation import explain
from graph.explanations.owners import owners
from graph.explanations.rankings import PartyFilter, reliable, risky
from graph.explanations.routes import Routes
from graph.explanations.sentences import Sentences
from graph.kept.columns import Figures, Texts, numbers_by_text_from, numbers_by_text_to_arrays, texts_to_arrays
from graph.kept.keeper import forget_networks, keep_network, open_network
from graph.network.stored_ties import ties_around
from graph.scores.scoring import Scoring
from graph.signals import compiled, kernel
from ontology.consent import Consent, Permission
from ontology.rulebook import default_rulebook
from tests.graph.signals.worlds import worlds
from tests.graph.world import TODAY, World

STAMP = {"state": "s1"}


def kept_copy(scoring: Scoring, folder: Path, stamp: dict[str, str] = STAMP) -> Scoring:
    assert keep_network([folder], scoring, stamp)
    opened = open_network([folder], stamp, rulebook=default_rulebook(), as_of=scoring.network.as_of, seeds=scoring.signals.seeds)
    assert opened is not None
    return opened


def answers(scoring: Scoring, id_: str) -> list[object]:
    consent = Consent.model_validate(CONSENT)
    routes = Routes(Sentences(scoring, "zh"))
    return [
        *(explain(scoring, id_, language=language) for language in ("en", "zh")),
        explain(scoring, id_, permission=Permission(consent=consent)),
        owners(scoring, id_),
        routes.to_listed(id_),
        routes.between(id_, scoring.network.parties.ids[0]),
        ties_around(scoring.network, scoring.review_reasons.successions, [id_]),
    ]


CONSENT = {
    "id": "C-000001",
    "recipient": "bank",
    "purpose": "loan",
    "data_classes": ("loans", "bills", "contracts", "payments", "guarantees", "assets"),
    "release_ids": ("release",),
    "given_on": date(2026, 1, 1),
    "expires_on": date(2027, 1, 1),
    "evidence": "signed",
    "legal_basis": "law",
    "assessment": "A-1",
    "recorded_by": "clerk",
    "recorded_at": "2026-01-01T00:00:00+00:00",
}


@settings(max_examples=60)
@given(world=worlds(), days=st.sampled_from([0, -400, 900]))
def test_every_answer_of_a_kept_network_is_that_of_the_derived_one(
    world: World, days: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    scoring = world.scoring(TODAY + timedelta(days))
    kept = kept_copy(scoring, tmp_path_factory.mktemp("kept"))
    for id_ in scoring.network.parties.ids:
        for ours, theirs in zip(answers(scoring, id_), answers(kept, id_), strict=True):
            assert ours == theirs
    for language in ("en", "zh"):
        assert risky(scoring, limit=50, language=language) == risky(kept, limit=50, language=language)
        assert reliable(scoring, limit=50, language=language) == reliable(kept, limit=50, language=language)
    large = PartyFilter(volume_yuan_min=10.0)
    assert reliable(scoring, limit=50, party_filter=large) == reliable(kept, limit=50, party_filter=large)
    assert list(scoring.signals.rings) == list(kept.signals.rings)


def test_a_network_is_opened_for_its_own_state_day_and_rulebook_only(tmp_path: Path) -> None:
    scoring = small_world().scoring()
    keep_network([tmp_path], scoring, STAMP)
    ask = {"rulebook": default_rulebook(), "as_of": TODAY, "seeds": ()}
    assert open_network([tmp_path], STAMP, **ask)
    assert open_network([tmp_path], {"state": "s2"}, **ask) is None
    assert open_network([tmp_path], STAMP, **{**ask, "as_of": TODAY - timedelta(1)}) is None


def test_a_file_that_is_cut_short_foreign_or_renamed_is_none(tmp_path: Path) -> None:
    scoring = small_world().scoring()
    ask = {"rulebook": default_rulebook(), "as_of": TODAY, "seeds": ()}
    file = keep_network([tmp_path], scoring, STAMP)
    assert file
    content = file.read_bytes()
    for broken in (content[:-1], content[:100], b"", b"SQLite format 3\0" * 100):
        file.write_bytes(broken)
        assert open_network([tmp_path], STAMP, **ask) is None
    other = keep_network([tmp_path / "other"], scoring, {"state": "s2"})
    assert other
    file.write_bytes(other.read_bytes())
    assert open_network([tmp_path], STAMP, **ask) is None


def test_where_the_first_folder_takes_no_file_the_next_one_does(tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file stands where the folder would be")
    folders = [blocked, tmp_path / "cache"]
    file = keep_network(folders, small_world().scoring(), STAMP)
    assert file
    assert file.parent == folders[1]
    assert open_network(folders, STAMP, rulebook=default_rulebook(), as_of=TODAY, seeds=())
    assert keep_network([blocked], small_world().scoring(), STAMP) is None


def test_earlier_states_of_a_day_go_and_so_do_the_days_looked_at_longest_ago(tmp_path: Path) -> None:
    for number in range(3):
        keep_network([tmp_path], small_world().scoring(), {"state": str(number)})
    assert len(list(tmp_path.iterdir())) == 1
    for days in (1, 2, 3, 4):
        file = keep_network([tmp_path], small_world().scoring(TODAY - timedelta(days)), STAMP)
        assert file
        os.utime(file, (days, days))
    days_left = sorted(file.name[:10] for file in tmp_path.iterdir())
    assert days_left == [(TODAY - timedelta(days)).isoformat() for days in (4, 3)] + [TODAY.isoformat()]
    forget_networks([tmp_path, tmp_path / "absent"])
    assert not list(tmp_path.iterdir())


def test_texts_are_found_by_code_points_whatever_their_script() -> None:
    numbers = {"": 1, "z": 2, "é": 3, "中": 4, "\U0001f600": 5, "\ue000": 6}
    kept = numbers_by_text_from(numbers_by_text_to_arrays("n", numbers), "n")
    assert dict(kept) == numbers
    assert "y" not in kept


def test_columns_are_sequences_like_the_lists_they_stand_for() -> None:
    arrays = texts_to_arrays("t", ["a", "", "中"])
    texts = Texts(arrays["t.starts"], arrays["t.content"])
    assert [*texts] == ["a", "", "中"]
    assert (texts[-1], texts[1:]) == ("中", ["", "中"])
    assert [*Figures(np.array([1.5, np.nan]))] == [1.5, None]
    with pytest.raises(IndexError):
        texts[3]


def test_a_network_of_nobody_is_kept_too(tmp_path: Path) -> None:
    assert len(kept_copy(World().scoring(), tmp_path).network) == 0


def test_a_look_compiles_nothing_that_the_run_has_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "PLAIN_MAX", 0)
    scoring = small_world().scoring()
    kept = kept_copy(scoring, tmp_path)
    before = list(kernel.spread_from.native.signatures)
    assert before
    contributions = [risk.contributions(kept.network.parties.index["B"]) for risk in kept.signals.risks.values()]
    assert any(contributions)
    assert kernel.spread_from.native.signatures == before


def small_world() -> World:
    world = World()
    world.listed("A")
    world.link("OWNS", "A", "B", share=0.6)
    world.report("B", "C", "paid_on_time")
    return world

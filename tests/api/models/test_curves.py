"""The curve by threshold: at 0 it is what was resolved, and moving up joins ever less."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import build
from api.models.curves import curve_of_store
from api.models.evaluations import evaluate_store
from ontology.errors import NothingToDo
from store.open import open_store
from store.port import Store
from tests.resolution import truthset
from tests.resolution.aliases.test_aliases import NOON

TRUTH_SET = "resolution/truthset"
RUN = CliRunner()


@pytest.fixture
def truth(shared_data: Path, tmp_path: Path) -> Path:
    return truthset.key_file(shared_data / TRUTH_SET, tmp_path)


def test_at_no_shift_the_curve_is_what_was_resolved_and_nothing_is_written(store: Store, truth: Path, shared_data: Path) -> None:
    truthset.resolved_into(store, shared_data / TRUTH_SET, now=NOON)
    before = store.columns("entities/members")
    found = curve_of_store(store, truth)
    own = next(one for one in found.points if one.shift_bits == 0)
    measured = evaluate_store(store, truth)
    assert (own.pairs, own.b_cubed, own.parties) == (measured.pairs, measured.b_cubed, len(set(before["entity_id"])))
    assert store.columns("entities/members") == before
    parties = [one.parties for one in found.points]
    assert parties == sorted(parties)
    recalls = [one.pairs.recall for one in found.points]
    assert recalls[0] >= own.pairs.recall >= recalls[-1]


def test_the_command_prints_a_row_a_threshold(tmp_path: Path, truth: Path, shared_data: Path) -> None:
    address = f"sqlite:///{tmp_path / 'k.db'}"
    store = open_store(address)
    truthset.resolved_into(store, shared_data / TRUTH_SET, now=NOON)
    store.close()
    told = RUN.invoke(build(), ["evaluate", "--truth", str(truth), "--curve", "--store", address])
    assert told.exit_code == 0, told.output
    body = json.loads(RUN.invoke(build(), ["evaluate", "--truth", str(truth), "--curve", "--json", "--store", address]).stdout)
    assert all(f"{one['pairs']['f1']:.4f}" in told.stdout for one in body["points"])


def test_a_store_without_records_has_no_curve(sqlite_store: Store, truth: Path) -> None:
    with pytest.raises(NothingToDo):
        curve_of_store(sqlite_store, truth)

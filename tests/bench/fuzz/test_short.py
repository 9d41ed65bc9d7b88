"""The fuzz bench in short: some inputs of a fixed seed against every target, and proof that it finds what there is to find."""

from pathlib import Path

import pytest

from bench.fuzz import targets
from bench.fuzz.campaigns import run_campaign
from bench.fuzz.mutations import mutate
from bench.fuzz.readers import targets as readers

ATTACKED = [
    ("readers", name, count)
    for name, count in (("csv", 6), ("json", 10), ("xml", 10), ("sheet", 6), ("parquet", 1), ("list", 10))
] + [("mappings", "mapping", 15), ("mappings", "rulebook", 4)]


@pytest.mark.parametrize(("module", "name", "count"), ATTACKED)
def test_changed_inputs_come_to_an_answer_or_a_clear_error(tmp_path: Path, module: str, name: str, count: int) -> None:
    done = run_campaign(module, name, seconds=200, seed=7, keep=tmp_path, inputs_max=count)
    assert done.findings == []
    assert done.inputs == count
    assert done.taken + done.refused == count


def test_every_target_of_readers_and_pages_is_attacked_here() -> None:
    assert {one.NAME for one in readers()} - {"xlsx"} == {name for module, name, _ in ATTACKED if module == "readers"}
    assert {"readers", "mappings"} <= {*targets()}


PLANTED = """
class Planted:
    NAME = "planted"
    tried = 0

    def seeds(self):
        return {"a.txt": b"right"}

    def try_input(self, name, content):
        if content == b"right" and not self.tried:
            return "taken"
        self.tried += 1
        if self.tried == 1:
            raise KeyError("planted")
        import os
        os.abort()


def targets():
    return [Planted()]
"""


def test_what_raises_or_aborts_is_a_finding_and_its_input_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module beside those of the bench is found by itself."""
    planted, keep = tmp_path / "planted", tmp_path / "kept"
    planted.mkdir()
    (planted / "planted.py").write_text(PLANTED, "utf-8")
    (planted / "sitecustomize.py").write_text(f"import bench.fuzz; bench.fuzz.__path__.append({str(planted)!r})", "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(planted))
    done = run_campaign("planted", "planted", seconds=100, seed=1, keep=keep, inputs_max=3)
    assert (done.tracebacks, done.aborts, len(list(keep.iterdir()))) == (3, 2, 5)
    assert "KeyError" in done.findings[0]


def test_one_number_of_a_seed_is_always_the_same_input() -> None:
    from random import Random

    one, other = (mutate(b"name,code\nAlpha,1\n", [b"x"], Random("7 csv 3")) for _ in range(2))
    assert one == other

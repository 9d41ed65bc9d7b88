"""A store whose last full run compared by other levels than this version has is resolved anew, never misread."""

import json
from pathlib import Path

import pytest

from ontology.base import PartyKind
from ontology.errors import NothingToDo
from resolution.comparisons.run_statistics import RunStatistics, freeze
from resolution.live.memory import FORM, NOTE, Memories, read_load_mark, write_statistics
from resolution.records.sides import COMPARED_KINDS
from store.open import open_store


def test_statistics_of_other_levels_are_refused_with_a_remedy(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'kith.db'}")
    current: dict[PartyKind, RunStatistics] = {kind: freeze(kind, []) for kind in COMPARED_KINDS}
    document = json.loads(current[PartyKind.FIRM].model_dump_json())
    del document["model"]["comparisons"]["contacts"]["named"]
    write_statistics(store, current | {PartyKind.FIRM: RunStatistics.model_validate_json(json.dumps(document))})
    note = {"version": "earlier", "keys_shift": 0, "next_number": 0, "loaded": read_load_mark(store), "form": FORM}
    store.write("meta/put", rows=[{"key": NOTE, "value": json.dumps(note)}])
    with pytest.raises(NothingToDo) as refused:
        Memories().of(store)
    assert "levels" in str(refused.value.facts["reason"])
    store.close()

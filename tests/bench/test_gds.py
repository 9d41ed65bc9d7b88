"""Graph Data Science beside kith: the same equations, and a plain word where it cannot be had."""

from pathlib import Path

import numpy as np
import pytest

from bench.signals import gds, page
from bench.signals.graphs import Graph
from store import local_neo4j

NODES, TIES, ASKED = 300, 1500, 7


@pytest.fixture
def graph() -> Graph:
    dice = np.random.default_rng(1)
    sender, receiver = dice.integers(0, NODES, (2, TIES)).astype(np.int32)
    return Graph(sender, receiver, dice.uniform(1, 9, TIES), NODES)


@pytest.mark.neo4j
@pytest.mark.slow
def test_gds_is_asked_for_what_kith_computes(graph: Graph) -> None:
    if len(list(local_neo4j.cache_folder(gds.NAME).glob("*.jar"))) < gds.JARS_MIN:
        pytest.skip("no GDS in the cache: `python -m bench signals --part peers` fetches it")
    found = gds.solve_adjoint(graph, ASKED)
    unit = np.zeros(NODES)
    unit[ASKED] = 1.0
    value = graph.transposed().fixed_point(unit)
    assert found["top"] == np.argsort(-value, kind="stable")[:50].tolist()
    assert found["values"] == pytest.approx(value[found["top"]] / value[ASKED], abs=1e-8)


def test_the_page_says_why_gds_is_not_in_the_table(graph: Graph, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("PATH", "")
    told = page._describe_gds(page._measure_gds(graph))
    assert told.startswith("GDS is not in the table")
    assert "mvn" in told

"""The same system of equations in Graph Data Science on the managed Neo4j; its jars are for this comparison alone.

Its PageRank is `r = (1 - d) s + d W^T r`, W the weights shared out by sender, and mass at nodes without outgoing ties is
dropped. On the turned graph, from one node and with d = keep, W^T is C: `r = (1 - keep) y`, y the adjoint that igraph and
networkx are asked for. Divided by r at that node, the factor falls out.
"""

import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from neo4j import Driver, GraphDatabase

from bench.signals.graphs import KEEP, Graph
from store import local_neo4j

VERSION = "2.13.9"
NAME = f"gds-{VERSION}"
POM = Path(__file__).with_name("gds.pom.xml")
JARS_MIN = 120  # The pom resolves to 128.
ALLOWED = "dbms.security.procedures.unrestricted=gds.*\n"
BATCH = 50_000
TOLERANCE = 1e-10  # It drops what it need not send any more, so its error is well above its tolerance.
NODES = "UNWIND range(0, $count - 1) AS n CREATE (:Party {n: n})"
INDEX = "CREATE CONSTRAINT party FOR (p:Party) REQUIRE p.n IS UNIQUE"
TIES = """UNWIND $rows AS row
MATCH (buyer:Party {n: row[0]}), (seller:Party {n: row[1]}) CREATE (buyer)-[:BOUGHT {volume: row[2]}]->(seller)"""
PROJECT = """CALL gds.graph.project('turned', 'Party', {BOUGHT: {properties: 'volume'}}, {nodeProperties: 'n'})
YIELD relationshipCount RETURN relationshipCount"""
SOLVE = """MATCH (asked:Party {n: $node}) CALL gds.pageRank.mutate('turned', {mutateProperty: 'rank', sourceNodes: [asked],
  dampingFactor: $keep, relationshipWeightProperty: 'volume', tolerance: $tolerance, maxIterations: 500, concurrency: 2})
YIELD computeMillis, ranIterations, didConverge RETURN computeMillis, ranIterations, didConverge"""
GREATEST = """CALL gds.graph.nodeProperties.stream('turned', ['n', 'rank']) YIELD nodeId, nodeProperty, propertyValue
WITH nodeId, collect(propertyValue) AS told, collect(nodeProperty) AS named
WITH CASE named[0] WHEN 'n' THEN told ELSE reverse(told) END AS told
RETURN toInteger(told[0]) AS n, told[1] AS rank ORDER BY rank DESC, n LIMIT 50"""


def solve_adjoint(graph: Graph, node: int) -> dict[str, Any]:
    """The adjoint from one node: seconds to project and to solve, and the 50 greatest. Raises StoreUnreachable without jars."""
    plugins = local_neo4j.fetch_jars(POM, NAME, jars_min=JARS_MIN)
    with tempfile.TemporaryDirectory() as work_folder:
        server = local_neo4j.start(Path(work_folder), plugins=plugins, settings=ALLOWED)
        try:
            with GraphDatabase.driver(server.uri, auth=(server.user, server.password)) as driver:
                return _load_and_solve(driver, graph, node)
        finally:
            local_neo4j.stop(Path(work_folder))


def _load_and_solve(driver: Driver, graph: Graph, node: int) -> dict[str, Any]:
    loaded_s = _timed(lambda: _load_graph(driver, graph))[0]
    build_s, projection = _timed(lambda: driver.execute_query(PROJECT).records[0])
    assert projection["relationshipCount"] == len(graph.sender)
    solve_s, solution = _timed(lambda: driver.execute_query(SOLVE, node=node, keep=KEEP, tolerance=TOLERANCE).records[0])
    assert solution["didConverge"]
    greatest = driver.execute_query(GREATEST).records
    return {
        "version": VERSION, "loaded_s": loaded_s, "build_s": build_s, "solve_s": solve_s,
        "compute_s": solution["computeMillis"] / 1000, "rounds": solution["ranIterations"],
        "top": [row["n"] for row in greatest], "values": [row["rank"] / greatest[0]["rank"] for row in greatest],
    }  # fmt: skip


def _load_graph(driver: Driver, graph: Graph) -> None:
    """The turned graph: from who bought to who sold."""
    driver.execute_query(INDEX)
    driver.execute_query(NODES, count=graph.nodes)
    for begin in range(0, len(graph.sender), BATCH):
        part = slice(begin, begin + BATCH)
        columns = (graph.receiver[part].tolist(), graph.sender[part].tolist(), graph.volume[part].tolist())
        driver.execute_query(TIES, rows=np.array(columns, dtype=object).T.tolist())


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = perf_counter()
    answer = work()
    return perf_counter() - began, answer

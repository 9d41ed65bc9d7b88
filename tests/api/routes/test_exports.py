"""Everything at once over HTTP: pages and lines hold the same, each once; a network reads back as a graph and as a table."""

import csv
import io
import json
from collections import Counter
from typing import Any
from xml.etree import ElementTree

import pytest

from api.app import create_app
from api.parties.network_files import GRAPHML, network_csv, network_graphml
from api.schemas.networks import Edge, Network, Node
from tests.api.callers import Caller
from tests.api.regions import Region

LINES = {"accept": "application/x-ndjson"}


@pytest.fixture(scope="module")
def caller(region: Region) -> Caller:
    return Caller(create_app(region.state))


def pages(caller: Caller, path: str, field: str, limit: int) -> list[dict[str, Any]]:
    """All lines, page by page."""
    lines, asked = [], {"limit": limit}
    while True:
        page = caller.get(path, params=asked).json()
        lines += page[field]
        if page["next"] is None:
            return lines
        asked = {"limit": limit, "cursor": page["next"]}


def lines(caller: Caller, path: str, limit: int) -> list[dict[str, Any]]:
    """All lines as NDJSON, along the header Link."""
    told, following = [], f"{path}?limit={limit}"
    while following:
        answer = caller.get(following, headers=LINES)
        assert answer.headers["content-type"] == "application/x-ndjson"
        told += [json.loads(line) for line in answer.text.splitlines()]
        following = answer.headers.get("link", "").partition(">")[0].removeprefix("<")
    return told


@pytest.mark.parametrize(
    ("path", "field", "counted", "key"),
    [
        ("/v1/entities", "entities", "entities", "id"),
        ("/v1/ties", "ties", "ties", "id"),
        ("/v1/scores", "scores", None, "entity_id"),
    ],
)
def test_pages_and_lines_hold_everything_once(
    caller: Caller, region: Region, path: str, field: str, counted: str | None, key: str
) -> None:
    found = pages(caller, path, field, 70)
    assert lines(caller, path, 70) == found == pages(caller, path, field, 1000)
    assert set(Counter(line[key] for line in found).values()) == {1}
    if counted:
        assert len(found) == region.counts[counted]


def test_scores_are_those_of_the_profiles_and_never_of_persons(caller: Caller) -> None:
    found = pages(caller, "/v1/scores", "scores", 1000)
    assert {line["kind"] for line in found} <= {"firm", "agency"}
    for line in found[::40]:
        score = caller.get(f"/v1/entities/{line['entity_id']}").json()["score"]
        assert {name: score[name] for name in line} == line


def test_a_cursor_of_one_list_is_refused_by_another(caller: Caller) -> None:
    cursor = caller.get("/v1/entities", params={"limit": 1}).json()["next"]
    refused = caller.get("/v1/scores", params={"cursor": cursor})
    assert (refused.status_code, refused.json()["type"]) == (400, "urn:kith:problem:cursor-invalid")


def test_a_network_reads_back_as_a_graph_and_as_a_table(caller: Caller) -> None:
    party = caller.get("/v1/risky").json()["results"][0]["id"]
    path = f"/v1/entities/{party}/network"
    picture = Network.model_validate(caller.get(path).json())
    graph = caller.get(path, params={"format": "graphml"})
    assert graph.headers["content-type"].startswith("application/graphml+xml")
    assert read_graphml(graph.content) == (
        {node.id: node.name for node in picture.nodes},
        {tie.id: (tie.source, tie.target) for tie in picture.ties},
    )
    table = caller.get(path, params={"format": "csv"})
    rows = list(csv.DictReader(io.StringIO(table.text)))
    assert [row["tie_id"] for row in rows] == [tie.id for tie in picture.ties]
    assert table.headers["content-disposition"] == 'attachment; filename="network.csv"'


def read_graphml(content: bytes) -> tuple[dict[str, str], dict[str, tuple[str, str]]]:
    """Names of the nodes, and ends of the edges, as any reader of GraphML takes them: by keys, of declared types."""
    root = ElementTree.fromstring(content)  # noqa: S314
    space = {"g": GRAPHML}
    keys = {key.attrib["id"]: key.attrib["attr.name"] for key in root.findall("g:key", space) if key.attrib["for"] == "node"}
    names = {
        node.attrib["id"]: next(data.text or "" for data in node if keys[data.attrib["key"]] == "name")
        for node in root.findall("g:graph/g:node", space)
    }
    edges = root.findall("g:graph/g:edge", space)
    return names, {edge.attrib["id"]: (edge.attrib["source"], edge.attrib["target"]) for edge in edges}


def test_odd_names_harm_neither_graph_nor_table() -> None:
    odd = Node(id="K-1", kind="firm", name='=cmd|"/c"!A1 \x00\x0b<&>"', place="\ud800".encode("utf-8", "replace").decode())
    tie = Edge(id="T-1", kind="OWNS", label="owns", source="K-1", target="K-1")
    picture = Network(focus="K-1", nodes=(odd,), ties=(tie,), shown=1, total=1)
    assert read_graphml(network_graphml(picture))[0]["K-1"] == '=cmd|"/c"!A1 ��<&>"'
    row = next(csv.DictReader(io.StringIO(network_csv(picture))))
    assert row["source"].startswith("'=cmd")

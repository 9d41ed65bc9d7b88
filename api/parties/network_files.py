"""A network as a file for other programs: GraphML for graph tools, CSV for spreadsheets."""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from xml.etree import ElementTree as Xml

from api.schemas.networks import Edge, Network, Node
from ontology.formulas import defuse_formula

GRAPHML = "http://graphml.graphdrawing.org/xmlns"
NODE_FIELDS = {
    "kind": "string",
    "name": "string",
    "name_other": "string",
    "place": "string",
    "standing": "string",
    "score": "int",
    "exposure": "double",
    "listed": "boolean",
    "ties": "int",
}
TIE_FIELDS = {
    "kind": "string",
    "label": "string",
    "share": "double",
    "amount": "double",
    "currency": "string",
    "began_on": "string",
    "ended_on": "string",
    "ended": "boolean",
}
"""What GraphML says of a node and of a tie, and the type there."""
ENDS = ("source_id", "source", "target_id", "target")
COLUMNS = ("tie_id", "kind", "label", *ENDS, "share", "amount", "currency", "began_on", "ended_on", "row_ids")
NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML document may hold."""


class NetworkFormat(StrEnum):
    """How a network is written."""

    JSON = "json"
    GRAPHML = "graphml"
    CSV = "csv"


def network_file(network: Network, form: NetworkFormat) -> bytes:
    """The network as a document of this format."""
    if form is NetworkFormat.GRAPHML:
        return network_graphml(network)
    text = network_csv(network) if form is NetworkFormat.CSV else network.model_dump_json(by_alias=True)
    return text.encode("utf-8", "surrogatepass")


def network_graphml(network: Network) -> bytes:
    """The network as a GraphML document, a directed graph whose ties have their ids; characters that XML bars become �."""
    Xml.register_namespace("", GRAPHML)
    root = Xml.Element(_tag("graphml"))
    for scope, fields in (("node", NODE_FIELDS), ("edge", TIE_FIELDS)):
        for name, kind in fields.items():
            key = {"id": f"{scope}_{name}", "for": scope, "attr.name": name, "attr.type": kind}
            Xml.SubElement(root, _tag("key"), key)
    graph = Xml.SubElement(root, _tag("graph"), {"id": _legal(network.focus), "edgedefault": "directed"})
    for node in network.nodes:
        element = Xml.SubElement(graph, _tag("node"), {"id": _legal(node.id)})
        _add_data(element, "node", NODE_FIELDS, node)
    for tie in network.ties:
        ends = {"id": _legal(tie.id), "source": _legal(tie.source), "target": _legal(tie.target)}
        _add_data(Xml.SubElement(graph, _tag("edge"), ends), "edge", TIE_FIELDS, tie)
    document: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return document


def network_csv(network: Network) -> str:
    """The ties of the network as a table with the names of both ends; nothing in it is run by a spreadsheet."""
    names = {node.id: node.name for node in network.nodes}
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(COLUMNS)
    table.writerows([defuse_formula(cell) for cell in _cells(tie, names)] for tie in network.ties)
    return text.getvalue()


def _cells(tie: Edge, names: Mapping[str, str]) -> Iterable[object]:
    ends = (tie.source, names.get(tie.source, ""), tie.target, names.get(tie.target, ""))
    days = (str(day) if day else None for day in (tie.began_on, tie.ended_on))
    return (tie.id, tie.kind, tie.label, *ends, tie.share, tie.amount, tie.currency, *days, " ".join(tie.row_ids))


def _add_data(element: Xml.Element, scope: str, fields: Iterable[str], described: Node | Edge) -> None:
    for name in fields:
        value = getattr(described, name)
        if value is not None:
            text = str(value).lower() if isinstance(value, bool) else str(value)
            Xml.SubElement(element, _tag("data"), {"key": f"{scope}_{name}"}).text = _legal(text)


def _tag(name: str) -> str:
    return f"{{{GRAPHML}}}{name}"


def _legal(text: str) -> str:
    return NO_XML.sub("\ufffd", text)

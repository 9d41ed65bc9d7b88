"""Rows that add to parties of other rows: what becomes of them where nobody gives such a party."""

from pathlib import Path
from typing import Any

from resolution.sources.choice import choose_reading
from resolution.sources.graphs.graph_mapper import CrossFileIndex
from resolution.sources.packs.pack_library import find_pack
from resolution.sources.packs.samples import SAMPLE_DAY, SAMPLE_KEY
from resolution.sources.previews import preview, preview_pack, stated_facts
from resolution.sources.reading import Reading

ENTRY = (
    '<entity id="{id}"><generalInfo><entityType>{type}</entityType></generalInfo><names><name><isPrimary>true</isPrimary>'
    "<translations><translation><isPrimary>true</isPrimary><formattedFullName>{name}</formattedFullName></translation></translations>"
    "</name></names>{ties}</entity>"
)
TIE = '<relationship><type>Providing support to</type><relatedEntity entityId="{id}">x</relatedEntity></relationship>'


def test_a_tie_with_a_party_that_nobody_gives_costs_neither_its_row_nor_its_other_ties(tmp_path: Path) -> None:
    ties = f"<relationships>{TIE.format(id=2)}{TIE.format(id=3)}{TIE.format(id=4)}</relationships>"
    entries = [
        ENTRY.format(id=1, type="Entity", name="Tamarind Marine Ltd", ties=ties),
        ENTRY.format(id=2, type="Vessel", name="Curlew", ties=""),
        ENTRY.format(id=3, type="Entity", name="Brackwater Works", ties=""),
    ]
    path = tmp_path / "sdn_enhanced.xml"
    path.write_text(f"<sanctionsData><entities>{''.join(entries)}</entities></sanctionsData>", "utf-8")
    facts = stated_facts(preview_pack(find_pack("ofac_enhanced"), [path], id_key=SAMPLE_KEY, today=SAMPLE_DAY))
    assert [*facts["records"]] == ["ofac:1", "ofac:3"]
    assert [(link["source_id"], link["target_id"]) for link in facts["links"]] == [("ofac:1", "ofac:3")]
    assert (facts["rows_ignored"], facts["rows_rejected"]) == (1, 0)


PARENTS = """
mapping: parents
version: "1"
title: Firms and their parents
source_class: 3
columns: {no: [no], name: [name], parent: [parent]}
parties: {firm: {kind: firm, key: no, names: [name]}}
links: [{kind: {text: OWNS}, source_record: parent, target: firm WHEN}]
"""


def preview_of_parents(folder: Path, condition: str) -> dict[str, Any]:
    (folder / "parents.yaml").write_text(PARENTS.replace(" WHEN", condition), "utf-8")
    path = folder / "parents.csv"
    path.write_text("no,name,parent\n1,Alder Holding Ltd,\n2,Birch Works Ltd,1\n", "utf-8")
    choice = choose_reading(
        path,
        mapping=folder / "parents.yaml",
        kind=None,
        dataset=None,
        reading=Reading(),
        id_key=SAMPLE_KEY,
        today=SAMPLE_DAY,
        index=CrossFileIndex(),
    )
    return stated_facts(preview([(path, choice)]))


def test_a_record_that_a_row_does_not_name_is_no_trouble_where_the_tie_does_not_hold(tmp_path: Path) -> None:
    facts = preview_of_parents(tmp_path, ", when: [parent]")
    assert [*facts["records"]] == ["parents:1", "parents:2"]
    assert [(link["source_id"], link["target_id"]) for link in facts["links"]] == [("parents:1", "parents:2")]


def test_a_record_that_a_row_must_name_and_does_not_rejects_the_row(tmp_path: Path) -> None:
    facts = preview_of_parents(tmp_path, "")
    assert "parents.csv row 2, parent: no record given" in facts["refused"]

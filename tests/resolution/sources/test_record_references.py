"""Rows that add to parties of other rows: what becomes of them where nobody gives such a party."""

from pathlib import Path

from resolution.sources.packs.pack_library import find_pack
from resolution.sources.packs.samples import SAMPLE_DAY, SAMPLE_KEY
from resolution.sources.previews import preview_pack, stated_facts

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

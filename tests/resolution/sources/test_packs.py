"""Packs: each reads its made-up sample as its author wrote down, by itself or by name, and says what it is."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from ontology.errors import MappingInvalid
from resolution.sources.graphs.formats import GRAPHS
from resolution.sources.mappings.library import library
from resolution.sources.packs.pack import Pack
from resolution.sources.packs.pack_library import find_pack, pack_at, packs
from resolution.sources.packs.samples import SAMPLE_DAY, SAMPLE_KEY, differences, expected_facts, sample_files
from resolution.sources.previews import preview_pack, stated_facts
from tests.resolution.sources.shorthands import choice

PACKS = [*packs().values()]
IDS = [pack.pack for pack in PACKS]


@pytest.mark.parametrize("pack", PACKS, ids=IDS)
def test_the_sample_reads_as_expected(pack: Pack) -> None:
    facts = stated_facts(preview_pack(pack, sample_files(pack), id_key=SAMPLE_KEY, today=SAMPLE_DAY))
    assert not [*differences(expected_facts(pack), facts)]


@pytest.mark.parametrize("pack", PACKS, ids=IDS)
def test_every_file_of_a_pack_has_a_sample(pack: Pack) -> None:
    sampled = {file for path in sample_files(pack) for file in pack.files_of(path)}
    assert sampled == {*pack.files}


@pytest.mark.parametrize("pack", PACKS, ids=IDS)
def test_a_pack_is_known_by_its_folder_and_was_compared_with_its_publishers_layout(pack: Pack) -> None:
    assert pack.folder.name == pack.pack
    assert pack.layout.address.startswith("https://")
    assert pack.layout.compared_on <= date(2026, 12, 31)


def test_the_names_of_mappings_are_given_once() -> None:
    names = [*library(), *GRAPHS, *(mapping.mapping for pack in PACKS for mapping in pack.mappings.values())]
    assert not {name: count for name, count in Counter(names).items() if count > 1}


def test_an_unknown_pack_is_refused_with_the_nearest() -> None:
    with pytest.raises(MappingInvalid) as refused:
        find_pack("unn")
    assert "The nearest is un" in (refused.value.remedy or "")


def test_a_file_that_a_pack_does_not_know_is_refused_with_those_it_does(tmp_path: Path) -> None:
    stranger = tmp_path / "holiday.xml"
    stranger.write_text("<a/>")
    with pytest.raises(MappingInvalid) as refused:
        preview_pack(find_pack("un"), [stranger], id_key=SAMPLE_KEY, today=SAMPLE_DAY)
    assert "consolidated*.xml" in (refused.value.remedy or "")


def test_a_pack_of_ones_own_reads_no_page_outside_its_folder(tmp_path: Path) -> None:
    page = find_pack("un").folder / "pack.yaml"
    (tmp_path / "pack.yaml").write_text(page.read_text("utf-8").replace("consolidated.yaml", "../../etc/consolidated.yaml"))
    with pytest.raises(MappingInvalid) as refused:
        pack_at(tmp_path)
    assert "no page of this pack" in str(refused.value)


def test_a_file_that_a_built_in_kind_and_a_pack_both_fit_stays_of_the_built_in_kind(tmp_path: Path) -> None:
    path = tmp_path / "发票.csv"
    path.write_text(
        "数电发票号码,销方识别号,销方名称,购方识别号,购买方名称,开票日期,货物或应税劳务名称,金额,税额,价税合计,发票状态\n"
        "26350000000000000001,91330108MA2K1TH1XC,岚汀市澜鼎贸易有限公司,,榕江贸易有限公司,2026-01-05,五金,1000,130,1130,正常\n",
        "utf-8",
    )
    assert choice(path).kind == "invoices"

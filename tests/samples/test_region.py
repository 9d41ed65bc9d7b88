"""A sample is the same for a seed, readable by ordinary readers, and free of anything real."""

import hashlib
import json
import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from python_calamine import CalamineWorkbook
from stdnum.cn import uscc

from ontology.errors import WrongCall
from samples import Sample, write_sample
from samples.region import FIRMS_MIN
from tests.samples.conftest import rows

CODE = re.compile(r"(?<![0-9A-Z])9[0-9A-Z]{17}(?![0-9A-Z])")


def digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_the_same_seed_gives_the_same_bytes(sample: Sample, tmp_path: Path) -> None:
    write_sample(tmp_path, seed=1)
    assert digests(tmp_path) == digests(sample.folder)


def test_another_seed_gives_another_region(sample: Sample, tmp_path: Path) -> None:
    write_sample(tmp_path, seed=2)
    ours, theirs = digests(sample.folder), digests(tmp_path)
    assert ours.keys() == theirs.keys()
    assert not [name for name in ours if ours[name] == theirs[name]]


def test_too_few_firms_are_refused() -> None:
    with pytest.raises(WrongCall, match="least 120"):
        write_sample(Path("nowhere"), seed=1, firms=FIRMS_MIN - 1)


def test_the_smallest_region_still_tells_every_story(sample: Sample, tmp_path: Path) -> None:
    small = write_sample(tmp_path, seed=1, firms=FIRMS_MIN)
    assert {row["story"] for row in rows(small.truth_stories)} == {row["story"] for row in rows(sample.truth_stories)}
    assert len(rows(tmp_path / "business_registry.csv", "gb18030")) >= FIRMS_MIN


def test_every_code_of_the_register_is_right_and_of_no_real_place(seeded: Sample, shared_data: Path) -> None:
    assigned = json.loads((shared_data / "regions" / "list.json").read_text("utf-8"))
    once = json.loads((shared_data / "regions" / "history.json").read_text("utf-8"))
    codes = {row["统一社会信用代码"] for row in rows(seeded.folder / "business_registry.csv", "gb18030")}
    assert len(codes) == 400
    for code in codes:
        assert uscc.is_valid(code), code
        assert code[2:8] not in assigned
        assert code[2:8] not in once


def test_the_places_are_in_no_list_of_divisions(shared_data: Path) -> None:
    regions = shared_data / "regions"
    known = (regions / "list.json").read_text("utf-8") + (regions / "history.json").read_text("utf-8")
    assert "岚汀" not in known
    assert "淙州" not in known


def test_a_few_codes_are_wrong_as_in_life(sample: Sample) -> None:
    text = (sample.folder / "invoices.csv").read_text("utf-8")
    codes = set(CODE.findall(text))
    wrong = {code for code in codes if not uscc.is_valid(code)}
    assert 0 < len(wrong) < 0.1 * len(codes)


def test_every_file_opens_in_the_reader_of_its_kind(sample: Sample) -> None:
    for path in sample.sources:
        if path.suffix == ".csv":
            assert path.read_text("gb18030" if "registry" in path.name else "utf-8")
        elif path.suffix == ".xlsx":
            assert len(CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()) > 1
        elif path.suffix == ".parquet":
            assert pq.read_table(path).num_rows > 0
        elif path.suffix == ".jsonl":
            assert [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        else:
            assert json.loads(path.read_text("utf-8"))


def test_the_register_is_not_utf8(sample: Sample) -> None:
    with pytest.raises(UnicodeDecodeError):
        (sample.folder / "business_registry.csv").read_text("utf-8")


def test_the_manifest_names_every_source_and_the_day(sample: Sample) -> None:
    manifest = json.loads((sample.folder / "truth" / "manifest.json").read_text("utf-8"))
    found = {path.name for path in sample.folder.iterdir() if path.suffix not in ("", ".md")}
    assert {source["file"] for source in manifest["sources"]} == found == {path.name for path in sample.sources}
    assert manifest["as_of"] == sample.as_of == "2026-11-22"
    assert sample.as_of in (sample.folder / "README.md").read_text("utf-8")


def test_lists_hold_duplicates_missing_codes_and_other_scripts(sample: Sample) -> None:
    invoices = rows(sample.folder / "invoices.csv")
    numbers = [row["发票号码"] for row in invoices]
    assert len(set(numbers)) < len(numbers)
    assert any(not row["购买方税号"] for row in invoices)
    assert any("嵐" in row["销售方名称"] for row in invoices)
    assert {row["发票状态"] for row in invoices} == {"正常", "红字", "作废"}

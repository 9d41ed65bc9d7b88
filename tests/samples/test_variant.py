"""A region that tells less: towns of any province, no code on customs rows, resident ids hidden in part."""

import json
import re
from pathlib import Path

import pyarrow.parquet as pq

from samples import write_sample
from samples.variant import HARD, Variant
from tests.samples.conftest import rows

WHOLE_ID = re.compile(r"(?<![0-9A-Z])39\d{4}(?:19|20)\d{9}[0-9X](?![0-9A-Z])")
PUBLIC = ("business_registry.csv", "beneficial_owners.json", "court_defaulters.jsonl")


def public_text(folder: Path) -> str:
    return "".join((folder / name).read_bytes().decode("gb18030" if name.startswith("business") else "utf-8") for name in PUBLIC)


def test_public_sources_of_a_hard_region_hide_every_resident_id(tmp_path: Path) -> None:
    hard = write_sample(tmp_path / "hard", seed=4, firms=150, variant=HARD)
    ordinary = write_sample(tmp_path / "ordinary", seed=4, firms=150)
    assert not WHOLE_ID.findall(public_text(hard.folder))
    assert re.search(r"39\d{4}\*{8}\d{3}[0-9X]", public_text(hard.folder))
    assert WHOLE_ID.findall(public_text(ordinary.folder))


def test_rows_of_the_customs_tell_no_code_where_the_variant_says_so(tmp_path: Path) -> None:
    write_sample(tmp_path, seed=4, firms=150, variant=Variant(customs_codes=False))
    codes = [row["统一社会信用代码"] for row in rows(tmp_path / "customs_tiers.csv")]
    codes += pq.read_table(tmp_path / "customs_declarations.parquet")["consignor_uscc"].to_pylist()
    assert codes
    assert not any(codes)
    assert any(row["销售方税号"] for row in rows(tmp_path / "invoices.csv"))


def test_firms_of_a_hard_region_are_at_home_in_many_towns(tmp_path: Path) -> None:
    hard = write_sample(tmp_path, seed=4, firms=150, variant=HARD)
    addresses = [row["住所"] for row in rows(hard.folder / "business_registry.csv", "gb18030")]
    assert len({address[:5] for address in addresses}) > 20
    assert json.loads((tmp_path / "truth" / "manifest.json").read_text("utf-8"))["records"] == hard.records

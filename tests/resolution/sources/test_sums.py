"""Facts of several rows: an invoice, a declaration or an order is one, of the sum of its lines."""

from pathlib import Path
from typing import Any

import pytest

from resolution.sources import loads
from resolution.sources.row_blocks import BLOCK_ROWS
from store.port import Store
from tests.resolution.sources.test_ingest import load

HEADER = "数电发票号码,销方识别号,销方名称,购方识别号,购买方名称,开票日期,货物或应税劳务名称,金额,税额,价税合计,发票状态"
SELLER, BUYER = "91350100M000100Y43,榕江贸易有限公司", "91350200MA00000121,海天投资有限公司"


def line(number: str, goods: str, net: float, tax: float, total: float, status: str = "正常") -> str:
    return f"{number},{SELLER},{BUYER},2026-03-04,{goods},{net},{tax},{total},{status}"


def invoices(folder: Path, *lines: str, name: str = "invoices.csv", header: str = HEADER) -> Path:
    path = folder / name
    path.write_text("\n".join([header, *lines]) + "\n", "utf-8")
    return path


def amounts(store: Store) -> dict[str, float]:
    """Amount by invoice, over every link between the two firms."""
    store.write("entities/put_members", rows=[{"record_id": row["id"], "entity_id": row["id"]} for row in _records(store)])
    return {row["fact_key"]: row["amount"] for row in store.read("network/links") if row["kind"] == "SUPPLIES"}


def _records(store: Store) -> list[dict[str, Any]]:
    return store.read("entities/records")


def test_lines_of_one_invoice_add_up_and_those_of_another_do_not(store: Store, tmp_path: Path) -> None:
    lines = [line("7001", "缆绳", 200, 26, 226), line("7002", "油漆", 50, 6.5, 56.5), line("7001", "铁锚", 80, 10.4, 90.4)]
    (told,) = load(store, invoices(tmp_path, *lines))
    assert amounts(store) == {"7001": 316.4, "7002": 56.5}
    assert told.statements["links"] == 2


def test_a_red_invoice_of_several_lines_takes_back_the_sum_of_them(store: Store, tmp_path: Path) -> None:
    lines = [line("8001", "缆绳", 200, 26, 226, "红字"), line("8001", "铁锚", -80, -10.4, -90.4, "红字")]
    load(store, invoices(tmp_path, *lines))
    assert amounts(store) == {"8001": -316.4}


def test_a_line_that_stands_there_twice_to_the_letter_counts_once_and_is_told(store: Store, tmp_path: Path) -> None:
    twice = line("7003", "砂纸", 10, 1.3, 11.3)
    (told,) = load(store, invoices(tmp_path, twice, line("7003", "刷子", 20, 2.6, 22.6), twice))
    assert amounts(store) == {"7003": 33.9}
    assert any("to the letter" in note and note.endswith(": 1.") for note in told.notes)


def test_equal_lines_with_numbers_of_their_own_are_two_lines(store: Store, tmp_path: Path) -> None:
    rows = [f"{at},{line('7004', '砂纸', 10, 1.3, 11.3)}" for at in (1, 2)]
    load(store, invoices(tmp_path, *rows, header=f"行号,{HEADER}"))
    assert amounts(store) == {"7004": 22.6}


def test_the_total_of_the_invoice_on_every_line_is_not_added_up(store: Store, tmp_path: Path) -> None:
    lines = [line("7005", goods, net, tax, 316.4) for goods, net, tax in (("缆绳", 200, 26), ("铁锚", 80, 10.4))]
    load(store, invoices(tmp_path, *lines))
    assert amounts(store) == {"7005": 316.4}


def test_an_invoice_that_two_files_tell_is_not_doubled(store: Store, tmp_path: Path) -> None:
    lines = [line("7006", "缆绳", 200, 26, 226), line("7006", "铁锚", 80, 10.4, 90.4)]
    load(store, invoices(tmp_path, *lines))
    (again,) = load(store, invoices(tmp_path, *lines, line("7007", "油漆", 50, 6.5, 56.5), name="invoices_2.csv"))
    (cut,) = load(store, invoices(tmp_path, lines[1], name="invoices_3.csv"))
    assert amounts(store) == {"7006": 316.4, "7007": 56.5}
    assert not any("another file tells otherwise" in note for note in again.notes)
    assert any("another file tells otherwise" in note for note in cut.notes)


@pytest.mark.parametrize("bytes_min", [1 << 40, 0])
def test_an_invoice_may_stretch_over_blocks_and_processes(
    sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bytes_min: int
) -> None:
    monkeypatch.setattr(loads, "PARALLEL_BYTES_MIN", bytes_min)
    lines = [line(f"9{at % 3}", f"货物{at}", 10, 1.3, 11.3) for at in range(3 * BLOCK_ROWS)]
    (told,) = load(sqlite_store, invoices(tmp_path, *lines, lines[5]))
    assert amounts(sqlite_store) == dict.fromkeys(("90", "91", "92"), 11300.0)
    assert told.statements["links"] == 3
    assert told.rows_in == 3 * BLOCK_ROWS + 1


def test_lines_of_a_declaration_and_of_an_order_add_up(store: Store, tmp_path: Path) -> None:
    declared = tmp_path / "declarations.csv"
    declared.write_text(
        "declaration_no,declare_date,HS_code,consignor,consignee,value,currency\n"
        "D-5,2026-02-01,5607,Tern Rope Ltd,Osprey Ltd,120,EUR\nD-5,2026-02-01,7316,Tern Rope Ltd,Osprey Ltd,30,EUR\n"
    )
    load(store, declared, kind="customs_declarations")
    ordered = tmp_path / "orders.csv"
    ordered.write_text(
        "platform,shop_id,seller_name,order_id,buyer_name,created,amount\n"
        "Wharf,s1,Gull Shop,O-1,Osprey Ltd,2026-02-01,5\nWharf,s1,Gull Shop,O-1,Osprey Ltd,2026-02-01,7.5\n"
    )
    load(store, ordered, kind="ecommerce_orders")
    assert amounts(store) == {"D-5": 150.0, "O-1": 12.5}
    (dealing,) = store.read("network/experiences")
    assert (dealing["amount"], dealing["outcome"]) == (12.5, "delivered")


def test_lines_of_two_currencies_are_not_added(sqlite_store: Store, tmp_path: Path) -> None:
    declared = tmp_path / "declarations.csv"
    declared.write_text(
        "declaration_no,declare_date,HS_code,consignor,consignee,value,currency\n"
        "D-6,2026-02-01,5607,Tern Rope Ltd,Osprey Ltd,120,EUR\nD-6,2026-02-01,7316,Tern Rope Ltd,Osprey Ltd,30,USD\n"
    )
    (told,) = load(sqlite_store, declared, kind="customs_declarations")
    assert amounts(sqlite_store) == {"D-6": 120.0}
    assert any("another currency" in note.lower() for note in told.notes)


def test_an_invoice_is_paid_when_its_last_line_is(sqlite_store: Store, tmp_path: Path) -> None:
    rows = [
        f"{line('7008', goods, 10, 1.3, 11.3)},2026-04-01,{paid}" for goods, paid in (("a", "2026-03-20"), ("b", "2026-05-02"))
    ]
    load(sqlite_store, invoices(tmp_path, *rows, header=f"{HEADER},到期日,付款日期"))
    amounts(sqlite_store)
    (dealing,) = sqlite_store.read("network/experiences")
    assert (dealing["outcome"], dealing["amount"], dealing["happened_on"]) == ("paid_late", 22.6, "2026-05-02")


def test_a_mapping_of_ones_own_says_whether_rows_add_up(sqlite_store: Store, tmp_path: Path) -> None:
    page = """mapping: {name}
version: "1"
title: t
source_class: 1
columns: {{a: [a], b: [b], no: [no], sum: [sum]}}
parties: {{a: {{kind: firm, key: a, names: [a]}}, b: {{kind: firm, key: b, names: [b]}}}}
links: [{{kind: {{text: SUPPLIES}}, source: a, target: b, amount: sum, fact_key: no{more}}}]
"""
    table = tmp_path / "bills.csv"
    for name, more in (("adding", ", sum: true"), ("plain", "")):
        table.write_text(f"a,b,no,sum\nTern,Gull,B1,3\nTern,Gull,B1,4\n# {name},,,\n")  # The same bytes would be one source.
        (tmp_path / f"{name}.yaml").write_text(page.format(name=name, more=more))
        load(sqlite_store, table, mapping=tmp_path / f"{name}.yaml")
    sqlite_store.write(
        "entities/put_members", rows=[{"record_id": row["id"], "entity_id": row["id"]} for row in _records(sqlite_store)]
    )
    assert {row["dataset"]: row["amount"] for row in sqlite_store.read("network/links")} == {"adding": 7.0, "plain": 4.0}

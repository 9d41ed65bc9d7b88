"""Files that change a region a little: one listing, one tie, a hundred rows; and a list of a hundred of its firms to check."""

import csv
import json
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice, pairwise
from pathlib import Path
from typing import NamedTuple

SUPPLIERS = 100
FEW_ROWS = 100
INVOICES_FROM = date(2026, 10, 1)
INVOICE = ("发票号码", "开票日期", "销售方名称", "销售方税号", "购买方名称", "购买方税号", "货物名称", "价税合计", "发票状态")


class Firm(NamedTuple):
    """A firm as the region's register has it."""

    name: str
    uscc: str


def registry_firms(region_folder: Path) -> list[Firm]:
    """Firms of the region's register with a code, in its order: twice as many as a file of changes names."""
    with (region_folder / "business_registry.csv").open(encoding="gb18030", newline="") as lines:
        firms = (Firm(row["企业名称"], row["统一社会信用代码"]) for row in csv.DictReader(lines))
        return list(islice((firm for firm in firms if firm.name and firm.uscc), 2 * FEW_ROWS))


def write_suppliers(file: Path, firms: list[Firm]) -> None:
    """A list of suppliers for `kith check`."""
    _write_table(file, ("name", "uscc"), firms[:SUPPLIERS])


def write_changes(folder: Path, firms: list[Firm]) -> dict[str, Path]:
    """One file of each change, by what it is."""
    listing, tie, rows = folder / "one_listing.jsonl", folder / "one_tie_invoices.csv", folder / "more_invoices.csv"
    listing.write_text(json.dumps(_listing(firms[7]), ensure_ascii=False) + "\n", "utf-8")
    _write_table(tie, INVOICE, _invoices(firms[11:13], "27"))
    _write_table(rows, INVOICE, _invoices(firms[: FEW_ROWS + 1], "28"))
    return {"one listing": listing, "one tie": tie, f"a file of {FEW_ROWS} rows": rows}


def _listing(firm: Firm) -> dict[str, object]:
    return {
        "id": 790000000,
        "iname": firm.name,
        "caseCode": "（2026）岚9999号",
        "cardNum": firm.uscc,
        "areaName": "岚汀市",
        "courtName": "岚汀市人民法院",
        "regDate": "2026-11-01",
        "duty": "支付货款100,000.00及利息",
        "performance": "全部未履行",
        "disruptTypeName": "有履行能力而拒不履行生效法律文书确定义务",
        "publishDate": "2026-11-10",
        "partyTypeName": "1",
    }


def _invoices(firms: list[Firm], number_start: str) -> Iterator[tuple[str, ...]]:
    """An invoice from each firm to the next."""
    for place, (seller, buyer) in enumerate(pairwise(firms)):
        day = INVOICES_FROM + timedelta(days=place % 28)
        number = f"{number_start}{place:018}"
        yield (number, day.isoformat(), *seller, *buyer, "*贸易*日用百货", f"{10_000 + 37 * place}.00", "正常")


def _write_table(file: Path, header: tuple[str, ...], rows: "Iterator[tuple[str, ...]] | list[Firm]") -> None:
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([header, *rows])

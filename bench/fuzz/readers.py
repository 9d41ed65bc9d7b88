"""Every reader of files under attack: what `kith ingest` reads, recognises and tells of a file, and the list of `kith check`."""

import csv
import io
import json
import tempfile
from collections.abc import Callable
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path
from zipfile import ZipFile

from api.screenings.supplier_lists import ListOptions, read_suppliers
from api.words import words
from ontology.errors import KithError
from resolution.sources.choice import choose_reading
from resolution.sources.graphs.graph_mapper import CrossFileIndex
from resolution.sources.reading import Reading
from resolution.sources.row_blocks import map_blocks
from resolution.sources.suggestions import suggest

KEY = b"a key for the bench"
HEADER = ("统一社会信用代码", "企业名称", "法定代表人", "成立日期", "注册资本")
ROWS = [
    ("91350100M000100Y43", "榕江贸易有限公司", "林一", "2015-03-02", "120.5万元"),
    ("91350200MA2XKQ3R7H", '鹭洲"建材"有限公司', "王小明", "2016/04/05", "￥1,234.50"),
    ("reg-3", "Lanting Foods Co., Ltd. (Xiamen)", "Zoë Ångström", "5 May 2017", "1e6"),
]


class Files:
    """One reader: files by their ending, told by the mapping they are recognised as, and suggested a mapping for."""

    def __init__(self, name: str, seeds: Callable[[], dict[str, bytes]]) -> None:
        self.NAME, self._seeds = name, seeds

    def seeds(self) -> dict[str, bytes]:
        """Right files."""
        return self._seeds()

    def try_input(self, name: str, content: bytes) -> str:
        """Tell the whole file, then draft a mapping for it."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(content)
            outcomes = [_outcome(work, path) for work in (_read_rows, suggest)]
        return next((outcome for outcome in outcomes if outcome != "taken"), "taken")


class Lists:
    """The list of suppliers that `kith check` and its route read."""

    NAME = "list"

    def seeds(self) -> dict[str, bytes]:
        """Right lists."""
        rows = [("name", "uscc"), *((row[1], row[0]) for row in ROWS)]
        return {"list.csv": _csv(rows).encode(), "list.xlsx": _xlsx(rows)}

    def try_input(self, name: str, content: bytes) -> str:
        """Read it."""
        try:
            read_suppliers(content, file=name, options=ListOptions(1000), say=words("en"))
        except KithError as error:
            return type(error).__name__
        return "taken"


class Workbooks(Files):
    """Workbooks of which one part was changed and the archive made anew, so that its sums are right."""

    def try_input(self, name: str, content: bytes) -> str:
        """Pack the part with the others of its workbook."""
        return super().try_input("business_registry.xlsx", _pack_archive(_workbook_parts() | {name.replace("|", "/"): content}))


def targets() -> list[Files | Lists]:
    """One for each format."""
    return [
        Files("csv", _tables),
        Files("json", _json),
        Files("xml", _xml),
        Files("xlsx", lambda: {"business_registry.xlsx": _xlsx([HEADER, *ROWS])}),
        Workbooks("sheet", lambda: {name.replace("/", "|"): content for name, content in _workbook_parts().items()}),
        Files("parquet", _parquet),
        Lists(),
    ]


def _outcome(work: Callable[[Path], object], path: Path) -> str:
    try:
        work(path)
    except KithError as error:
        return type(error).__name__
    return "taken"


def _read_rows(path: Path) -> None:
    today = date(2026, 11, 22)
    choice = choose_reading(
        path, mapping=None, kind=None, dataset=None, reading=Reading(), id_key=KEY, today=today, index=CrossFileIndex()
    )
    for _ in islice(map_blocks(path, choice, choice.make("f" * 16)), 20):
        pass


def _tables() -> dict[str, bytes]:
    text = _csv([HEADER, *ROWS])
    encodings = {"business_registry.csv": "utf-8", "gb.csv": "gb18030", "wide.csv": "utf-16"}
    return {name: text.encode(encoding) for name, encoding in encodings.items()}


def _csv(rows: list[tuple[str, ...]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


@cache
def _json() -> dict[str, bytes]:
    rows = [dict(zip(HEADER, row, strict=True)) for row in ROWS]
    subject = {"describedByEntityStatement": "openownership-register-1"}
    interests = [{"type": "shareholding", "share": {"exact": 62.5}}]
    interested_party = {"unspecified": {"reason": "unknown"}}
    stake = {
        "statementType": "ownershipOrControlStatement",
        "subject": subject,
        "interestedParty": interested_party,
        "interests": interests,
    }
    firm = {"statementType": "entityStatement", "entityType": "registeredEntity", "name": "Alpha"}
    bods = [{"statementID": f"openownership-register-{number}"} | statement for number, statement in enumerate((firm, stake), 1)]
    facts = {"name": ["Alpha"], "jurisdiction": ["cn"], "incorporationDate": ["2001-02"]}
    ftm = [{"id": "a", "schema": "Company", "properties": facts}]
    texts = {
        "business_registry.json": json.dumps(rows, ensure_ascii=False),
        "wrapped.json": json.dumps({"status": 0, "data": {"items": rows}}, ensure_ascii=False),
        "business_registry.jsonl": "\n".join(json.dumps(row, ensure_ascii=False) for row in rows),
        "bods.json": json.dumps(bods),
        "ftm.jsonl": "\n".join(map(json.dumps, ftm)),
    }
    return {name: text.encode() for name, text in texts.items()}


@cache
def _xml() -> dict[str, bytes]:
    person = (
        "<INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>Ann</FIRST_NAME><UN_LIST_TYPE>X</UN_LIST_TYPE><LISTED_ON>2001-02-03</LISTED_ON>"
        "<INDIVIDUAL_DOCUMENT><NUMBER>A1</NUMBER></INDIVIDUAL_DOCUMENT></INDIVIDUAL>"
    )
    listed = f"<CONSOLIDATED_LIST dateGenerated='2024-01-01'><INDIVIDUALS>{person * 2}</INDIVIDUALS></CONSOLIDATED_LIST>"
    firms = "".join(f"<firm id='{row[0]}'><name>{row[1]}</name><on>{row[3]}</on></firm>" for row in ROWS)
    return {
        "un.xml": f"<?xml version='1.0' encoding='UTF-8'?>{listed}".encode(),
        "firms.xml": f"<?xml version='1.0' encoding='GBK'?><firms>{firms}</firms>".replace("Zoë Å", "").encode("gb18030"),
    }


@cache
def _xlsx_of(rows: tuple[tuple[str, ...], ...]) -> bytes:
    from openpyxl import Workbook

    workbook, out = Workbook(), io.BytesIO()
    for row in rows:
        workbook.active.append(row)
    workbook.active["H2"] = "=SUM(1,2)"
    workbook.save(out)
    return out.getvalue()


def _workbook_parts() -> dict[str, bytes]:
    with ZipFile(io.BytesIO(_xlsx([HEADER, *ROWS]))) as archive:
        return {part: archive.read(part) for part in archive.namelist()}


def _pack_archive(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w") as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return out.getvalue()


def _xlsx(rows: list[tuple[str, ...]]) -> bytes:
    return _xlsx_of(tuple(rows))


@cache
def _parquet() -> dict[str, bytes]:
    import pyarrow as pa
    from pyarrow import parquet as pq

    columns = {name: [row[column] for row in ROWS] * 20 for column, name in enumerate(HEADER)}
    out, nested = io.BytesIO(), io.BytesIO()
    pq.write_table(pa.table(columns), out)
    pq.write_table(pa.table(columns | {"股东": [[{"name": "a", "share": 1.5}]] * 60}), nested, compression="none")
    return {"business_registry.parquet": out.getvalue(), "nested.parquet": nested.getvalue()}

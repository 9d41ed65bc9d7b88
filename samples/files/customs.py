"""Customs: the public tiers, and declarations that their firms released."""

from collections.abc import Iterator

from samples.facts import HOME, Declaration, Mark
from samples.files.source_writer import SourceWriter, release_of
from samples.formats import write_csv, write_parquet

TIERS = {"advanced": "高级认证企业", "certified": "认证企业", "regular": "常规管理企业"}


def write_tiers(desk: SourceWriter) -> None:
    """Tiers as the customs publishes them."""
    header = ("海关注册编码", "统一社会信用代码", "企业名称", "信用等级", "认定日期", "注册海关")
    path = desk.file("customs_tiers.csv", "customs_tiers", "customs credit tiers")
    write_csv(path, header, _tier_rows(desk))


def write_declarations(desk: SourceWriter) -> None:
    """Export and import declarations."""
    path = desk.file("customs_declarations.parquet", "customs_declarations", "customs declarations, released by the firms")
    write_parquet(path, [_declaration_row(desk, entry) for entry in desk.world.declarations])


def _tier_rows(desk: SourceWriter) -> Iterator[tuple[object, ...]]:
    marks: list[Mark] = [mark for mark in desk.world.marks if mark.kind == "customs"]
    for place, mark in enumerate(marks):
        number = f"{HOME.division[:4]}{place + 910001:06d}"
        name, code = desk.firm("customs_tiers", mark.firm, missing=0.1)
        yield number, code, name, TIERS[mark.value], desk.hand.day(mark.given), f"{HOME.zh}海关"


def _declaration_row(desk: SourceWriter, entry: Declaration) -> dict[str, object]:
    name, code = desk.firm("customs_declarations", entry.firm)
    return {
        "declaration_no": entry.number,
        "ie_flag": entry.flag,
        "declare_date": entry.day.isoformat(),
        "hs_code": entry.firm.industry.hs_code,
        "origin": "CHN",
        "destination": entry.country,
        "trade_mode": "0110",
        "value": entry.amount,
        "currency": "CNY",
        "consignor": name,
        "consignor_uscc": code,
        "customs_office": f"{HOME.zh}海关",
        "release_id": release_of(entry.firm),
    }

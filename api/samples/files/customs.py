"""Customs: the public tiers, and declarations that their firms released."""

from collections.abc import Iterator

from api.samples.facts import HOME, Mark
from api.samples.files.desk import Desk
from api.samples.formats import write_csv, write_parquet

TIERS = {"advanced": "高级认证企业", "certified": "认证企业", "regular": "常规管理企业"}


def write_tiers(desk: Desk) -> None:
    """Tiers as the customs publishes them."""
    header = ("海关注册编码", "统一社会信用代码", "企业名称", "信用等级", "认定日期", "注册海关")
    path = desk.file("customs_tiers.csv", "customs_tier", "customs credit tiers")
    write_csv(path, header, _tier_rows(desk))


def write_declarations(desk: Desk) -> None:
    """Export and import declarations."""
    path = desk.file("customs_declarations.parquet", "customs_declaration", "customs declarations, released by the firms")
    columns: dict[str, list[object]] = {
        name: []
        for name in (
            "declaration_no",
            "ie_flag",
            "declare_date",
            "hs_code",
            "origin",
            "destination",
            "trade_mode",
            "value",
            "currency",
            "consignor",
            "consignor_uscc",
            "customs_office",
        )
    }
    for entry in desk.world.declarations:
        name, code = desk.firm("customs_declarations", entry.firm)
        row = (
            entry.number,
            entry.flag,
            entry.day.isoformat(),
            entry.firm.industry.hs_code,
            "CHN",
            entry.country,
            "0110",
            entry.amount,
            "CNY",
            name,
            code,
            f"{HOME.zh}海关",
        )
        for column, value in zip(columns.values(), row, strict=True):
            column.append(value)
    write_parquet(path, columns)


def _tier_rows(desk: Desk) -> Iterator[tuple[object, ...]]:
    marks: list[Mark] = [mark for mark in desk.world.marks if mark.kind == "customs"]
    for place, mark in enumerate(marks):
        name, code = desk.firm("customs_tiers", mark.firm, missing=0.1)
        yield (
            f"{HOME.division[:4]}{place + 910001:06d}",
            code,
            name,
            TIERS[mark.value],
            desk.hand.day(mark.given),
            f"{HOME.zh}海关",
        )

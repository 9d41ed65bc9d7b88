"""Customs: the public tiers, and declarations that their firms released."""

from collections.abc import Iterator

from samples.facts import HOME, Declaration, Mark
from samples.files.source_writer import SourceWriter, release_of
from samples.formats import write_csv, write_parquet

TIERS = {"advanced": "高级认证企业", "certified": "认证企业", "regular": "常规管理企业"}


def write_tiers(writer: SourceWriter) -> None:
    """Tiers as the customs publishes them."""
    header = ("海关注册编码", "统一社会信用代码", "企业名称", "信用等级", "认定日期", "注册海关")
    path = writer.file("customs_tiers.csv", "customs_tiers", "customs credit tiers")
    write_csv(path, header, _tier_rows(writer))


def write_declarations(writer: SourceWriter) -> None:
    """Export and import declarations."""
    path = writer.file("customs_declarations.parquet", "customs_declarations", "customs declarations, released by the firms")
    write_parquet(path, [_declaration_row(writer, entry) for entry in writer.world.declarations])


def _tier_rows(writer: SourceWriter) -> Iterator[tuple[object, ...]]:
    marks: list[Mark] = [mark for mark in writer.world.marks if mark.kind == "customs"]
    for position, mark in enumerate(marks):
        number = f"{HOME.division[:4]}{position + 910001:06d}"
        name, code = writer.firm("customs_tiers", mark.firm, missing_chance=0.1 if writer.variant.customs_codes else 1.0)
        yield number, code, name, TIERS[mark.value], writer.clerk.day(mark.given_on), f"{HOME.zh}海关"


def _declaration_row(writer: SourceWriter, entry: Declaration) -> dict[str, object]:
    name, code = writer.firm("customs_declarations", entry.firm, missing_chance=0.0 if writer.variant.customs_codes else 1.0)
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

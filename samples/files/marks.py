"""Good marks: tax grades and intellectual property."""

from collections.abc import Iterator

from samples.facts import HOME
from samples.files.source_writer import SourceWriter, release_of
from samples.formats import write_json, write_xlsx

TAX_OFFICE = f"国家税务总局{HOME.zh}税务局"


def write_tax(desk: SourceWriter) -> None:
    """Tax credit grades of a year, as the tax office publishes or a firm releases them."""
    path = desk.file("tax_grades.xlsx", "tax_grades", "tax credit grades")
    write_xlsx(
        path,
        "纳税信用",
        ("纳税人识别号", "纳税人名称", "评价年度", "纳税信用级别", "评价机关", "公布日期", "授权编号"),
        _tax_rows(desk),
    )


def write_ip(desk: SourceWriter) -> None:
    """Patents in force."""
    path = desk.file("patents.json", "patents", "patents in force")
    write_json(path, _patents(desk))


def _tax_rows(desk: SourceWriter) -> Iterator[tuple[object, ...]]:
    for mark in desk.world.marks:
        if mark.kind == "tax":
            name, code = desk.firm("tax_grades", mark.firm)
            release = "" if mark.value == "A" else release_of(mark.firm)
            yield code, name, mark.given.year - 1, mark.value, TAX_OFFICE, mark.given, release


def _patents(desk: SourceWriter) -> Iterator[dict[str, object]]:
    for mark in desk.world.marks:
        if mark.kind == "patent":
            name, code = desk.firm("patents", mark.firm, missing=0.2)
            yield {
                "patent_no": mark.number,
                "title": mark.value,
                "holder": name,
                "uscc": code,
                "granted_on": mark.given.isoformat(),
            }

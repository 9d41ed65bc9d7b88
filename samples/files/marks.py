"""Good marks: tax grades and intellectual property."""

from collections.abc import Iterator

from samples.facts import HOME
from samples.files.source_writer import SourceWriter, release_of
from samples.formats import write_json, write_xlsx

TAX_OFFICE = f"国家税务总局{HOME.zh}税务局"


def write_tax(writer: SourceWriter) -> None:
    """Tax credit grades of a year, as the tax office publishes or a firm releases them."""
    path = writer.file("tax_grades.xlsx", "tax_grades", "tax credit grades")
    write_xlsx(
        path,
        "纳税信用",
        ("纳税人识别号", "纳税人名称", "评价年度", "纳税信用级别", "评价机关", "公布日期", "授权编号"),
        _tax_rows(writer),
    )


def write_ip(writer: SourceWriter) -> None:
    """Patents in force."""
    path = writer.file("patents.json", "patents", "patents in force")
    write_json(path, _patents(writer))


def _tax_rows(writer: SourceWriter) -> Iterator[tuple[object, ...]]:
    for mark in writer.world.marks:
        if mark.kind == "tax":
            name, code = writer.firm("tax_grades", mark.firm)
            release = "" if mark.value == "A" else release_of(mark.firm)
            yield code, name, mark.given_on.year - 1, mark.value, TAX_OFFICE, mark.given_on, release


def _patents(writer: SourceWriter) -> Iterator[dict[str, object]]:
    for mark in writer.world.marks:
        if mark.kind == "patent":
            name, code = writer.firm("patents", mark.firm, missing_chance=0.2)
            yield {
                "patent_no": mark.number,
                "title": mark.value,
                "holder": name,
                "uscc": code,
                "granted_on": mark.given_on.isoformat(),
            }

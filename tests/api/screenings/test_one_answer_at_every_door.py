"""A supplier list is answered alike over HTTP, by the command and in Python, and in every form of a report."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import kith
from api.app import create_app
from api.schemas.screenings import Screening
from api.screenings.reports import REJECT_COLUMNS, TABLE_COLUMNS, as_xlsx
from tests.api.callers import Caller
from tests.api.regions import Region


@pytest.fixture(scope="module")
def caller(made: Region) -> Caller:
    return Caller(create_app(made.state))


@pytest.fixture
def suppliers(made: Region, tmp_path: Path) -> Path:
    """A small list of real and made-up parties, with what goes wrong in lists."""
    listed = made.story("defaulters_subsidiary", "risky")[0]
    rows = [
        ["Nr", "Lieferant", "Steuernummer", "Land", "Memo"],
        ["1", listed["name"], "", "China", "x"],
        ["2", made.sample.our_firm, "", "", ""],
        ["3", made.sample.our_firm, "", "", ""],
        ["4", '=HYPERLINK("http://evil")', "9.13E+17", "", ""],
        ["5", "", "", "", ""],
    ]
    file = tmp_path / "lieferanten.csv"
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    file.write_text(text.getvalue(), "utf-8")
    return file


def post(caller: Caller, file: Path, **more: Any) -> Any:
    return caller.post("/v1/screenings", files={"file": (file.name, file.read_bytes())}, **more)


def run(made: Region, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    environment = {
        "KITH_STORE": made.settings.store.get_secret_value(),
        "KITH_ID_KEY_FILE": str(made.settings.id_key_file),
        "KITH_TODAY": made.sample.as_of,
        "PATH": "/usr/bin:/bin",
        "COLUMNS": "200",
    }
    return subprocess.run([sys.executable, "-m", "kith", *arguments], capture_output=True, env=environment, check=False)


def test_http_command_and_python_give_one_answer(caller: Caller, made: Region, suppliers: Path) -> None:
    over_http = post(caller, suppliers).json()
    command = run(made, "check", str(suppliers), "--json")
    assert command.returncode == 0, command.stderr
    with kith.open(
        made.settings.store.get_secret_value(), today=made.sample.as_of, id_key_file=made.settings.id_key_file
    ) as session:
        in_python = json.loads(session.check(suppliers).model_dump_json(by_alias=True))
    assert json.loads(command.stdout) == over_http == in_python


def test_the_columns_that_are_set_are_set_at_every_door(caller: Caller, made: Region, suppliers: Path) -> None:
    over_http = post(caller, suppliers, data={"columns": "name=Lieferant,id=Memo"}).json()
    by_query = post(caller, suppliers, params={"columns": '{"name": "Lieferant", "id": "E"}'}).json()
    command = run(made, "check", str(suppliers), "--json", "--columns", "name=Lieferant,id=Memo")
    assert json.loads(command.stdout) == over_http == by_query
    assert next(row for row in over_http["rows"] if row["row"] == 2)["id"] == "x"


def test_an_answer_tells_of_the_list_as_a_whole(caller: Caller, suppliers: Path) -> None:
    answer = Screening.model_validate(post(caller, suppliers).json())
    assert answer.reading is not None
    assert [(column.field, column.column) for column in answer.reading.columns] == [
        ("id", "A"), ("name", "B"), ("code", "C"), ("country", "D"),
    ]  # fmt: skip
    assert [(column.heading, column.cells) for column in answer.reading.unread] == [("Memo", 1)]
    assert [(group.kind, group.rows) for group in answer.duplicates] == [("given_twice", (3, 4))]
    assert [(code.row, code.given, code.damage) for code in answer.damaged_codes] == [(5, "9.13E+17", "scientific")]
    assert [row.row for row in answer.rejected] == [6]
    assert {row.id for row in answer.rows} == {"1", "2", "3", "4"}
    assert all(1 <= len(row.reasons) <= 4 for row in answer.rows)
    assert all(reason.code for row in answer.rows for reason in row.reasons)


def test_what_a_listing_restricts_is_told_of_its_party(caller: Caller, made: Region) -> None:
    risky = caller.get("/v1/risky", params={"limit": 200}).json()["results"]
    names = [party["name"] for party in risky if party["standing"] == "listed"]
    rows = caller.post("/v1/screenings", json={"names": names}).json()["rows"]
    restricted = [row for row in rows if row["restrictions"]]
    assert restricted
    assert all(row["party"]["standing"] == "listed" for row in restricted)
    assert {limit["effect"] for row in restricted for limit in row["restrictions"]} <= {"block", "require_review", "advise"}


@pytest.mark.parametrize(
    ("form", "accept"),
    [
        ("csv", "text/csv"),
        ("html", "text/html"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("json", "application/json"),
    ],
)
def test_a_report_comes_by_accept_by_format_and_from_the_command(
    caller: Caller, made: Region, suppliers: Path, tmp_path: Path, form: str, accept: str
) -> None:
    by_accept = post(caller, suppliers, headers={"accept": f"{accept};q=0.9, */*;q=0.1"})
    by_format = post(caller, suppliers, params={"format": form})
    assert by_accept.headers["content-type"].startswith(accept)
    out = tmp_path / f"report.{form}"
    assert run(made, "check", str(suppliers), "-o", str(out)).returncode == 0
    assert out.stat().st_mode & 0o077 == 0
    contents = [by_accept.content, by_format.content, out.read_bytes()]
    if form == "json":
        assert len({json.dumps(json.loads(content)) for content in contents}) == 1
    elif form == "xlsx":
        assert len({json.dumps(cells_of(content)) for content in contents}) == 1
    else:
        assert len(set(contents)) == 1
        assert run(made, "check", str(suppliers), "--format", form).stdout == contents[0]


def test_no_form_that_there_is_not(caller: Caller, suppliers: Path) -> None:
    refused = post(caller, suppliers, params={"format": "pdf"})
    assert (refused.status_code, refused.json()["field"]) == (400, "format")


def cells_of(content: bytes) -> list[list[list[Any]]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [[[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book.worksheets]


def test_a_workbook_holds_the_same_rows_and_no_formula(caller: Caller, suppliers: Path) -> None:
    answer = Screening.model_validate(post(caller, suppliers).json())
    content = as_xlsx(answer, file="lieferanten.csv", lang="en")
    rows, about = cells_of(content)
    assert tuple(rows[0]) == TABLE_COLUMNS
    assert [row[0] for row in rows[1:]] == [row.row for row in (*answer.rows, *answer.rejected)]
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert "f" not in {cell.data_type for sheet in book.worksheets for row in sheet.iter_rows() for cell in row}
    assert any(row[0] and "given twice" in row[0] for row in about)


def test_rejected_rows_are_corrected_and_checked_again(caller: Caller, made: Region, suppliers: Path, tmp_path: Path) -> None:
    over_http = post(caller, suppliers, params={"format": "rejects"})
    assert "rejects.csv" in over_http.headers["content-disposition"]
    out = tmp_path / "rejects.csv"
    assert run(made, "check", str(suppliers), "--rejects", str(out)).returncode == 0
    assert out.read_bytes() == over_http.content
    rows = list(csv.DictReader(io.StringIO(over_http.content.decode("utf-8-sig"))))
    assert (tuple(rows[0]), rows[0]["id"]) == (REJECT_COLUMNS, "5")
    corrected = over_http.content.replace(b"5,,", b"5,Hengtai,")
    again = caller.post("/v1/screenings", files={"file": ("rejects.csv", corrected)}).json()
    assert [(row["id"], row["given"]["name"]) for row in again["rows"]] == [("5", "Hengtai")]


def test_a_file_that_is_none_is_told_with_a_remedy(caller: Caller) -> None:
    refused = caller.post("/v1/screenings", files={"file": ("a.csv", b'name\n"open\n')})
    assert (refused.status_code, refused.json()["row"], bool(refused.json()["remedy"])) == (400, 2, True)
    none = caller.post("/v1/screenings", data={"x": "y"}, files={})
    assert none.status_code in (400, 415)


@pytest.fixture(scope="module", autouse=True)
def nothing_is_left(made: Region) -> Iterator[None]:
    """A check keeps nothing: the store counts what it counted."""
    before = made.counts
    yield
    assert made.counts == before


def test_a_list_of_some_length_is_answered_at_once(caller: Caller) -> None:
    names = [f"Nobody of the number {number} Ltd" for number in range(1200)]
    answer = caller.post("/v1/screenings", json={"names": names})
    assert (answer.status_code, len(answer.json()["rows"])) == (200, 1200)

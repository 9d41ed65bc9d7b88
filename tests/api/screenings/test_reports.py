"""A screening on paper and in a spreadsheet."""

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import date

import pytest

from api.schemas.parties import PartyLine, PathLine
from api.schemas.screenings import Candidate, Ground, Result, ScreenedRow, Screening
from api.screenings.reports import WRITERS, as_csv, as_html, as_json, both_names, party_texts
from api.words import words

LISTED = PartyLine(
    id="K-1", kind="firm", name="Hengtai <Trading>", standing="listed", score=388, sentence="Listed.", listed_count=1
)
NEAR = PartyLine(id="K-2", kind="firm", name="瑞达物流", standing="by_association", score=612, sentence="Not listed.")
PATH = PathLine(
    listed_id="K-1",
    listed_name="Hengtai",
    sentence="51 % owned by Hengtai.",
    strength=0.4,
    covered=1.0,
    profile="corporate",
    bears_points=True,
    hops=(),
)
SCREENING = Screening(
    rows=(
        ScreenedRow(
            row=4,
            given={"name": '=HYPERLINK("x")', "code": "X1"},
            result=Result.STOP,
            party=LISTED,
            match_percent=100,
            reasons=(Ground(code="J01", sentence="Judgment not performed.", points=-180),),
        ),
        ScreenedRow(row=2, given={"name": "Ruida"}, result=Result.LOOK, party=NEAR, match_percent=97, nearest=PATH),
        ScreenedRow(row=3, given={"name": "Nobody"}, result=Result.UNKNOWN),
    ),
    counts={Result.STOP: 1, Result.LOOK: 1, Result.UNKNOWN: 1, Result.FINE: 0},
    rejected=(ScreenedRow(row=5, given={}, result=Result.UNKNOWN, error="Neither a name nor a code. Give one of them."),),
    sources=("court_defaulters", "business_registry"),
    as_of=date(2026, 11, 22),
    rulebook="kith-default 2026.11.3",
)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_printed_page(golden: Callable[[str], None], lang: str) -> None:
    golden(as_html(SCREENING, file="suppliers.csv", lang=lang))


def test_the_page_stands_alone_and_shows_no_markup_of_the_data() -> None:
    page = as_html(SCREENING, file="<suppliers>.csv", lang="en")
    assert "<Trading>" not in page
    assert "&lt;Trading&gt;" in page
    assert not re.search(r"<script|<link|src=|https?://|@import|url\(", page)
    assert "@page{margin" in page


def test_the_page_names_sources_day_and_rulebook_and_says_that_fine_is_no_guarantee() -> None:
    page = as_html(SCREENING, file="suppliers.csv", lang="en")
    assert all(told in page for told in ("court_defaulters", "22 Nov 2026", "kith-default 2026.11.3", "not a guarantee"))


def test_a_spreadsheet_runs_no_formula_of_the_data_and_reads_chinese() -> None:
    text = as_csv(SCREENING, file="suppliers.csv", lang="en")
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert rows[0]["name"] == '\'=HYPERLINK("x")'
    assert [row["row"] for row in rows] == ["4", "2", "3", "5"]
    assert rows[3]["error"].startswith("Neither")


def test_json_is_the_whole_answer() -> None:
    assert Screening.model_validate(json.loads(as_json(SCREENING, file="s", lang="en"))) == SCREENING


def test_there_is_a_writer_for_every_ending_the_command_promises() -> None:
    assert set(WRITERS) == {"html", "csv", "xlsx", "json"}


def test_a_party_is_shown_by_its_name_in_the_script_of_the_reader() -> None:
    party = NEAR.model_copy(update={"name_other": "Ruida Logistics Ltd"})
    assert both_names(party, "en") == "Ruida Logistics Ltd (瑞达物流)"
    assert both_names(party, "zh") == "瑞达物流 (Ruida Logistics Ltd)"
    assert both_names(NEAR, "en") == "瑞达物流"


def test_one_that_may_be_meant_is_said_to_be_no_more_than_that() -> None:
    guess = Candidate(party=LISTED, match_percent=82, result=Result.LOOK)
    row = ScreenedRow(row=2, given={"name": "Hengda"}, result=Result.LOOK, candidates=(guess,))
    assert party_texts(row, words("en"), "en") == ["perhaps Hengtai <Trading>, 82 %"]
    page = as_html(SCREENING.model_copy(update={"rows": (row,)}), file="s.csv", lang="en")
    assert "Listed itself" not in page
    assert "None within reach" not in page

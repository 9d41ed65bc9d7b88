"""Resident ids that courts and registers hid in part: what both show agrees or contradicts, and none of it is kept in clear."""

from pathlib import Path

import pytest

from api.parties.records import shown_record
from ontology.masked_ids import mask_resident_id, shown_parts, shown_year
from ontology.record import Record
from resolution.candidates import keys
from resolution.comparisons import fields
from resolution.judgements.verdicts import Verdicts
from resolution.matching import match
from resolution.records.analysed import analyse
from tests.resolution.sources.shorthands import RESIDENT
from tests.resolution.sources.test_masked import MAPPING, records_of

WHOLE = RESIDENT
COURT = f"{WHOLE[:10]}****{WHOLE[-4:]}"


def records(folder: Path, *numbers: str) -> list[Record]:
    mapping, file = folder / "court.yaml", folder / "court.csv"
    mapping.write_text(MAPPING, "utf-8")
    rows = [f"方怡,{number},c{at}," for at, number in enumerate(numbers)]
    file.write_text("\n".join(["name,number,case,born", *rows, ""]), "utf-8")
    return records_of(file, mapping)


def agreement(folder: Path, number: str, other_number: str) -> float | None:
    left, right = map(analyse, records(folder, number, other_number))
    assert fields.person_ids_agree(left, right) == fields.person_ids_agree(right, left)
    return fields.person_ids_agree(left, right)


@pytest.mark.parametrize(
    "masked",
    [
        COURT,
        f"{WHOLE[:10]}**{WHOLE[-4:]}",
        f"{WHOLE[:10]}＊＊＊＊{WHOLE[-4:]}",
        f"{WHOLE[:10]}••••{WHOLE[-4:]}",
        f"{WHOLE[:10]} ○○○○ {WHOLE[-4:]}",
        f"{WHOLE[:10]}XXXX{WHOLE[-4:]}",
        f"{WHOLE[:14]}****",
        f"{WHOLE[:12]}***{WHOLE[-4:]}",
    ],
)
def test_any_mask_of_a_number_agrees_with_the_whole_one(tmp_path: Path, masked: str) -> None:
    assert agreement(tmp_path, masked, WHOLE) == fields.ID_ISSUED


def other(text: str, at: int) -> str:
    """The number with another digit at this place."""
    return text[:at] + str((int(text[at]) + 3) % 10) + text[at + 1 :]


@pytest.mark.parametrize("at", [3, 5, 9, -4])
def test_a_mask_contradicts_a_whole_number_in_whatever_it_shows(tmp_path: Path, at: int) -> None:
    assert agreement(tmp_path, other(COURT, at), WHOLE) == fields.ID_OTHER


def test_two_masks_are_compared_in_what_both_show(tmp_path: Path) -> None:
    register = f"{WHOLE[:6]}********{WHOLE[-4:]}"
    assert agreement(tmp_path, COURT, register) == fields.ID_LOOSE
    assert agreement(tmp_path, COURT, other(register, 5)) == fields.ID_OTHER
    of_old = f"{WHOLE[:6]}{WHOLE[8:12]}**{WHOLE[-3:]}"
    assert agreement(tmp_path, of_old, register) is None, "15 digits end otherwise"


def test_a_court_and_a_register_are_one_person_and_a_namesake_is_another(tmp_path: Path) -> None:
    namesake = "320388********2206"
    parts = match(records(tmp_path, COURT, WHOLE, namesake), Verdicts()).parts
    assert sorted(len(part) for part in parts) == [1, 2]


def test_nothing_that_a_mask_shows_is_kept_or_shown_in_clear(tmp_path: Path) -> None:
    for record in records(tmp_path, COURT, WHOLE):
        document = record.model_dump_json()
        assert WHOLE[:6] not in document
        assert WHOLE[-4:] not in document
        assert "resident_id_parts" not in shown_record(record, {}).facts
    assert shown_parts(COURT, b"one key") != shown_parts(COURT, b"another")


def test_county_year_and_end_propose_a_pair_and_less_does_not(tmp_path: Path) -> None:
    court, whole, register = (
        keys(analyse(record)) for record in records(tmp_path, COURT, WHOLE, f"{WHOLE[:6]}********{WHOLE[-4:]}")
    )
    assert any(key.startswith("p:id:part:") for key in court & whole)
    assert not any(key.startswith("p:id:") for key in register)


@pytest.mark.parametrize(
    ("text", "year", "shown"),
    [
        ("3203011975••4417", "1975", "320*************17"),
        ("320301○○4417", None, "320*************17"),
        ("32030119750812****", "1975", "320***************"),
        ("HRB 33517", None, "HRB3**17"),
    ],
)
def test_the_year_is_read_and_the_rest_masked_whatever_hides_it(text: str, year: str | None, shown: str) -> None:
    assert (shown_year(text), mask_resident_id(text)) == (year, shown)

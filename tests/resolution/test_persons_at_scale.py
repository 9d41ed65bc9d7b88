"""How well persons of noisy sources are found, and records that nobody would want to read."""

import csv
from itertools import combinations
from pathlib import Path
from time import process_time
from zlib import crc32

import pytest
from pyarrow import parquet

from ontology.record import Address, Contact, Name, Record
from resolution.judgements.verdicts import Verdicts
from resolution.matching import match, match_analysed
from resolution.records.analysed import analyse
from resolution.training.run_weights import learn_run_weights
from tests.resolution.parties import person
from tests.resolution.test_matching import pairs_of

SAMPLE = 0.06  # Of the clusters; whole ones.


def historical(folder: Path) -> tuple[list[Record], dict[str, list[str]]]:
    """Some 3,000 historical persons' records, and the true clusters. Days that no calendar has are told as their year."""
    rows = parquet.read_table(folder / "historical_50k.parquet").to_pylist()
    kept = [row for row in rows if crc32(row["cluster"].encode()) % 1000 < SAMPLE * 1000 and row["full_name"]]
    clusters: dict[str, list[str]] = {}
    for row in kept:
        clusters.setdefault(row["cluster"], []).append(row["unique_id"])
    return [_record(row) for row in kept], clusters


def _record(row: dict[str, str | None]) -> Record:
    attributes = {"birth_place": row["birth_place"], "gender": row["gender"], "occupation": row["occupation"]}
    names = dict.fromkeys(filter(None, (row["full_name"], row["first_and_surname"])))
    postcode, dob = row["postcode_fake"], row["dob"]
    return person(
        str(row["unique_id"]),
        names=tuple(Name(text=name) for name in names),
        born_on=(dob if dob and dob[5:7] <= "12" and dob[8:] <= "31" else dob[:4]) if dob else None,
        addresses=(Address(text=postcode, postcode=postcode),) if postcode else (),
        attributes={title: value for title, value in attributes.items() if value},
    )


@pytest.mark.shared
@pytest.mark.slow
def test_noisy_persons_are_found_and_hardly_any_is_joined_wrongly(shared_data: Path) -> None:
    records, clusters = historical(shared_data / "resolution")
    right, found = pairs_of(list(clusters.values())), pairs_of(match(records, Verdicts()).parts)
    precision, recall = len(right & found) / len(found), len(right & found) / len(right)
    assert precision >= 0.995
    assert 2 * precision * recall / (precision + recall) >= 0.93


def fake(folder: Path) -> tuple[list[Record], dict[str, list[str]]]:
    """Splink's 1,000 invented persons, and the true clusters."""
    records: list[Record] = []
    clusters: dict[str, list[str]] = {}
    with (folder / "fake_1000" / "fake_1000.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            given, family = row["first_name"], row["surname"]
            text = f"{given} {family}".strip()
            records.append(
                person(
                    row["unique_id"],
                    names=(Name(text=text, given=given or None, family=family or None),) if text else (),
                    born_on=row["dob"] or None,
                    contacts=(Contact(kind="email", value=row["email"]),) if row["email"] else (),
                )
            )
            clusters.setdefault(row["cluster"], []).append(row["unique_id"])
    return records, clusters


@pytest.mark.shared
def test_persons_of_a_set_that_no_weight_was_counted_on_are_found_with_weights_learned_from_it(shared_data: Path) -> None:
    records, clusters = fake(shared_data / "resolution")
    right = pairs_of(list(clusters.values()))
    found = pairs_of(match_analysed([analyse(record) for record in records], Verdicts(), learn=learn_run_weights).parts)
    precision, recall = len(right & found) / len(found), len(right & found) / len(right)
    assert precision >= 0.995
    assert 2 * precision * recall / (precision + recall) >= 0.86


def test_five_thousand_aliases_take_no_longer_than_a_few() -> None:
    aliases = [f"Ann Alias{n}" for n in range(5000)]
    many = [person(f"m{n}", "Zoe Quartermain", *aliases, born_on="1970-05-06") for n in range(3)]
    begun = process_time()
    assert match(many, Verdicts()).parts == [["m0", "m1", "m2"]]
    assert process_time() - begun < 60


def test_a_name_that_hundreds_share_joins_nobody_and_says_so() -> None:
    crowd = [person(f"c{n:03}", "Wei Wang", born_on=f"19{n % 90 + 10}-{n % 12 + 1:02}-{n % 28 + 1:02}") for n in range(300)]
    found = match(crowd, Verdicts())
    assert found.keys_dropped > 0
    assert all(len({crowd[int(one[1:])].born_on for one in part}) == 1 for part in found.parts)


def test_records_without_anything_to_compare_stay_as_they_are() -> None:
    nothing = [person("a"), person("b"), person("c", "ꦱꦸꦏꦂꦤꦺꦴ"), person("d", "ꦱꦸꦏꦂꦤꦺꦴ"), person("e", "·"), person("f", "·")]
    assert match(nothing, Verdicts()).parts == [[one.id] for one in nothing]


def test_twins_under_one_roof_stay_two_whoever_stands_between() -> None:
    home = {"street": "1304 Poppy Hills Dr", "phone": "512-353-8633", "born_on": "1997-09-28"}
    records = [person("a", "Mark Kusha", **home), person("b", "Marsha Kusha", **home), person("c", "M Kusha", **home)]
    assert ("a", "b") not in {pair for part in match(records, Verdicts()).parts for pair in combinations(part, 2)}

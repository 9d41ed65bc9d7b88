"""A listing comes over nobody by a name: a party joins a listed one only above a stricter cut, and waits for a person below."""

from datetime import UTC, datetime

import pytest

from ontology.base import PartyKind
from ontology.listing import Listing
from ontology.record import Identifier, Record
from resolution.comparisons.model import Model, model
from resolution.comparisons.model_choice import ModelChoice
from resolution.judgements.rules import LISTED_BITS_MORE
from resolution.judgements.verdicts import Verdicts
from resolution.live import Live
from resolution.match_explanations import explain_separation
from resolution.match_explanations.obstacles import Bar
from resolution.match_results import Match
from resolution.matching import match
from resolution.pipeline import resolve
from store.port import Store
from store.rows import to_rows
from tests.resolution.parties import person

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
COURT = person("court", "Ottoline Quenby", born_on="1980-02-01")
SHOP = person("shop", "Ottoline Quenby", born_on="1980-02-01", phone="021-55512345")
OTHERS = [person(f"other:{at}", f"Barnaby {name}", born_on=f"19{at + 50}") for at, name in enumerate(("Oakes", "Pym", "Rudd"))]


def listing(record_id: str, case_no: str = "7", issuer: str = "court") -> Listing:
    said = {"id": f"l-{record_id}", "dataset": "court", "source_class": "3", "row_id": "f#1", "list_type": "any"}
    return Listing.model_validate(said | {"record_id": record_id, "issuer": issuer, "case_no": case_no})


def that_joins(records: list[Record], *, bits_over: float) -> Model:
    """A model by which the first two records weigh so much more than joins two who are not listed."""
    found = match(records, Verdicts())
    (pair,) = [pair for pair in found.joined_pairs if {pair.left_id, pair.right_id} == {records[0].id, records[1].id}]
    shipped = model(PartyKind.PERSON)
    return shipped.model_copy(update={"version": "strict", "merge_bits": pair.bits - bits_over, "group_bits": -9.0})


def resolved(store: Store, records: list[Record], listings: list[Listing], *, bits_over: float) -> list[list[str]]:
    """The parties of the store by a full run."""
    store.write("sources/put_records", rows=to_rows(records))
    store.write("sources/put_listings", rows=to_rows(listings))
    resolve(store, now=NOON, models=[that_joins(records, bits_over=bits_over)])
    return parties(store)


def parties(store: Store) -> list[list[str]]:
    by_party: dict[str, list[str]] = {}
    for row in store.read("entities/members"):
        by_party.setdefault(row["entity_id"], []).append(row["record_id"])
    return sorted(part for part in by_party.values() if not part[0].startswith("other"))


def possible(store: Store) -> list[tuple[str, str]]:
    return [(row["left_id"], row["right_id"]) for row in store.read("judgements/possible", limit=10)]


TOGETHER, APART = [["court", "shop"]], [["court"], ["shop"]]


@pytest.mark.parametrize(
    ("listings", "bits_over", "expected"),
    [
        ([], LISTED_BITS_MORE - 0.1, TOGETHER),
        ([listing("court")], LISTED_BITS_MORE - 0.1, APART),
        ([listing("court")], LISTED_BITS_MORE + 0.1, TOGETHER),
        ([listing("court"), listing("shop", "8")], LISTED_BITS_MORE - 0.1, APART),
        ([listing("court"), listing("shop")], LISTED_BITS_MORE - 0.1, TOGETHER),
    ],
)
def test_a_namesake_of_a_listed_person_waits_where_others_would_join(
    store: Store, listings: list[Listing], bits_over: float, expected: list[list[str]]
) -> None:
    assert resolved(store, [COURT, SHOP, *OTHERS], listings, bits_over=bits_over) == expected
    assert possible(store) == ([("court", "shop")] if expected == APART else [])


def test_a_live_call_knows_who_is_listed(store: Store) -> None:
    assert resolved(store, [COURT, SHOP, *OTHERS], [listing("court")], bits_over=1.0) == APART
    live = Live(store)
    for put_anew in (SHOP, COURT):
        live.delete(put_anew.id, now=NOON)
        live.put(put_anew, now=NOON)
        assert parties(store) == APART
        assert possible(store) == [("court", "shop")]


def test_a_listing_that_was_taken_off_holds_nobody_and_the_next_run_sees_it(store: Store) -> None:
    records = [COURT, SHOP, *OTHERS]
    assert resolved(store, records, [listing("court")], bits_over=1.0) == APART
    store.write("sources/end_listings", rows=[{"id": "l-court", "removed_on": "2026-11-29", "removal_ground": None}])
    resolve(store, now=NOON, models=[that_joins(records, bits_over=1.0)])
    assert parties(store) == TOGETHER


def test_what_is_missing_is_told(store: Store) -> None:
    resolved(store, [COURT, SHOP, *OTHERS], [listing("court")], bits_over=1.0)
    (obstacle,) = explain_separation(store, ["court"], ["shop"]).obstacles
    assert obstacle.bar is Bar.LISTED
    assert obstacle.missing_bits == pytest.approx(LISTED_BITS_MORE - 1.0, abs=1e-6)


def test_an_issued_number_says_who_is_meant_whatever_else_is_missing() -> None:
    number = (Identifier(scheme="passport", value="X1234567"),)
    records = [record.model_copy(update={"identifiers": number}) for record in (COURT, SHOP)]
    strict = that_joins([*records, *OTHERS], bits_over=1.0)
    found = match([*records, *OTHERS], Verdicts(), listings={"court": ["7"]}, choices=ModelChoice({PartyKind.PERSON: strict}))
    assert TOGETHER[0] in found.parts


def test_a_third_record_does_not_bring_a_namesake_under_a_listing_by_all_they_say_together() -> None:
    records = [COURT, SHOP, person("desk", "Ottoline Quenby", born_on="1980-02-01", street="12 Long Lane, Marlow"), *OTHERS]
    strict = that_joins(records, bits_over=1.0)
    found = match(records, Verdicts(), listings={"court": ["7"]}, choices=ModelChoice({PartyKind.PERSON: strict}))
    assert ["court"] in found.parts
    assert _between(found.possible_pairs, "court")


def _between(pairs: list[Match], record_id: str) -> bool:
    return any(record_id in (pair.left_id, pair.right_id) for pair in pairs)

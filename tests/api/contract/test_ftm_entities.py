"""Parties of the store as FollowTheMoney entities."""

import json
from dataclasses import replace
from datetime import date

import pytest

from api.context.callers import Caller
from api.contract.ftm_entities import ftm_entities, nested_entity
from api.contract.ftm_listings import Listings, dispute_notes, sanction, those_in_force, topics_from
from api.contract.ftm_model import descendants, reverses, schemata
from api.contract.ftm_tables import ftm_tables, topics
from api.schemas.ftm_entities import FtmEntity
from ontology.api_key import Role
from ontology.errors import EntityUnknown
from ontology.listing import Listing
from ontology.rulebook import default_rulebook
from tests.api.regions import Region, resident_ids


def every_entity(region: Region) -> dict[str, FtmEntity]:
    ids = [row["id"] for row in region.store.read("entities/all")]
    return ftm_entities(region.context(), ids)


def test_every_party_of_a_region_is_an_entity_of_a_schema_that_has_its_properties(region: Region) -> None:
    entities = every_entity(region)
    assert len(entities) == region.counts["entities"]
    assert {entity.schema_ for entity in entities.values()} >= {"Person", "Company", "PublicBody"}
    for entity in entities.values():
        assert set(entity.properties) <= set(schemata()[entity.schema_].properties)
        assert entity.datasets
        assert entity.caption


def test_no_number_of_a_person_leaves_with_an_entity(region: Region) -> None:
    text = json.dumps([entity.model_dump() for entity in every_entity(region).values()])
    assert not any(number in text for number in resident_ids(region))
    persons = [entity for entity in every_entity(region).values() if entity.schema_ == "Person"]
    codes = {"idNumber", "passportNumber", "socialSecurityNumber", "taxNumber", "registrationNumber", "phone", "email"}
    assert not any(codes & set(person.properties) for person in persons)


def test_only_a_listing_of_ones_own_gives_a_topic(region: Region) -> None:
    entities = every_entity(region)
    owned = region.story("defaulters_subsidiary", "risky")[0]["name"]
    subsidiary = next(entity for entity in entities.values() if owned in entity.properties["name"])
    assert not subsidiary.target
    assert not {"sanction", "reg.action", "debarment"} & set(subsidiary.properties.get("topics", []))
    assert any(entity.target for entity in entities.values())


def test_ties_and_listings_stand_within_a_nested_entity(region: Region) -> None:
    listed = next(entity for entity in every_entity(region).values() if entity.target)
    nested = nested_entity(region.context(), listed.id)
    (first, *_) = nested.properties["sanctions"]
    assert isinstance(first, FtmEntity)
    assert first.schema_ == "Sanction"
    assert "entity" not in first.properties
    assert first.properties["authority"]
    edges = [value for values in nested.properties.values() for value in values if isinstance(value, FtmEntity)]
    ends = [end for edge in edges for values in edge.properties.values() for end in values if isinstance(end, FtmEntity)]
    assert len(ends) == len(edges) - len(nested.properties["sanctions"])


def test_an_edge_stands_under_the_name_that_its_schema_gives_the_end(region: Region) -> None:
    for entity in list(every_entity(region).values())[:60]:
        nested = nested_entity(region.context(), entity.id)
        for name, values in nested.properties.items():
            for edge in values:
                if isinstance(edge, FtmEntity):
                    assert reverses(entity.schema_)[name].schema in schemata()[edge.schema_].lineage


def test_for_a_partner_a_birth_is_a_year_and_no_record_is_named(region: Region) -> None:
    born = next(entity for entity in every_entity(region).values() if "birthDate" in entity.properties)
    context = replace(region.context(), caller=Caller(key_id="1", role=Role.PARTNER, partner="bank"))
    shown = ftm_entities(context, [born.id])[born.id]
    assert all(len(str(day)) == 4 for day in shown.properties["birthDate"])
    assert not any(":" in referent for referent in shown.referents)


def test_before_it_was_listed_a_party_has_no_topic(region: Region) -> None:
    listed = next(entity for entity in every_entity(region).values() if entity.target)
    context = replace(region.context(), as_of=date(2000, 1, 1))
    assert not ftm_entities(context, [listed.id])[listed.id].target


def test_an_id_of_no_party_is_left_out_and_refused_where_it_is_all_that_is_asked(region: Region) -> None:
    assert ftm_entities(region.context(), ["K-none"]) == {}
    with pytest.raises(EntityUnknown):
        nested_entity(region.context(), "K-none")


def test_every_list_of_the_rulebook_has_its_topics_and_none_by_association() -> None:
    table = topics()
    assert set(table.lists) == {rule.id for rule in default_rulebook().list_types}
    told = {topic for given in table.lists.values() for topic in given} | table.descriptive
    assert told <= set(table.labels)
    assert not {topic for topic in told if topic.endswith(".linked") or topic in ("role.rca", "sanction.control", "poi")}


def test_every_property_and_edge_of_the_tables_is_one_of_the_model() -> None:
    tables = ftm_tables()
    for schema in tables.schemata.values():
        assert set(tables.names.values()) <= set(schemata()[schema].properties)
    edges = [*tables.ties.values(), *(edge for tie in tables.ties.values() for edge in tie.roles.values()), tables.any_tie]
    for edge in edges:
        assert {edge.source, edge.target} == set(schemata()[edge.schema_name].ends)
    assert {kind for kind in default_rulebook().ties if kind not in tables.ties} >= tables.not_stated


def test_descendants_hold_the_schema_itself() -> None:
    assert {"Organization", "Company", "PublicBody"} == descendants("Organization")
    assert "Person" in descendants("Thing")


def listing(**changed: object) -> Listing:
    facts = {"id": "J-1", "dataset": "lists", "source_class": "3", "row_id": "f#1", "list_type": "sanctions_us", "record_id": "r"}
    return Listing.model_validate(facts | {"issuer": "OFAC", "listed_on": date(2020, 1, 1)} | changed)


def statuses(made: Region, *listings: Listing) -> Listings:
    return those_in_force(made.context(), listings)


def test_a_listing_under_appeal_keeps_its_topic_and_says_so_in_both_languages(made: Region) -> None:
    disputed = statuses(made, listing(disputed_since=date(2021, 5, 1)))
    assert topics_from("", disputed) == ["sanction"]
    (english,), (chinese,) = (dispute_notes(made.context(lang), disputed) for lang in ("en", "zh"))
    assert "2021-05-01" in english
    assert "异议" in chinese
    assert sanction(made.context(), "K-1", disputed[0]).properties["status"] == ["in force, disputed"]


@pytest.mark.parametrize(
    "changed",
    [
        {"removed_on": date(2021, 1, 1), "removal_ground": "repaired"},
        {"ends_on": date(2021, 1, 1)},
        {"list_type": "abnormal_operations", "listed_on": date(2015, 1, 1)},
        {"list_type": "administrative_penalty_minor"},
    ],
)
def test_what_was_repaired_ended_expired_or_is_not_published_gives_nothing(made: Region, changed: dict[str, object]) -> None:
    assert statuses(made, listing(**changed)) == ()


def test_topics_that_speak_of_somebody_elses_listing_are_never_handed_out(made: Region) -> None:
    assert topics_from("role.pep; role.rca; sanction.linked; sanction; wanted; crime", ()) == ["role.pep"]
    assert topics_from("", statuses(made, listing(list_type="other_list"))) == []

from itertools import permutations

from ontology.entity import Entity
from ontology.record import Address, Contact, Name, NameRole
from resolution.entities.assembly import assemble
from resolution.entities.searchable import search_rows
from tests.resolution.parties import USCC_A, firm, person


def test_the_name_shown_is_that_of_a_public_body_and_the_other_script_stands_beside_it() -> None:
    records = [
        firm(
            "shop:1", "Xuancong Building Materials (Shanghai) Co., Ltd. of the whole wide world", source_class="1", dataset="shop"
        ),
        firm("reg:1", "上海轩琮建材有限公司", "上海旧名建材有限公司", uscc=USCC_A, founded_on="2001-02-03"),
        firm("tax:1", "上海軒琮建材有限公司", dataset="tax", founded_on="2001"),
    ]
    found = assemble("K-1", records)
    assert (found.name, found.place, found.founded_on) == ("上海轩琮建材有限公司", "上海市", "2001-02-03")
    assert found.name_other == records[0].name
    assert [name.text for name in found.names] == ["上海轩琮建材有限公司", records[0].name, "上海旧名建材有限公司"]
    assert found.sources == ("registry", "shop", "tax")


def test_the_order_of_records_does_not_change_the_entity() -> None:
    records = [
        person("a", "王伟", born_on="1980", phone="1"),
        person("b", "王偉", born_on="1980-02-01", source_class="1", attributes={"post": "x"}),
        person("c", "Wang Wei", born_on="1980-01-02", attributes={"post": "y"}),
    ]
    assert len({assemble("K-1", list(order)).model_dump_json() for order in permutations(records)}) == 1


def test_a_party_without_a_name_shows_its_record() -> None:
    assert assemble("K-1", [person("court:7")]).name == "court:7"


def test_every_writing_is_searched_once() -> None:
    record = firm("a", "上海轩琮建材有限公司", uscc=USCC_A).model_copy(
        update={"names": (Name(text="上海轩琮建材有限公司"), Name(text="轩琮", role=NameRole.ALIAS), Name(text="Xuancong"))}
    )
    rows = list(search_rows(assemble("K-1", [record])))
    assert [row["folded"] for row in rows if row["role"] == "key"] == [
        "all:xuancong",
        "all:轩琮",
        "all:轩琮建材",
        "brand:轩琮",
        "sound:xuancong",
        "word:knkng",
    ]
    assert [(row["folded"], row["role"]) for row in rows if row["role"] != "key"] == [
        ("上海轩琮建材有限公司", "primary"),
        ("xuancong", "primary"),
        ("轩琮", "alias"),
        ("shanghaishi xuancong jiancai", "sound"),
        ("xuancong", "sound"),
        (USCC_A.lower(), "code"),
    ]
    assert len({row["shown"] for row in rows}) == len(rows)


def test_of_several_statuses_the_one_seen_last_counts_and_of_one_day_a_finding() -> None:
    old, new = {"observed_on": "2019-01-01"}, {"observed_on": "2024-01-01"}
    ended = firm("a", "Teasel Ltd", attributes={"status": "Dissolved"}, **new)
    active = firm("b", "Teasel Ltd", attributes={"status": "Active"}, **old)
    restored = firm("c", "Teasel Ltd", attributes={"status": "Active"}, observed_on="2025-01-01")
    untold = firm("d", "Teasel Ltd", attributes={"status": "注销"}), firm("e", "Teasel Ltd", attributes={"status": "存续"})
    for records in permutations((ended, active)):
        assert assemble("K-1", records).attributes["status"] == "Dissolved"
    assert assemble("K-1", (ended, active, restored)).attributes["status"] == "Active"
    assert assemble("K-1", untold).attributes["status"] == "注销"


def test_what_is_written_for_no_contact_and_no_address_stays_with_the_record() -> None:
    site = Contact(kind="website", value="https://facebook.com")
    contacts = (Contact(kind="phone", value="0000000"), Contact(kind="email", value="sales@larkspur.de"), site)
    addresses = (Address(text="Not available"), Address(text="14 Quay Street, Bristol"))
    entity = assemble("K1", [firm("a", "Larkspur Ltd", contacts=contacts, addresses=addresses)])
    assert [one.value for one in entity.contacts] == ["sales@larkspur.de"]
    assert [one.text for one in entity.addresses] == ["14 Quay Street, Bristol"]


def test_what_is_assembled_is_what_the_model_takes() -> None:
    records = [
        person("a", "王伟", born_on="1980", phone="1", street="1 Elm Road"),
        person("b", "Wang Wei", born_on="1980-02-01", source_class="1", attributes={"z": "1", "post": "x"}),
    ]
    for entity in (assemble("K-1", records), assemble("K-1", records[1:]), assemble("K-1", [firm("c")])):
        assert Entity(**dict(entity)).model_dump_json() == entity.model_dump_json()
        assert Entity.model_validate_json(entity.model_dump_json(exclude_defaults=True)) == entity

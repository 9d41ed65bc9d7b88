"""A name is looked up by its keys, in a store that holds many."""

from pathlib import Path

import pytest

from api.parties.search import search_firms
from api.screenings.matching import match_supplier
from api.screenings.supplier_lists import Supplier
from ontology.entity import Entity
from ontology.record import Name
from resolution.entities.searchable import search_rows
from resolution.records.firms import firm_name
from store.open import open_store
from store.port import Store
from store.rows import to_rows

NAMES = {
    "K-1": "杭州鹏程贸易有限公司",
    "K-2": "Hengtai Trading Co., Ltd.",
    "K-3": "重庆长安汽车股份有限公司",
    "K-4": "General Trading LLC",
    "K-5": "Fentonware Logistics Ltd",
}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    held = open_store(f"sqlite:///{tmp_path / 'kith.db'}")
    many = {f"K-{100 + n}": f"鹏程{n}号贸易有限公司" for n in range(60)}
    told = (NAMES | many).items()
    entities = [Entity(id=id_, kind="firm", name=name, names=(Name(text=name),), record_ids=(id_,)) for id_, name in told]
    held.write("entities/put_entities", rows=to_rows(entities))
    held.write("entities/put_names", rows=[row for entity in entities for row in search_rows(entity)])
    return held


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("杭州鵬程貿易有限公司", "K-1"),
        ("HENGTAI TRADING COMPANY LIMITED", "K-2"),
        ("Henngtai Trading", "K-2"),
        ("Chongqing Changan Automobile Company Limited", "K-3"),
        ("Fenton Ware Logistics", "K-5"),
        ("Nobody Knows This Ltd", None),
    ],
)
def test_a_supplier_is_found_however_its_name_is_written(store: Store, given: str, found: str | None) -> None:
    matches = match_supplier(store, Supplier(1, name=given)).matches
    assert [one.entity.id for one in matches][:1] == ([found] if found else [])


def test_a_key_that_many_hold_counts_only_where_no_other_has_any(store: Store) -> None:
    assert [row["id"] for row in search_firms(store, firm_name("General Trading LLC"), holders_max=50)] == ["K-4"]
    assert len(search_firms(store, firm_name("鹏程贸易有限公司"), holders_max=50)) >= 1


def test_of_those_that_bear_the_whole_name_none_is_left_out(store: Store) -> None:
    names = {f"K-{500 + n}": "Larkspur Fittings Ltd" for n in range(120)}
    entities = [
        Entity(id=id_, kind="firm", name=name, names=(Name(text=name),), record_ids=(id_,)) for id_, name in names.items()
    ]
    store.write("entities/put_entities", rows=to_rows(entities))
    store.write("entities/put_names", rows=[row for entity in entities for row in search_rows(entity)])
    assert {one.entity.id for one in match_supplier(store, Supplier(1, name="LARKSPUR FITTINGS LIMITED")).sure} == set(names)

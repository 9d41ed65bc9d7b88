"""A few parties told as FollowTheMoney entities, in a store of their own: an owner, a firm, its listing, a bureau, namesakes."""

import json
from datetime import date
from pathlib import Path

from api.http.dependencies import AppState
from api.runs.journey import journey
from api.settings import Settings
from api.wiring import rulebook, version
from store.open import open_store
from store.port import Store

TODAY = date(2024, 6, 1)
OFAC = "Office of Foreign Assets Control"
RESIDENT = "11010519491231002X"


def entity(id_: str, schema: str, **properties: object) -> dict[str, object]:
    listed = {name: value if isinstance(value, list) else [value] for name, value in properties.items()}
    return {"id": id_, "schema": schema, "properties": listed}


ENTITIES = [
    entity(
        "c1",
        "Company",
        name="Rongjiang Trading Co., Ltd.",
        previousName="Rongjiang Stores",
        jurisdiction="cn",
        uscCode="91350100M000100Y43",
        incorporationDate="2015-03",
        address="1 East Street, Rongjiang",
    ),
    entity("c2", "Company", name="Volga Metals OOO", country="ru", innCode="7707083893", leiCode="529900T8BM49AURSDO55"),
    entity(
        "p1", "Person", name="Yi Lin", firstName="Yi", lastName="Lin", birthDate="1949-12-31", idNumber=RESIDENT, nationality="cn"
    ),
    entity(
        "p2",
        "Person",
        name="Boris Orlov",
        birthDate="1961",
        country="ru",
        topics=["role.pep", "sanction.linked"],
        position="Mayor",
    ),
    entity("p3", "Person", name="Anna Orlova", country="ru"),
    entity("g1", "PublicBody", name="Rongjiang Water Bureau", country="cn"),
    entity("o1", "Ownership", owner="p1", asset="c1", percentage="62.5", startDate="2015-04-01"),
    entity("d1", "Directorship", director="p2", organization="c2", role="chair"),
    entity("f1", "Family", person="p2", relative="p3", relationship="spouse"),
    entity("s1", "Sanction", entity="c2", authority=OFAC, program="SDN", startDate="2022-02-24", reason="an invented example"),
    entity("s2", "Sanction", entity="g1", authority=OFAC, program="SDN", startDate="2019-01-01", endDate="2020-01-01"),
]


def write_town(path: Path) -> Path:
    """The file of the town."""
    path.write_text("\n".join(json.dumps(entry) for entry in ENTITIES) + "\n", "utf-8")
    return path


def load(address: str, folder: Path, *files: Path) -> tuple[Store, AppState]:
    """A store of these files, resolved and propagated, and what an app is built over."""
    settings = Settings(store=address, today=TODAY, id_key_file=folder / "id.key")
    store = open_store(address, create=True)
    journey(store, files, settings=settings)
    return store, AppState(settings, store, rulebook(settings), version())

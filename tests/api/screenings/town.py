"""A town of parties told in a few words, kept in a store, propagated, and asked about suppliers."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from api.context.request_context import RequestContext
from api.schemas.screenings import Result, ScreenedRow
from api.screenings.results import screen
from api.screenings.supplier_lists import Supplier, SupplierList
from graph.pipeline import propagate
from ontology.base import PartyKind, SourceClass
from ontology.record import Name, NameRole, Record
from ontology.rulebook import default_rulebook
from resolution.entities.searchable import search_rows
from store.open import open_store
from store.port import Store
from store.rows import to_rows
from tests.graph.world import TODAY, World

NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)
TWO_SOURCES = ("platform", "registry")


class Town(World):
    """Parties known well enough that nothing found means Fine; `store` once, then `check` as often as wanted."""

    def firm(self, name: str, *, id_: str = "", listed: bool = False, kind: str = "firm", **more: Any) -> str:
        """A party of this name; `short` and `earlier` are further names of it."""
        short, earlier = more.pop("short", ""), more.pop("earlier", "")
        party = self.party(id_ or f"K-{len(self.entities):03}", kind, name=name, sources=TWO_SOURCES, **more)
        roles = ((short, NameRole.WEAK), (earlier, NameRole.PREVIOUS))
        others = tuple(Name(text=text, role=role) for text, role in roles if text)
        held = self.entities[party]
        self.entities[party] = held.model_copy(update={"names": (*held.names, *others)})
        if listed:
            self.listed(party)
        return party

    def store(self, folder: Path) -> Store:
        """Everything in a store, with scores."""
        store = open_store(f"sqlite:///{folder / 'kith.db'}")
        self.keep(store)
        stated = {"dataset": "platform", "source_class": SourceClass.PLATFORM, "row_id": "fP#1"}
        store.write("sources/put_records", rows=to_rows([Record(id="platform:1", kind=PartyKind.FIRM, **stated)]))
        store.write("entities/put_names", rows=[row for one in self.entities.values() for row in search_rows(one)])
        propagate(store, rulebook=default_rulebook(), as_of=TODAY, now=NOW)
        return store


def check(store: Store, name: str = "", *, code: str = "", place: str = "", lang: str = "en") -> ScreenedRow:
    """One supplier's row."""
    context = RequestContext(store, default_rulebook(), TODAY, "zh" if lang == "zh" else "en")
    return screen(context, SupplierList((Supplier(2, name=name, code=code, place=place),))).rows[0]


def said(row: ScreenedRow) -> str:
    """Every sentence of a row, as one text."""
    return " ".join(reason.sentence for reason in row.reasons)


def results(store: Store, names: tuple[str, ...]) -> list[Result]:
    """The result of each of these names."""
    return [check(store, name).result for name in names]

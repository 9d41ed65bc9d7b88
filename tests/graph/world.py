"""A small world told in a few words: statements between records that are each a party of their own."""

from datetime import date
from typing import Any

from graph.network.facts import Facts
from graph.network.network import network_from
from graph.scores.scoring import Scoring
from graph.signals.signals import Signals
from ontology.base import PartyKind, SourceClass
from ontology.entity import Entity
from ontology.experience import Experience
from ontology.link import Link
from ontology.listing import Listing, Recognition
from ontology.record import Address, Contact, Identifier, Name, Record
from ontology.rulebook import Rulebook, default_rulebook
from store.port import Columns, Store
from store.queries import load_query
from store.rows import to_row, to_rows

TODAY = date(2026, 6, 30)


class World:
    """Add parties and statements, then ask for `facts`."""

    def __init__(self) -> None:
        self.entities: dict[str, Entity] = {}
        self.links: list[Link] = []
        self.listings: list[Listing] = []
        self.recognitions: list[Recognition] = []
        self.experiences: list[Experience] = []
        self.rulings: list[dict[str, Any]] = []

    def party(
        self, id_: str, kind: str = "firm", *, address: str | None = None, phone: str | None = None, **attributes: Any
    ) -> str:
        name = attributes.pop("name", id_)
        self.entities[id_] = Entity(
            id=id_,
            kind=PartyKind(kind),
            name=name,
            names=(Name(text=name),),
            addresses=(Address(text=address),) if address else (),
            contacts=(Contact(kind="phone", value=phone),) if phone else (),
            identifiers=(Identifier(scheme="uscc", value=attributes.pop("uscc")),) if "uscc" in attributes else (),
            record_ids=(id_,),
            sources=attributes.pop("sources", ("registry",)),
            **attributes,
        )
        return id_

    def link(self, kind: str, source: str, target: str, **attributes: Any) -> str:
        self._add_missing_parties(source, target, person=kind in ("REPRESENTS", "DIRECTS"))
        number = len(self.links)
        self.links.append(Link(kind=kind, source_id=source, target_id=target, **self._statement_fields("L", number, attributes)))
        return self.links[-1].id

    def listed(
        self, party: str, list_type: str = "court_judgment_default", listed_on: str | None = "2025-03-04", **attributes: Any
    ) -> str:
        self._add_missing_parties(party)
        number, day = len(self.listings), date.fromisoformat(listed_on) if listed_on else None
        facts = {"issuer": "Linhai People's Court", "listed_on": day} | attributes
        self.listings.append(Listing(list_type=list_type, record_id=party, **self._statement_fields("B", number, facts)))
        return self.listings[-1].id

    def recognition(self, party: str, mark: str, given_on: str = "2026-03-01", **attributes: Any) -> str:
        self._add_missing_parties(party)
        facts = {"issuer": "State Taxation Administration", "given_on": date.fromisoformat(given_on)} | attributes
        self.recognitions.append(
            Recognition(mark=mark, record_id=party, **self._statement_fields("G", len(self.recognitions), facts))
        )
        return self.recognitions[-1].id

    def report(self, reporter: str, subject: str, outcome: str, happened_on: str = "2026-03-01", **attributes: Any) -> str:
        self._add_missing_parties(reporter, subject)
        facts = {"dealing": "invoice", "happened_on": date.fromisoformat(happened_on)} | attributes
        statement = self._statement_fields("X", len(self.experiences), facts)
        self.experiences.append(Experience(reporter_id=reporter, subject_id=subject, outcome=outcome, **statement))
        return self.experiences[-1].id

    @property
    def facts(self) -> Facts:
        parties = [self.entities[name] for name in sorted(self.entities)]
        return Facts(
            entities=_columns("network/entities", [to_row(party) for party in parties]),
            links=_columns("network/links", [to_row(link) for link in self.links]),
            listings=_columns("network/listings", [to_row(listing, entity_id=listing.record_id) for listing in self.listings]),
            recognitions=_columns(
                "network/recognitions",
                [to_row(recognition, entity_id=recognition.record_id) for recognition in self.recognitions],
            ),
            experiences=_columns("network/experiences", [to_row(experience) for experience in self.experiences]),
            rulings=_columns("network/rulings", self.rulings),
            datasets={"dataset": ["registry"], "source_class": ["3"]},
        )

    def keep(self, store: Store) -> None:
        """Write it all into a store, every party with the one record it is named after."""
        parties = [self.entities[name] for name in sorted(self.entities)]
        origin = {"dataset": "registry", "source_class": SourceClass.PUBLIC}
        records = [
            Record(id=party.id, row_id=f"fR#{n + 1}", kind=party.kind, names=party.names, **origin)
            for n, party in enumerate(parties)
        ]
        store.write("sources/put_records", rows=to_rows(records))
        store.write("sources/put_links", rows=to_rows(self.links))
        store.write("sources/put_listings", rows=to_rows(self.listings))
        store.write("sources/put_recognitions", rows=to_rows(self.recognitions))
        store.write("sources/put_experiences", rows=to_rows(self.experiences))
        store.write("entities/put_entities", rows=to_rows(parties))
        store.write("entities/put_members", rows=({"record_id": party.id, "entity_id": party.id} for party in parties))

    def scoring(self, as_of: date = TODAY, *, rulebook: Rulebook | None = None, seeds: tuple[str, ...] = ()) -> Scoring:
        """Network, signals and scores of this world on a day."""
        network = network_from(self.facts, rulebook=rulebook or default_rulebook(), as_of=as_of)
        return Scoring(network, Signals(network, seeds))

    def _add_missing_parties(self, *names: str, person: bool = False) -> None:
        for place, name in enumerate(names):
            if name not in self.entities:
                self.party(name, "person" if person and place == 0 else "firm")

    def _statement_fields(self, prefix: str, number: int, attributes: dict[str, Any]) -> dict[str, Any]:
        days = {key: date.fromisoformat(day) for key, day in attributes.items() if key.endswith("_on") and isinstance(day, str)}
        days |= {
            key: date.fromisoformat(day) for key, day in attributes.items() if key == "disputed_since" and isinstance(day, str)
        }
        fields = {
            "id": f"{prefix}{number:03}",
            "dataset": "registry",
            "source_class": SourceClass.PUBLIC,
            "row_id": f"f{prefix}#{number + 1}",
        }
        return fields | attributes | days


def _columns(name: str, rows: list[dict[str, Any]]) -> Columns:
    return {field.name: [row[field.name] for row in rows] for field in load_query(name, "sqlite").answer_fields}

"""An open store and the questions it answers: each method is one call of what the routes and commands call."""

from collections.abc import Iterable, Mapping
from datetime import date
from os import PathLike, fspath
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Union

from api.context.change_marks import last_propagated
from api.context.network_cache import NetworkCache
from api.context.request_context import RequestContext
from api.settings import Settings
from api.wiring import open_store, rulebook, settings_of, today_of
from kith.tables import Table
from ontology.errors import StoreMissing, WrongCall
from store.port import Store

if TYPE_CHECKING:
    from api.parties.rankings import ListedEntity
    from api.runs.journey import StoreUpdate
    from api.schemas.keys import PersonReads
    from api.schemas.parties import Parties, PartyLine, PartyOwners, Paths, Profile, Records, Search, Ties
    from api.schemas.screenings import Screening
    from api.schemas.store import LoadedFile
    from api.schemas.watching import WatchEvents
    from graph.pipeline import PropagationReport
    from kith.supplier_lists import Suppliers
    from ontology.entity import Tie
    from ontology.record import Record
    from ontology.signal import Signal
    from resolution.pipeline import Resolved
    from resolution.sources.ingest import Ingested

File = Union[str, "PathLike[str]"]
Files = File | Iterable[File]


def open_session(
    store: File | None, *, rulebook: File | None, lang: str | None, today: date | None, id_key_file: File | None
) -> "Kith":
    """A store as `kith.open` promises it."""
    paths = {"rulebook": rulebook, "id_key_file": id_key_file}
    path_settings = {name: Path(path) for name, path in paths.items() if path is not None}
    return Kith(settings_of(_address(store), lang=lang, today=today, **path_settings))


class Kith:
    """An open store. A party is named by its id, the id of one of its records, a code, or a name with one clear answer.

    Every question raises StoreMissing where there is no store yet, and StoreTrouble where it does not answer.
    """

    def __init__(self, settings: Settings) -> None:
        """Open the store of these settings, where there is one. Raises RulebookInvalid, IdKeyDiffers, StoreTrouble."""
        self.settings, self._rulebook = settings, rulebook(settings)
        self._networks = NetworkCache()
        self._store: Store | None = None
        try:
            self._store = open_store(settings)
        except StoreMissing as store_missing:
            self._store_missing = store_missing

    def __enter__(self) -> "Kith":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Kith on {self._store.engine if self._store else 'no store yet'}>"

    def close(self) -> None:
        """Give the store back. It cannot be asked afterwards."""
        if self._store:
            self._store.close()

    @property
    def store(self) -> Store:
        """The store itself, for named queries. Raises StoreMissing."""
        if self._store is None:
            raise self._store_missing
        return self._store

    def ingest(
        self, paths: Files, *, mapping: File | None = None, kind: str | None = None, dataset: str | None = None
    ) -> "tuple[Ingested, ...]":
        """Load files, or folders of files; what did not go in is told with each. Used from the next `run` on.

        mapping: a mapping of your own (YAML); kind: what the files are, where they should not be recognised;
        dataset: name of the data set, else the kind's.
        Raises WrongCall, SourceUnreadable where no file can be read, MappingInvalid.
        """
        from api.runs.journey import load_files

        if mapping and kind:
            raise WrongCall(reason="a mapping and a kind are given", remedy="Give one of the two.")
        page = Path(mapping) if mapping else None
        store = self._store_to_write()
        return tuple(load_files(store, _files(paths), settings=self.settings, mapping=page, kind=kind, dataset=dataset))

    def resolve(self) -> "Resolved":
        """Find out which records are one party. Raises NothingToDo without records."""
        from api.runs.journey import resolve_records

        return resolve_records(self.store, settings=self.settings)

    def propagate(self, *, seeds: Iterable[str] = ()) -> "PropagationReport":
        """Spread risk and trust and score every party; `seeds` name vetted parties. Raises NothingToDo before `resolve`."""
        from api.runs.journey import propagate_signals

        return propagate_signals(self.store, settings=self.settings, seeds=seeds)

    def run(self, paths: Files = ()) -> "StoreUpdate":
        """Load the files, if any, then resolve and propagate what is not used yet. Raises NothingToDo without records."""
        from dataclasses import replace

        from api.runs.journey import update_store

        loaded = self.ingest(files) if (files := _files(paths)) else ()
        return replace(update_store(self.store, settings=self.settings), files=loaded)

    def risky(self, limit: int = 20) -> "Parties":
        """Firms and agencies with risk, listed ones first; never persons. Raises NothingToDo before `propagate`."""
        from api.context.freshness import with_freshness
        from api.context.pages import PageRequest
        from api.parties.rankings import risky_parties

        context = self._context()
        return with_freshness(context, risky_parties(context, PageRequest(limit)))

    def reliable(
        self, limit: int = 20, *, place: str | None = None, trade: str | None = None, volume_from: float = 0.0
    ) -> "Parties":
        """Firms and agencies with a good record, the highest score first; `volume_from` in yuan. Raises NothingToDo."""
        from api.context.freshness import with_freshness
        from api.context.pages import PageRequest
        from api.parties.rankings import reliable_parties
        from graph.explanations.rankings import PartyFilter

        context = self._context()
        return with_freshness(context, reliable_parties(context, PageRequest(limit), PartyFilter(place, trade, volume_from)))

    def find(
        self,
        query: str | None = None,
        limit: int = 20,
        *,
        code: str | None = None,
        address: str | None = None,
        phone: str | None = None,
    ) -> "Search":
        """Parties that answer to one of a name in any script, a code, an address or a phone, best first. Raises WrongCall."""
        from api.context.freshness import with_freshness
        from api.context.pages import PageRequest
        from api.parties.contact_search import SearchTerms, find_parties

        context, terms = self._context(), SearchTerms(query, code, address, phone)
        return with_freshness(context, find_parties(context, terms, PageRequest(limit)))

    def profile(self, party: str, *, partner: str | None = None, purpose: str | None = None) -> "Profile":
        """Everything known of a party; `partner` and `purpose` say who looks, where a person's consent is needed.

        Raises EntityUnknown, EntityAmbiguous, WrongCall where only one of partner and purpose is given.
        """
        from api.context.freshness import with_freshness
        from api.parties.profiles import profile

        context = self._context(partner, purpose)
        return with_freshness(context, profile(context, self._party(party)))

    def explain(self, party: str, *, partner: str | None = None, purpose: str | None = None) -> tuple[str, ...]:
        """The account of a party, line by line: sentences with sources and dates, then the numbers. Raises as `profile`."""
        from api.parties.profiles import profile
        from api.parties.report import report_lines

        context = self._context(partner, purpose)
        return tuple(report_lines(context, profile(context, self._party(party))))

    def owners(self, party: str) -> "PartyOwners":
        """Who stands behind a party: stakes over chains and cycles, beneficial owners. Raises as `profile`."""
        from api.context.freshness import freshness_of
        from api.parties.owners import party_owners
        from api.schemas.parties import PartyOwners

        context = self._context()
        return PartyOwners(**dict(party_owners(context, self._party(party))), freshness=freshness_of(context))

    def paths(self, party: str, to_party: str | None = None) -> "Paths":
        """The ways between two parties, or to the nearest listed ones. Raises as `profile`."""
        from api.context.freshness import with_freshness
        from api.parties.paths import paths_between, paths_to_listed

        context, party_id = self._context(), self._party(party)
        answer = paths_between(context, party_id, self._party(to_party)) if to_party else paths_to_listed(context, party_id)
        return with_freshness(context, answer)

    def ties_of(self, party: str) -> "Ties":
        """The ties of a party, those in force first, each with the rows that state it. Raises as `profile`."""
        from api.context.freshness import with_freshness
        from api.parties.ties import party_ties

        context = self._context()
        return with_freshness(context, party_ties(context, self._party(party)))

    def records_of(self, party: str) -> "Records":
        """The records a party was put together from, each with file and row. Raises as `profile`."""
        from api.context.freshness import with_freshness
        from api.parties.records import party_records

        context = self._context()
        return with_freshness(context, party_records(context, self._party(party)))

    def readers_of(self, party: str, *, limit: int = 100, cursor: str | None = None) -> "PersonReads":
        """Who read of a person through the API, the latest first: `limit` lines from the place that a page before named.

        Raises as `profile`; CursorInvalid.
        """
        from api.context.pages import PageRequest
        from api.keys.readers import party_readers

        return party_readers(self.store, self._party(party), PageRequest(limit, cursor))

    def check(self, suppliers: "Suppliers", *, columns: Mapping[str, str] | None = None, sheet: str | None = None) -> "Screening":
        """Check a list: stop, look, unknown or fine, with reasons. Nothing of it is kept.

        suppliers: a file's path, names, rows with name, code, place, country and id, a DataFrame or an Arrow table.
        columns: heading or letter of the column by field, where it is not found out; sheet: of a workbook, else its first.
        Raises NothingToDo before `propagate`, SourceUnreadable, WrongCall where it is nothing of the kind.
        """
        from api.parties.rankings import need_scores
        from api.screenings.results import screen
        from kith.supplier_lists import suppliers_of

        rows = suppliers_of(suppliers, self.settings, columns=columns, sheet=sheet)
        need_scores(self.store)
        return screen(self._context(), rows)

    def events(self, after: str | None = None, limit: int = 100) -> "WatchEvents":
        """What changed about watched parties, the earliest first; `next` of the answer is the `after` to go on with.

        Raises CursorInvalid.
        """
        from api.watching.events import EventFilter, EventTeller, read_events

        teller = EventTeller(self._rulebook, self.settings.lang)
        return read_events(self.store, EventFilter(), teller, after=after, limit=limit)

    def export_ftm(self, path: File) -> int:
        """Write every party, tie and listing in force as FollowTheMoney entities, one a line; returns how many.

        No number of a person is among them. Raises SourceUnreadable where the file cannot be written.
        """
        from api.contract.ftm_export import write_entities

        return write_entities(self._context(), Path(path))

    def sources(self) -> "tuple[LoadedFile, ...]":
        """The loaded files: which of them are not used yet, and which are overdue."""
        from api.context.freshness import freshness_of
        from api.parties.source_rows import loaded_files

        context = self._context()
        return loaded_files(self.store, freshness_of(context), context.today or context.as_of)

    def entities(self) -> "Table[ListedEntity]":
        """Every party with the ids of its records, by id. Raises NothingToDo before `resolve`."""
        from api.parties.rankings import ListedEntity, listed_entities

        return Table(ListedEntity, listed_entities(self._context(), search=None, limit=None).entities)

    def scores(self) -> "Table[PartyLine]":
        """Every party with its standing and its score, or why it has none, by id. Raises NothingToDo before `propagate`."""
        from api.parties.rankings import need_scores
        from api.parties.summaries import party_lines
        from api.schemas.parties import PartyLine

        need_scores(self.store)
        return Table(PartyLine, party_lines(self._context(), self.store.columns("entities/all")["id"]))

    def signals(self) -> "Table[Signal]":
        """The numbers behind the scores, by party and name; one that is not told is 0. Raises NothingToDo before `propagate`."""
        from api.parties.rankings import listed_signals
        from ontology.signal import Signal

        return Table(Signal, listed_signals(self._context(), party=None, name=None).signals)

    def ties(self) -> "Table[Tie]":
        """Every tie between parties on the day asked for, by id. Raises NothingToDo before `propagate`."""
        from api.context.kept_answers import kept_answers_hold
        from api.parties.rankings import need_scores
        from graph.network.stored_ties import ties_around
        from ontology.entity import Tie
        from store.rows import from_row

        need_scores(self.store)
        context = self._context()
        if kept_answers_hold(context):
            return Table(Tie, [from_row(Tie, row) for row in self.store.read("network/ties")])
        scoring = context.scoring()
        return Table(Tie, ties_around(scoring.network, scoring.review_reasons.successions, scoring.network.parties.ids))

    def records(self) -> "Table[Record]":
        """Every record as its source tells it, personal ids masked, by id."""
        from ontology.record import Record

        documents = self.store.columns("entities/records")["document"]
        return Table(Record, [Record.model_validate_json(document) for document in documents])

    def _store_to_write(self) -> Store:
        """The store; made where there is none yet."""
        if self._store is None:
            self._store = open_store(self.settings, create=True)
        return self._store

    def _context(self, partner: str | None = None, purpose: str | None = None) -> RequestContext:
        """The circumstances of a question: its day is that of the settings, else of the last run, else today."""
        from api.context.access import reader_of

        store, today = self.store, today_of(self.settings)
        day = self.settings.today or last_propagated(store) or today
        lang, reader = self.settings.lang, reader_of(partner, purpose)
        return RequestContext(store, self._rulebook, day, lang, self._networks, reader=reader, today=today)

    def _party(self, name: str) -> str:
        """The id of the party meant. Raises EntityUnknown, EntityAmbiguous."""
        from api.context.record_names import record_name
        from api.parties.search import find_party

        return find_party(self.store, record_name(name, self.settings))


def _address(store: File | None) -> str | None:
    """An address as settings know it: a path is the file of a SQLite store."""
    from urllib.parse import quote

    if store is None or (isinstance(store, str) and "://" in store):
        return store
    return f"sqlite:///{quote(fspath(store))}"


def _files(paths: Files) -> list[Path]:
    return [Path(paths)] if isinstance(paths, str | PathLike) else [Path(path) for path in paths]

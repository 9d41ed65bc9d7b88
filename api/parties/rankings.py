"""Lists of parties (risky, reliable, all) and tables of signals."""

from collections.abc import Iterator

from pydantic import Field

from api.context.kept_answers import signals_for
from api.context.pages import PageRequest, Place, cut_page, read_cursor
from api.context.request_context import RequestContext
from api.parties.search import find_party, search_names
from api.parties.summaries import party_lines
from api.schemas.parties import Parties
from graph.explanations.rankings import ANYBODY, PartyFilter, RankedLine
from graph.pipeline import reliable, risky
from ontology.base import ImmutableModel, PartyKind
from ontology.errors import NothingToDo, WrongCall
from ontology.rulebook import Rulebook
from ontology.signal import Signal
from store.port import Store

RISK = "risk:"
SINGLE = ("association", "trust", "evidence", "circulation", "ring")


class ListedEntity(ImmutableModel):
    """One party and its records."""

    id: str
    kind: PartyKind
    name: str
    name_other: str | None = None
    place: str | None = None
    record_ids: tuple[str, ...] = Field(description="Sorted.")


class ListedEntities(ImmutableModel):
    """Parties by id."""

    entities: tuple[ListedEntity, ...]


class ListedSignals(ImmutableModel):
    """Signals by party and name; one that is not listed is 0."""

    signals: tuple[Signal, ...]


def risky_parties(context: RequestContext, page: PageRequest) -> Parties:
    """Firms and agencies: those with own listings in force first, then by association; nobody who is or may be a person.

    Parties of unknown kind are included where their name cannot be a person's. Raises NothingToDo, CursorInvalid.
    """
    need_scores(context.store)
    question = f"risky {context.as_of}"
    lines = risky(context.scoring(), limit=page.limit + 1, language=context.lang, after=_last_shown(page, question))
    riskiest = cut_page(lines, page, place=_place, question=question)
    shown_lines = party_lines(context, [party.entity_id for party in riskiest.lines])
    return Parties(as_of=context.as_of, results=shown_lines, next=riskiest.next)


def reliable_parties(context: RequestContext, page: PageRequest, filters: PartyFilter = ANYBODY) -> Parties:
    """Firms and agencies with nothing found against them that pass the filters, the highest score first.

    Raises NothingToDo, CursorInvalid.
    """
    need_scores(context.store)
    question = f"reliable {context.as_of} {filters}"
    after = _last_shown(page, question)
    lines = reliable(context.scoring(), limit=page.limit + 1, language=context.lang, party_filter=filters, after=after)
    ranking = cut_page(lines, page, place=_place, question=question)
    sentences = {party.entity_id: party.sentence for party in ranking.lines}
    shown_lines = [line.model_copy(update={"sentence": sentences[line.id]}) for line in party_lines(context, list(sentences))]
    return Parties(as_of=context.as_of, results=shown_lines, next=ranking.next)


def _place(line: RankedLine) -> Place:
    return (line.entity_id,)


def _last_shown(page: PageRequest, question: str) -> str | None:
    """The party that the page before ended with: a ranking stays as it is until the next run."""
    place = read_cursor(page.cursor, question=question, types=(str,))
    return str(place[0]) if place else None


def listed_entities(context: RequestContext, *, search: str | None, limit: int | None) -> ListedEntities:
    """Every party, or those with a name like `search`, each with its record ids."""
    store = context.store
    record_ids_by_entity: dict[str, list[str]] = {}
    members = store.columns("entities/members")
    for record_id, entity_id in zip(members["record_id"], members["entity_id"], strict=True):
        record_ids_by_entity.setdefault(entity_id, []).append(record_id)
    if not record_ids_by_entity:
        raise NothingToDo(needs="entities", remedy="Run `kith resolve` first.")
    ids = sorted(record_ids_by_entity) if search is None else [row["id"] for row in search_names(store, search)]
    rows = store.columns("entities/all")
    rows_by_id = {
        rows["id"][place]: {name: rows[name][place] for name in ("id", "kind", "name", "name_other", "place")}
        for place in range(len(rows["id"]))
    }
    return ListedEntities(
        entities=tuple(
            ListedEntity(**rows_by_id[id_], record_ids=tuple(sorted(record_ids_by_entity[id_]))) for id_ in ids[:limit]
        )
    )


def listed_signals(context: RequestContext, *, party: str | None, name: str | None) -> ListedSignals:
    """Every signal, or those of one party or name."""
    need_scores(context.store)
    signals = signals_for(context, find_party(context.store, party) if party else None)
    return ListedSignals(signals=tuple(signal for signal in signals if name in (None, signal.name)))


def signal_table(context: RequestContext, *, party: str | None, name: str | None) -> Iterator[tuple[object, ...]]:
    """A header row, then a row for every party, or for one: id, kind, name, and each signal of the rulebook, 0.0 where absent.

    Risk has three columns a profile: in total, from own listings, and from others'. Raises NothingToDo, WrongCall.
    """
    store, rulebook = context.store, context.rulebook
    need_scores(store)
    names = [signal_name for signal_name in signal_names(rulebook) if name in (None, signal_name)]
    if not names:
        known_names = ", ".join(signal_names(rulebook))
        raise WrongCall(signal=name, remedy=f"Signals are: {known_names}.")
    only_id = find_party(store, party) if party else None
    signals_by_party: dict[str, dict[str, Signal]] = {}
    for signal in signals_for(context, only_id):
        signals_by_party.setdefault(signal.entity_id, {})[signal.name] = signal
    parties = store.columns("entities/all")
    yield ("id", "kind", "name", *(heading for signal_name in names for heading in _headings(signal_name)))
    for id_, kind, party_name in zip(parties["id"], parties["kind"], parties["name"], strict=True):
        if only_id in (None, id_):
            party_signals = signals_by_party.get(id_, {})
            yield (
                id_,
                kind,
                party_name,
                *(value for signal_name in names for value in _values(signal_name, party_signals.get(signal_name))),
            )


def signal_names(rulebook: Rulebook) -> tuple[str, ...]:
    """Names of the signals that a party can have under a rulebook, in the order they are listed."""
    profiles = rulebook.profiles.items()
    risks = [f"{RISK}{name}" for name, profile in profiles if profile.mode == "exposure"]
    owned = [f"ownership:{name}" for name, profile in profiles if profile.mode == "legal_extension"]
    return (*SINGLE, *risks, *owned)


def _headings(name: str) -> tuple[str, ...]:
    return (name, f"{name}:own", f"{name}:from_others") if name.startswith(RISK) else (name,)


def _values(name: str, signal: Signal | None) -> tuple[float, ...]:
    values = (signal.value, signal.own, signal.exposure) if signal else (0.0, 0.0, 0.0)
    return values if name.startswith(RISK) else values[:1]


def need_scores(store: Store) -> None:
    """Raise NothingToDo where nothing was propagated yet."""
    if not any(row["n"] for row in store.read("answers/parties_by_standing")):
        raise NothingToDo(needs="scores", remedy="Run `kith propagate` first.")

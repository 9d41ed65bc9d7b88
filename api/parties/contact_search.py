"""Finds parties by a name, a code, an address or a phone, each with the reason it was found."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from api.context.callers import note_reads
from api.context.pages import PageRequest, page_of
from api.context.request_context import RequestContext
from api.parties.search import search_code, search_parties
from api.parties.summaries import parties_by_id, party_lines
from api.schemas.parties import Search
from ontology.base import PartyKind
from ontology.errors import WrongCall
from resolution.live import Live
from resolution.live.contact_lookup import records_at_address, records_with_phone
from resolution.live.memory import Memory
from resolution.records.phones import phone_numbers


@dataclass(frozen=True)
class SearchTerms:
    """What is searched for: exactly one of the four. name: in any script, or a public code; code: nothing but a public code."""

    name: str | None = None
    code: str | None = None
    address: str | None = None
    phone: str | None = None


def find_parties(context: RequestContext, terms: SearchTerms, page: PageRequest, *, kinds: Collection[PartyKind] = ()) -> Search:
    """Parties that answer, best first. Raises WrongCall where not exactly one term is given, CursorInvalid, NothingToDo."""
    match terms:
        case SearchTerms(name=str(name), code=None, address=None, phone=None):
            return search_parties(context, name, page, kinds=kinds)
        case SearchTerms(name=None, code=str(code), address=None, phone=None):
            return parties_with_code(context, code, page)
        case SearchTerms(name=None, code=None, address=str(address), phone=None):
            return parties_at_address(context, address, page, kinds=kinds)
        case SearchTerms(name=None, code=None, address=None, phone=str(phone)):
            return parties_with_phone(context, phone, page, kinds=kinds)
    raise WrongCall(reason="one thing to search for is needed: a name, a code, an address or a phone", remedy="Give exactly one.")


def parties_with_code(context: RequestContext, code: str, page: PageRequest) -> Search:
    """Parties with this public code; a person's number finds nothing. Raises CursorInvalid."""
    found = {str(row["id"]): 1.0 for row in search_code(context.store, code)}
    return _answer(context, found, page, reason="code", question=f"code {code}")


def parties_with_phone(context: RequestContext, phone: str, page: PageRequest, *, kinds: Collection[PartyKind] = ()) -> Search:
    """Parties with this phone, persons among them: whoever asks has to be one who may. Raises WrongCall, CursorInvalid.

    Raises NothingToDo before the first `kith resolve`.
    """
    if not phone_numbers(phone):
        raise WrongCall(field="phone", problem="that is no phone number", remedy="Give it with its area code.")
    records = records_with_phone(context.store, _last_run(context), phone)
    found = _parties_of(context, {record.id: 1.0 for record in records})
    return _answer(context, _of_kinds(context, found, kinds), page, reason="phone", question=f"phone {phone} {sorted(kinds)}")


def parties_at_address(context: RequestContext, address: str, page: PageRequest, *, kinds: Collection[PartyKind] = ()) -> Search:
    """Parties at this door, the most alike address first; persons only to callers who see records.

    Raises CursorInvalid, NothingToDo before the first `kith resolve`.
    """
    alike = {record.id: share for record, share in records_at_address(context.store, _last_run(context), address)}
    may_see_persons = context.caller is None or context.caller.sees_records
    shown_kinds = [kind for kind in kinds or PartyKind if may_see_persons or kind is not PartyKind.PERSON]
    found = _of_kinds(context, _parties_of(context, alike), shown_kinds)
    return _answer(context, found, page, reason="address", question=f"address {address} {sorted(shown_kinds)}")


def _last_run(context: RequestContext) -> Memory:
    return (context.live or Live(context.store)).last_run()


def _parties_of(context: RequestContext, likeness_by_record: Mapping[str, float]) -> dict[str, float]:
    """The greatest likeness of any record, by party."""
    by_party: dict[str, float] = {}
    for row in context.store.read("live/members_of", record_ids=sorted(likeness_by_record)):
        by_party[row["entity_id"]] = max(by_party.get(row["entity_id"], 0.0), likeness_by_record[row["record_id"]])
    return by_party


def _of_kinds(context: RequestContext, likeness: Mapping[str, float], kinds: Collection[PartyKind]) -> dict[str, float]:
    rows = parties_by_id(context.store, likeness)
    return {id_: share for id_, share in likeness.items() if id_ in rows and (not kinds or rows[id_]["kind"] in kinds)}


def _answer(context: RequestContext, likeness: Mapping[str, float], page: PageRequest, *, reason: str, question: str) -> Search:
    shown = page_of(likeness, page, place=lambda id_: (-likeness[id_], id_), question=question)
    note_reads(shown.lines)
    lines = party_lines(context, shown.lines, dict.fromkeys(shown.lines, reason))
    return Search(total=len(likeness), results=lines, next=shown.next)

"""Finds the records that a call changes, with the form each is compared in before and after (firms, shared names)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from ontology.base import PartyKind
from ontology.record import Record
from resolution.live.live_session import LiveSession, content_key
from resolution.live.record_cache import NO_CONTEXT, RecordContext
from resolution.records.analysed import NAMES_SHARED_MAX, Analysed, name_codes, shared_names, tie_keys
from resolution.records.sides import as_person, record_of, side_ids
from store.rows import to_rows

Codes = set[tuple[str, str, str]]


@dataclass
class Dirty:
    """Changed records by number: the form before the call and the form after it, None where the record did or does not exist."""

    ids: dict[int, str] = field(default_factory=dict)
    before: dict[int, Analysed | None] = field(default_factory=dict)
    after: dict[int, Analysed | None] = field(default_factory=dict)
    contexts: dict[int, RecordContext] = field(default_factory=dict)
    new: set[int] = field(default_factory=set)


def dirty_records(session: LiveSession, changed_records: Mapping[str, Record | None], again: Collection[str]) -> Dirty:
    """Write the changed records (None: deleted), and find all records whose form that changes.

    again: ids of unchanged records whose context may have changed; ids unknown to the store are ignored.
    """
    numbers = session.record_cache.numbers_of({side for id_ in {*changed_records, *again} for side in (id_, as_person(id_))})
    before = session.record_cache.forms(numbers.values())
    session.store.write("sources/forget_file_statements", ids=[id_ for id_, record in changed_records.items() if record])
    now = {id_: changed_records.get(id_, session.record_cache.records.get(id_)) for id_ in sorted({*changed_records, *again})}
    sides = {side: record for record in now.values() if record for side in side_ids(record)}
    sides_now = {
        id_: sides.get(id_) for id_ in sorted({*numbers, *(side for side in sides if record_of(side) in changed_records)})
    }
    session.store.write("sources/put_records", rows=to_rows(record for record in changed_records.values() if record))
    if removed_ids := [id_ for id_, record in changed_records.items() if record is None]:
        session.store.write("live/remove_records", ids=removed_ids)
    dirty = Dirty()
    for id_, record in sides_now.items():
        number = numbers.get(id_)
        if number is None:
            number, session.next_number = session.next_number, session.next_number + 1
            dirty.new.add(number)
        dirty.ids[number], dirty.before[number] = id_, before.get(number)
        dirty.after[number] = None
        if record is not None:
            session.record_cache.learn(number, id_, record, NO_CONTEXT)
    _surround(session, dirty, dict(_numbered(dirty, sides_now)))
    return dirty


def _numbered(dirty: Dirty, sides_now: Mapping[str, Record | None]) -> Iterable[tuple[int, Record]]:
    for number, id_ in dirty.ids.items():
        record = sides_now[id_]
        if record is not None:
            yield number, record


def _surround(session: LiveSession, dirty: Dirty, records: dict[int, Record]) -> None:
    """Add its context to each record, and add to `dirty` the firms whose context these records change."""
    persons = {number for number in records if session.record_cache.plain(dirty.ids[number]).kind is PartyKind.PERSON}
    contexts = _contexts_of_persons(session, {number: dirty.ids[number] for number in persons})
    contexts |= _contexts_of_firms(session, dirty, records.keys() - persons)
    contexts = _with_listings(session, dirty, contexts)
    for number, context in contexts.items():
        if number not in dirty.ids:
            if session.record_cache.contexts[number] == context:
                continue
            dirty.ids[number] = session.record_cache.ids[number]
            dirty.before[number] = session.record_cache.forms([number])[number]
            records[number] = session.record_cache.records[record_of(dirty.ids[number])]
        session.record_cache.learn(number, dirty.ids[number], records[number], context)
        dirty.contexts[number], dirty.after[number] = context, session.record_cache.forms([number])[number]


def _with_listings(session: LiveSession, dirty: Dirty, contexts: Mapping[int, RecordContext]) -> dict[int, RecordContext]:
    """The contexts with the listings of these records; those of records that no call changes are as the last run read them."""
    ids = {number: record_of(dirty.ids[number]) for number in contexts if number in dirty.ids}
    marks: dict[str, list[str]] = defaultdict(list)
    if ids:
        for row in session.store.read("live/listing_marks", record_ids=sorted(set(ids.values()))):
            marks[row["record_id"]].append(row["mark"])
    listings = {
        number: tuple(marks[ids[number]]) if number in ids else session.record_cache.contexts[number].listings
        for number in contexts
    }
    return {number: replace(context, listings=listings[number]) for number, context in contexts.items()}


def _contexts_of_persons(session: LiveSession, persons: dict[int, str]) -> dict[int, RecordContext]:
    """The firms of each person, each named by the first record of its party."""
    if not persons:
        return {}
    firms: dict[str, list[str]] = defaultdict(list)
    for row in session.store.read("live/firms_of", person_ids=sorted(set(map(record_of, persons.values())))):
        firms[row["person_id"]].append(row["firm_id"])
    firm_ids = sorted({firm for firm_list in firms.values() for firm in firm_list})
    heads = (
        {row["record_id"]: row["head_id"] for row in session.store.read("live/heads_of", record_ids=firm_ids)} if firm_ids else {}
    )
    return {number: RecordContext(firms=_heads(firms[record_of(id_)], heads)) for number, id_ in persons.items()}


def _heads(firms: Iterable[str], heads: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(sorted({f"@{heads[firm]}" for firm in firms if firm in heads}))


def _contexts_of_firms(session: LiveSession, dirty: Dirty, firms: Collection[int]) -> dict[int, RecordContext]:
    """Shared names for these firms and all that share a code with them: the names on records with one of their codes."""
    now = {number: session.record_cache.plain(dirty.ids[number]) for number in firms}
    forms_before = [form for form in dirty.before.values() if form is not None and form.firms]
    codes = {(form.kind, code) for form in (*now.values(), *forms_before) for code in name_codes(form)}
    ties = _ties(session, {dirty.ids[number] for number in firms})
    if not codes:
        return {number: RecordContext(firms=ties.get(dirty.ids[number], ())) for number in firms}
    mates = _holding(session, dirty, codes)
    forms = now | _plain(session, mates)
    further_codes = {(form.kind, code) for form in forms.values() for code in name_codes(form)} - codes
    forms |= _plain(session, _holding(session, dirty, further_codes))
    shared_names_of = _shared_names(forms, {*mates, *firms})
    firms_of_mates = {number: session.record_cache.contexts[number].firms for number in mates}
    of_firms = firms_of_mates | {number: ties.get(dirty.ids[number], ()) for number in firms}
    return {number: replace(shared_context, firms=of_firms[number]) for number, shared_context in shared_names_of.items()}


def _ties(session: LiveSession, firm_ids: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Keys of the records that sources tie these firms to, sorted."""
    tied_records: dict[str, list[str]] = defaultdict(list)
    if firm_ids:
        for row in session.store.read("live/tied_firms", record_ids=sorted(firm_ids)):
            tied_records[row["record_id"]].append(row["other_id"])
    return {firm: tuple(sorted(tie_keys(tied_ids))) for firm, tied_ids in tied_records.items()}


def _holding(session: LiveSession, dirty: Dirty, codes: Collection[tuple[PartyKind, tuple[str, str, str]]]) -> set[int]:
    """Other records that hold one of the codes."""
    keys = {f"{kind.value[0]}:id:{scheme}:{value}" for kind, (scheme, value, _) in codes}
    units = {number for holders in session.holders_of_all(keys).values() for number in holders}
    forms_before = [dirty.before[number] for number in units & dirty.ids.keys()]
    forms = [*forms_before, *session.record_cache.forms(units - dirty.ids.keys()).values()]
    contents = {content_key(form.content) for form in forms if form is not None}
    return {number for holders in session.holders_of_all(contents).values() for number in holders} - dirty.ids.keys()


def _plain(session: LiveSession, numbers: Collection[int]) -> dict[int, Analysed]:
    session.record_cache.forms(numbers)
    return {number: session.record_cache.plain(session.record_cache.ids[number]) for number in numbers}


def _shared_names(forms: Mapping[int, Analysed], numbers: Collection[int]) -> dict[int, RecordContext]:
    contexts: dict[int, RecordContext] = {}
    for kind in {form.kind for form in forms.values()}:
        forms_of_kind = {number: form for number, form in forms.items() if form.kind is kind}
        for (number, form), names in zip(forms_of_kind.items(), shared_names(list(forms_of_kind.values())), strict=True):
            if number in numbers:
                own_names = {name.text for name in form.firms}
                further_names = dict.fromkeys(name.text for name in names if name.text not in own_names)
                contexts[number] = RecordContext(names=tuple(further_names)[:NAMES_SHARED_MAX])
    return contexts

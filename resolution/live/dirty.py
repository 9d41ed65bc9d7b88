"""Which records a call changes, and how each was and is compared: with the firms beside it and the names it shares."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from ontology.base import PartyKind
from ontology.record import Record
from resolution.live.live_session import LiveSession, content_key
from resolution.live.record_cache import NOTHING, Known
from resolution.records.analysed import NAMES_SHARED_MAX, Analysed, name_codes, shared_names, tie_keys
from resolution.records.sides import as_person, record_of, side_ids
from store.rows import to_rows

Codes = set[tuple[str, str, str]]


@dataclass
class Dirty:
    """Records of one call by number: their form before it and after it, None where there was or is none."""

    ids: dict[int, str] = field(default_factory=dict)
    before: dict[int, Analysed | None] = field(default_factory=dict)
    after: dict[int, Analysed | None] = field(default_factory=dict)
    known: dict[int, Known] = field(default_factory=dict)
    new: set[int] = field(default_factory=set)


def dirty_records(call: LiveSession, told: Mapping[str, Record | None], again: Collection[str]) -> Dirty:
    """Write what is told (None: taken out), and find what that changes.

    again: records that say what they said, among surroundings that may have changed. Those the store does not know are
    passed over.
    """
    numbers = call.parties.numbers({side for id_ in {*told, *again} for side in (id_, as_person(id_))})
    before = call.parties.forms(numbers.values())
    call.store.write("sources/forget_file_statements", ids=[id_ for id_, record in told.items() if record])
    now = {id_: told.get(id_, call.parties.records.get(id_)) for id_ in sorted({*told, *again})}
    sides = {side: record for record in now.values() if record for side in side_ids(record)}
    kept = {id_: sides.get(id_) for id_ in sorted({*numbers, *(side for side in sides if record_of(side) in told)})}
    call.store.write("sources/put_records", rows=to_rows(record for record in told.values() if record))
    if gone := [id_ for id_, record in told.items() if record is None]:
        call.store.write("live/remove_records", ids=gone)
    found = Dirty()
    for id_, record in kept.items():
        number = numbers.get(id_)
        if number is None:
            number, call.next_number = call.next_number, call.next_number + 1
            found.new.add(number)
        found.ids[number], found.before[number] = id_, before.get(number)
        found.after[number] = None
        if record is not None:
            call.parties.learn(number, id_, record, NOTHING)
    _surround(call, found, dict(_numbered(found, kept)))
    return found


def _numbered(found: Dirty, kept: Mapping[str, Record | None]) -> Iterable[tuple[int, Record]]:
    for number, id_ in found.ids.items():
        record = kept[id_]
        if record is not None:
            yield number, record


def _surround(call: LiveSession, found: Dirty, records: dict[int, Record]) -> None:
    """Add to each record what others add, and to `found` the firms to which these records now add something else."""
    persons = {number for number in records if call.parties.plain(found.ids[number]).kind is PartyKind.PERSON}
    known = _beside(call, {number: found.ids[number] for number in persons})
    known |= _names_known(call, found, records.keys() - persons)
    for number, own in known.items():
        if number not in found.ids:
            if call.parties.known[number] == own:
                continue
            found.ids[number], found.before[number] = call.parties.ids[number], call.parties.forms([number])[number]
            records[number] = call.parties.records[record_of(found.ids[number])]
        call.parties.learn(number, found.ids[number], records[number], own)
        found.known[number], found.after[number] = own, call.parties.forms([number])[number]


def _beside(call: LiveSession, persons: dict[int, str]) -> dict[int, Known]:
    """The firms each person stands beside, each by the first record of its party."""
    if not persons:
        return {}
    firms: dict[str, list[str]] = defaultdict(list)
    for row in call.store.read("live/firms_of", person_ids=sorted(set(map(record_of, persons.values())))):
        firms[row["person_id"]].append(row["firm_id"])
    asked = sorted({firm for own in firms.values() for firm in own})
    heads = {row["record_id"]: row["head_id"] for row in call.store.read("live/heads_of", record_ids=asked)} if asked else {}
    return {number: Known(firms=_heads(firms[record_of(id_)], heads)) for number, id_ in persons.items()}


def _heads(firms: Iterable[str], heads: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(sorted({f"@{heads[firm]}" for firm in firms if firm in heads}))


def _names_known(call: LiveSession, found: Dirty, firms: Collection[int]) -> dict[int, Known]:
    """The names that records with one of their codes bear, of these firms and of all that share a code with them."""
    now = {number: call.parties.plain(found.ids[number]) for number in firms}
    gone = [form for form in found.before.values() if form is not None and form.firms]
    codes = {(form.kind, code) for form in (*now.values(), *gone) for code in name_codes(form)}
    ties = _ties(call, {found.ids[number] for number in firms})
    if not codes:
        return {number: Known(firms=ties.get(found.ids[number], ())) for number in firms}
    mates = _holding(call, found, codes)
    context = now | _plain(call, mates)
    further = {(form.kind, code) for form in context.values() for code in name_codes(form)} - codes
    context |= _plain(call, _holding(call, found, further))
    shared = _shared(context, {*mates, *firms})
    mates_known = {number: call.parties.known[number].firms for number in mates}
    of_firms = mates_known | {number: ties.get(found.ids[number], ()) for number in firms}
    return {number: replace(known, firms=of_firms[number]) for number, known in shared.items()}


def _ties(call: LiveSession, firm_ids: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Keys of the records that sources tie these firms to, sorted."""
    others: dict[str, list[str]] = defaultdict(list)
    if firm_ids:
        for row in call.store.read("live/tied_firms", record_ids=sorted(firm_ids)):
            others[row["record_id"]].append(row["other_id"])
    return {firm: tuple(sorted(tie_keys(own))) for firm, own in others.items()}


def _holding(call: LiveSession, found: Dirty, codes: Collection[tuple[PartyKind, tuple[str, str, str]]]) -> set[int]:
    """Records beside these that hold one of the codes."""
    keys = {f"{kind.value[0]}:id:{scheme}:{value}" for kind, (scheme, value, _) in codes}
    units = {number for own in call.holders_of_all(keys).values() for number in own}
    was = [found.before[number] for number in units & found.ids.keys()]
    forms = [*was, *call.parties.forms(units - found.ids.keys()).values()]
    contents = {content_key(form.content) for form in forms if form is not None}
    return {number for own in call.holders_of_all(contents).values() for number in own} - found.ids.keys()


def _plain(call: LiveSession, numbers: Collection[int]) -> dict[int, Analysed]:
    call.parties.forms(numbers)
    return {number: call.parties.plain(call.parties.ids[number]) for number in numbers}


def _shared(context: Mapping[int, Analysed], wanted: Collection[int]) -> dict[int, Known]:
    found: dict[int, Known] = {}
    for kind in {form.kind for form in context.values()}:
        own = {number: form for number, form in context.items() if form.kind is kind}
        for (number, form), names in zip(own.items(), shared_names(list(own.values())), strict=True):
            if number in wanted:
                bare = {name.text for name in form.firms}
                more = dict.fromkeys(name.text for name in names if name.text not in bare)
                found[number] = Known(names=tuple(more)[:NAMES_SHARED_MAX])
    return found

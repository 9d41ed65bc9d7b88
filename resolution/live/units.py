"""Groups records with equal content into units where the content is enough to join two; finds the units a call changes."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from resolution.judgements.weighed_pairs import weigh_pairs
from resolution.live.dirty import Dirty
from resolution.live.hashes import number_of
from resolution.live.live_session import LiveSession, content_key, id_key, judged_key
from resolution.records.analysed import Analysed

Units = dict[int, Analysed]


@dataclass
class UnitChanges:
    """Removed units and added units, by the number of their first record; and units whose component is to be clustered anew."""

    former_units: Units = field(default_factory=dict)
    new_units: Units = field(default_factory=dict)
    seeds: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class _Group:
    """All records that say one thing, before the call or after it."""

    members: set[int]
    judged: set[int]


def regroup(session: LiveSession, dirty: Dirty, *, anew: Collection[str] = ()) -> UnitChanges:
    """Group the records of a call by their content after it, and find the units that this changes.

    anew: ids of records whose units are removed and added even where they are unchanged, so that all pairs are weighed anew.
    """
    contents = {form.content: form for form in (*dirty.before.values(), *dirty.after.values()) if form is not None}
    holders = session.holders_of_all([content_key(content) for content in contents])
    before = {content: set(holders[content_key(content)]) for content in contents}
    after = _members_after(before, dirty)
    ids = session.record_cache.ids_of(set().union(*before.values())) | dirty.ids
    judged_before = _judged_numbers_before(session, ids)
    judged_now = judged_before - dirty.ids.keys() | _judged_numbers_now(session, dirty)
    unit_changes = UnitChanges()
    for content, form in contents.items():
        group_before, group_now = _Group(before[content], judged_before), _Group(after[content], judged_now)
        enough = max(len(group_before.members), len(group_now.members)) > 1 and enough_alone(session, form)
        again = {number for number, id_ in dirty.ids.items() if id_ in anew}
        _compare(unit_changes, _units(group_before, form, ids, enough=enough), _units(group_now, form, ids, enough=enough), again)
        unit_changes.seeds |= _seeds(group_before, group_now, form, ids, dirty.ids.keys(), enough=enough)
    _write_postings(session, dirty, judged_before, judged_now)
    return unit_changes


def enough_alone(session: LiveSession, form: Analysed) -> bool:
    """Whether two records with exactly this content are one party."""
    statistics = session.basis(form.kind).statistics
    position = np.zeros(1, dtype=np.int64)
    weighed_pairs = weigh_pairs(form.kind, [form], (position, position), statistics.without_partners)
    return bool(weighed_pairs.guards.allowed[0] and weighed_pairs.total[0] >= statistics.model.merge_bits)


def find_judged_numbers(session: LiveSession, ids: Mapping[int, str]) -> set[int]:
    """Numbers of those records that a person has judged."""
    holders = session.holders_of_all([judged_key(id_) for id_ in ids.values()])
    return {number for numbers in holders.values() for number in numbers}


def _judged_numbers_before(session: LiveSession, ids: Mapping[int, str]) -> set[int]:
    return find_judged_numbers(session, ids)


def _judged_numbers_now(session: LiveSession, dirty: Dirty) -> set[int]:
    judged_ids = session.verdicts_of(dirty.ids.values()).judged_records
    return {number for number, id_ in dirty.ids.items() if id_ in judged_ids and dirty.after[number] is not None}


def _members_after(before: Mapping[str, set[int]], dirty: Dirty) -> dict[str, set[int]]:
    after = {content: set(members) for content, members in before.items()}
    for number, form in dirty.before.items():
        if form is not None:
            after[form.content].discard(number)
    for number, form in dirty.after.items():
        if form is not None:
            after[form.content].add(number)
    return after


def _units(group: _Group, form: Analysed, ids: Mapping[int, str], *, enough: bool) -> Units:
    """A group's units: one, of its first record, or each record."""
    is_one_unit = len(group.members) > 1 and enough and not group.members & group.judged
    numbers = [min(group.members, key=ids.__getitem__)] if is_one_unit else group.members
    return {number: replace(form, id=ids[number]) for number in numbers}


def _seeds(
    group_before: _Group, group_now: _Group, form: Analysed, ids: Mapping[int, str], dirty: Collection[int], *, enough: bool
) -> set[int]:
    """Units of the group whose part is looked at: all where one unit holds or held several records, else the changed ones."""
    units = set(_units(group_now, form, ids, enough=enough))
    is_one_unit = any(
        len(group.members) > 1 and enough and not group.members & group.judged for group in (group_before, group_now)
    )
    return units if is_one_unit else units & set(dirty)


def _compare(unit_changes: UnitChanges, units_before: Units, units_now: Units, again: Collection[int]) -> None:
    unit_changes.former_units |= {
        number: form for number, form in units_before.items() if number not in units_now or number in again
    }
    unit_changes.new_units |= {
        number: form for number, form in units_now.items() if number not in units_before or number in again
    }


def _write_postings(session: LiveSession, dirty: Dirty, judged_before: set[int], judged_now: set[int]) -> None:
    """Write the postings of the call's records: by content, by id, and of those a person judged."""
    additions: dict[str, set[int]] = defaultdict(set)
    removals: dict[str, set[int]] = defaultdict(set)
    for number, id_ in dirty.ids.items():
        form_before, form_now = dirty.before[number], dirty.after[number]
        _collect_move(
            additions,
            removals,
            number,
            content_key(form_before.content) if form_before else None,
            content_key(form_now.content) if form_now else None,
        )
        _collect_move(additions, removals, number, id_key(id_) if form_before else None, id_key(id_) if form_now else None)
        _collect_move(
            additions,
            removals,
            number,
            judged_key(id_) if number in judged_before else None,
            judged_key(id_) if number in judged_now else None,
        )
    session.memory.keys.apply_changes(session.store, _entries(additions), _entries(removals))


def _collect_move(
    additions: dict[str, set[int]], removals: dict[str, set[int]], number: int, key_before: str | None, key_now: str | None
) -> None:
    if key_before != key_now:
        if key_before is not None:
            removals[key_before].add(number)
        if key_now is not None:
            additions[key_now].add(number)


def _entries(numbers_by_key: Mapping[str, set[int]]) -> Iterable[tuple[int, int]]:
    return ((number_of(key), number) for key, numbers in numbers_by_key.items() for number in numbers)

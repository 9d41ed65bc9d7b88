"""Values that far more parties bear than their kind allows: a placeholder nobody knows yet, a form's default, an agent's line.

What one party in the world has, thirty differently named ones cannot have. Such values are counted over all records, frozen
with the run as other frequencies are, and taken out of records before they are compared: they carry nothing, for or against.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import blake2b
from itertools import chain, pairwise

from resolution.comparisons.names import of_firm
from resolution.records.analysed import Analysed
from resolution.records.identifiers import HINT
from resolution.records.skeletons import skeleton
from resolution.records.text import NONE

CrowdedValues = Mapping[str, Mapping[str, int]]
"""Kind of value (a scheme of identifiers, `phone`, `email`, `website`, `address`, `day`) -> value -> parties that bear it."""

CODE_BEARERS_MAX = 5  # Differently named parties under one code: a firm is renamed, a person written in several ways.
LINE_BEARERS_MAX = 60  # Under one phone, mailbox or site: beyond a desk or a tower.
DOOR_BEARERS_MAX = 600  # Behind one door: a building has a few hundred firms.
DAY_BEARERS_MIN, DAY_SHARE_MAX = 30, 1 / 200  # On one day: of a school's one year it is one in 365.
GENERIC_BITS_MAX = 5.0  # Words of business, places and numbers tell less.
SAME_WORD_SHARE = 0.5  # Bearers that share a word of the name: from here on they are one party written in many ways.

Values = Callable[[Analysed], Iterable[str]]
CODES, DAY = "code", "day"


def _codes(record: Analysed) -> Iterable[str]:
    if not record.ids and not record.loose_ids:
        return ()
    ids = (f"{scheme} {value}" for scheme, values in record.ids.items() if not scheme.startswith(HINT) for value in values)
    return [*ids, *(f"{scheme} {value}" for scheme, _, value in (loose_id.partition(":") for loose_id in record.loose_ids))]


FIELDS: dict[str, tuple[Values, int]] = {
    "phone": (lambda record: record.phones, LINE_BEARERS_MAX),
    "email": (lambda record: record.emails, LINE_BEARERS_MAX),
    "website": (lambda record: record.sites, LINE_BEARERS_MAX),
    "address": (lambda record: [place.door for place in record.places if place.numbers], DOOR_BEARERS_MAX),
    DAY: (lambda record: record.days, DAY_BEARERS_MIN),
    CODES: (_codes, CODE_BEARERS_MAX),
}


def crowded_values(records: Sequence[Analysed]) -> dict[str, dict[str, int]]:
    """Every such value of records of one kind, by kind of value. The order of records has no influence."""
    parties_by_value: dict[str, dict[str, int]] = {}
    for field, (values_of, bearers_max) in FIELDS.items():
        for value, count in _crowds(records, field, values_of, bearers_max):
            kind, text = _split(value) if field == CODES else (field, value)
            parties_by_value.setdefault(kind, {})[text] = count
    return {kind: dict(sorted(values.items())) for kind, values in sorted(parties_by_value.items())}


def _crowds(records: Sequence[Analysed], field: str, values_of: Values, bearers_max: int) -> Iterable[tuple[str, int]]:
    counts = Counter(chain.from_iterable(map(values_of, records)))
    if field == DAY:
        bearers_max = max(bearers_max, int(sum(counts.values()) * DAY_SHARE_MAX))
    often = {value for value, count in counts.items() if count > bearers_max}
    if not often:
        return
    bearers: dict[str, list[Analysed]] = {}
    for record in records:
        for value in values_of(record):
            if value in often:
                bearers.setdefault(value, []).append(record)
    for value in sorted(bearers):
        parties = len({_name(record) for record in bearers[value]})
        if parties > bearers_max and not (field == CODES and _share_a_word(bearers[value])):
            yield value, parties


def _split(code: str) -> tuple[str, str]:
    scheme, _, value = code.partition(" ")
    return scheme, value


def _name(record: Analysed) -> str:
    """What tells a differently named party: the sound of a surname, a brand."""
    if record.persons:
        return skeleton(record.persons[0].family or " ".join(sorted(record.persons[0].tokens)))
    return record.firms[0].brand if record.firms else record.id


def _share_a_word(bearers: Sequence[Analysed]) -> bool:
    """Whether one word, spelling aside, is in the names of most of them."""
    words = Counter(chain.from_iterable(_words(record) for record in bearers))
    return bool(words) and max(words.values()) >= SAME_WORD_SHARE * len(bearers)


def _words(record: Analysed) -> set[str]:
    """Telling words of its names as their consonants; of a Han name two characters each, of a firm's brand alone."""
    words = {skeleton(word) for name in record.persons if not name.han for word in name.tokens}
    words.update(pair for name in record.persons if name.han for pair in _pairs(name.text))
    for name in record.firms:
        telling = (word.skeleton for word in of_firm(name).tokens if word.bits > GENERIC_BITS_MAX)
        words.update(_pairs(name.brand) if name.han else telling)
    return words


def _pairs(text: str) -> Iterable[str]:
    return map("".join, pairwise(text))


def without_crowded(record: Analysed, crowded: CrowdedValues) -> Analysed:
    """The record without the values that too many bear; itself where it has none."""
    if not crowded:
        return record
    removed = [*_crowded_values_of(record, crowded)]
    if not removed:
        return record
    content = f"{record.content} without {sorted(removed)}"
    no_values: Mapping[str, int] = {}
    days = [day for day in record.days if day not in crowded.get(DAY, no_values)]
    ids = {
        scheme: remaining
        for scheme, values in record.ids.items()
        if (remaining := values - crowded.get(scheme, no_values).keys())
    }
    return replace(
        record,
        ids=ids,
        loose_ids=frozenset(loose_id for loose_id in record.loose_ids if loose_id not in removed) or NONE,
        phones=record.phones - crowded.get("phone", no_values).keys() or NONE,
        emails=record.emails - crowded.get("email", no_values).keys() or NONE,
        sites=record.sites - crowded.get("website", no_values).keys() or NONE,
        places=tuple(place for place in record.places if place.door not in crowded.get("address", no_values)),
        day=days[0] if days else None,
        other_days=tuple(days[1:]),
        content=blake2b(content.encode(), digest_size=8).hexdigest(),
    )


def _crowded_values_of(record: Analysed, crowded: CrowdedValues) -> Iterable[str]:
    for field, (values_of, _) in FIELDS.items():
        for value in values_of(record):
            kind, text = _split(value) if field == CODES else (field, value)
            if text in crowded.get(kind, ()):
                yield f"{kind}:{text}"

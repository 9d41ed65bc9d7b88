"""Analysed persons as columns: every word, name and value a number, so that millions of pairs are compared without an object."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, repeat
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from resolution.comparisons import person_names
from resolution.comparisons.name_shares import is_common_name
from resolution.comparisons.run_statistics import RunStatistics
from resolution.comparisons.word_agreement import LETTERS_MAX
from resolution.records.analysed import Analysed
from resolution.records.contacts import is_shared_mailbox
from resolution.records.persons import PersonName, alias_letters, given_aliases, rough_sound
from resolution.records.readings import written_in_signs
from resolution.records.skeletons import skeleton

NAMES_MAX = 24  # Names of one record that are compared, its own first: bounds a record with thousands of aliases.
VALUE_MAX = 48  # Bytes of a value that are compared.
TOKENS_MAX = 8  # Words of one name that are compared.
LETTER_HEARD_BITS = 2  # Of a consonant that sounds the same: there are a dozen, and some come more often.

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Ragged:
    """Rows of different lengths: row i is values[start[i]:start[i + 1]]."""

    start: Numbers
    values: Numbers

    @classmethod
    def of(cls, rows: Iterable[Sequence[int]]) -> "Ragged":
        """Rows in their order."""
        row_list = list(rows)
        start = starts_of(row_list)
        return cls(start, np.fromiter(chain.from_iterable(row_list), np.int64, int(start[-1])))


def starts_of(rows: Sequence[Sequence[object]]) -> Numbers:
    """Where each row begins in all of them side by side, and last where they end."""
    start = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum(np.fromiter(map(len, rows), np.int64, len(rows)), out=start[1:])
    return start


Key = TypeVar("Key", bound=Hashable)


class Numbering(Generic[Key]):
    """Distinct keys, numbered from 0 in the order they were first met."""

    def __init__(self) -> None:
        self._number_by_key: dict[Key, int] = {}

    def number(self, key: Key) -> int:
        """The number of a key, a new one where it was not met before."""
        return self._number_by_key.setdefault(key, len(self._number_by_key))

    def number_all(self, keys: Sequence[Key]) -> Numbers:
        """The number of each of these keys."""
        number_by_key = self._number_by_key
        for key in dict.fromkeys(keys):
            number_by_key.setdefault(key, len(number_by_key))
        return np.fromiter(map(number_by_key.__getitem__, keys), np.int64, len(keys))

    def keys(self) -> list[Key]:
        """All keys, by number."""
        return list(self._number_by_key)

    def number_by_key(self) -> dict[Key, int]:
        """The number of each key."""
        return self._number_by_key


@dataclass(frozen=True)
class Words:
    """Words in bytes. bits: how rare each is, and last a word that nobody bears.

    skeletons, skeleton_lengths: number and length of the consonants of each word.
    aliases: numbers of the nickname groups a word is in; learned: of the accepted aliases it is in.
    letters: which letters it may be short for, one bit each, its own first one included.
    """

    bytes: NDArray[np.uint8]
    lengths: Numbers
    bits: NDArray[np.float64]
    skeletons: Numbers
    skeleton_lengths: Numbers
    aliases: Ragged
    learned: Ragged
    letters: Numbers


@dataclass(frozen=True)
class Names:
    """Names of persons, a row of the table each; `words` are the words of all of them. Words of Han names stand for the name.

    table: where its words begin and end; 0 Latin, 1 Han of one character, 2 Han of more, 3 not readable; number of the surname's
           word, -1 where it is not told; generation; two sounds, the second -1 where there is one only; order of the names by
           their text, the same whatever other names are there. See the columns of `person_names`.
    bits:  how rare the whole name is.
    rough_sounds: number of the rough sound, where any name has to be compared by it, else -1; and the bits of its being the same.
    """

    words: Numbers
    table: NDArray[np.int32]
    bits: NDArray[np.float64]
    rough_sounds: NDArray[np.int32]


@dataclass(frozen=True)
class Values:
    """One field. numbers: the number of each record's value, -1 where it has none; the values in bytes, and how rare each is."""

    numbers: Numbers
    bytes: NDArray[np.uint8]
    lengths: Numbers
    bits: NDArray[np.float64]


@dataclass(frozen=True)
class PersonColumns:
    """Records and their columns. weak: which of `names_of.values` the record bears as a weak name only.

    day: yyyymmdd with zeros for what is not told, 0 without a day; behind those of the records further ones of some of them.
    other_days: of records that tell several days, where the further ones stand.
    """

    records: Sequence[Analysed]
    frozen: RunStatistics
    names_of: Ragged
    weak: Flags
    names: Names
    words: Words
    day: Numbers
    day_bits: NDArray[np.float64]
    other_days: dict[int, range]
    postcode: Values
    birth_place: Values
    occupation: Values
    gender: Values
    email: Values

    @cached_property
    def has_several_days(self) -> Flags:
        """Whether a record tells more than one day of birth."""
        return _flags(record in self.other_days for record in range(len(self.records)))

    @cached_property
    def has_contacts(self) -> Flags:
        """Whether a record tells a phone, a mail address or a site."""
        return _flags(bool(record.phones or record.emails or record.sites) for record in self.records)

    @cached_property
    def has_lone_mail(self) -> Flags:
        """Whether all it tells of that is one mail address that is its own."""
        return _flags(_has_lone_mail(record, self.frozen) for record in self.records)

    @cached_property
    def has_signs(self) -> Flags:
        """Whether it has a name in Han signs or Hangul."""
        return _flags(any(written_in_signs(name) for name in record.persons) for record in self.records)

    @cached_property
    def has_letters(self) -> Flags:
        """Whether it has a name in letters that kith reads."""
        return _flags(any(name.readable and not name.han for name in record.persons) for record in self.records)

    @cached_property
    def has_street(self) -> Flags:
        """Whether it tells of a home more than the postcode."""
        return _flags(any(place.words or place.numbers for place in record.places) for record in self.records)

    @cached_property
    def has_ids(self) -> Flags:
        """Whether it tells an identifier."""
        return _flags(bool(record.ids or record.loose_ids) for record in self.records)

    @cached_property
    def has_common_name(self) -> Flags:
        """Whether its first name is of no more than two words, both of them common."""
        return _flags(is_common_name(record.persons[0].tokens) if record.persons else False for record in self.records)

    @cached_property
    def has_firms(self) -> Flags:
        """Whether it stands beside a firm."""
        return _flags(bool(record.of_firms) for record in self.records)


def build_columns(records: Sequence[Analysed], frozen: RunStatistics) -> PersonColumns:
    """Columns of these records; what they tell of a record depends on it and on `frozen` alone."""
    names, words = Numbering[PersonName](), Numbering[str]()
    names_by_record = [record.persons[:NAMES_MAX] for record in records]
    names_of = Ragged(starts_of(names_by_record), names.number_all([*chain.from_iterable(names_by_record)]))
    name_columns = _names(names.keys(), words, frozen)
    days = [record.day for record in records]
    other_days: dict[int, range] = {}
    for number, record in enumerate(records):
        if record.other_days:
            other_days[number] = range(len(days), len(days) + len(record.other_days))
            days += record.other_days
    return PersonColumns(
        records,
        frozen,
        names_of,
        _flag_weak_names(records, len(names_of.values)),
        name_columns,
        _words(words.keys(), frozen),
        *_days(days, frozen),
        other_days,
        _values(records, frozen, "postcode", lambda record: next((p.postcode for p in record.places if p.postcode), "")),
        _values(records, frozen, "birth_place", lambda record: record.birth_place),
        _values(records, frozen, "occupation", lambda record: record.occupation),
        _values(records, frozen, "gender", lambda record: record.gender),
        _values(records, frozen, "email", lambda record: min(record.emails, default="")),
    )


def _flags(flags: Iterable[bool]) -> Flags:
    return np.fromiter(flags, np.bool_)


def _has_lone_mail(record: Analysed, frozen: RunStatistics) -> bool:
    if len(record.emails) != 1 or record.phones or record.sites:
        return False
    mail = next(iter(record.emails))
    return not frozen.is_busy(mail) and not is_shared_mailbox(mail)


def _flag_weak_names(records: Sequence[Analysed], names: int) -> Flags:
    if not any(record.weak for record in records):
        return np.zeros(names, dtype=np.bool_)
    return _flags(name.text in record.weak for record in records for name in record.persons[:NAMES_MAX])


def _days(days: Sequence[str | None], frozen: RunStatistics) -> tuple[Numbers, NDArray[np.float64]]:
    """Each day as yyyymmdd, 0 where none is told, and how rare it is."""
    numbering = Numbering[str | None]()
    number_of = numbering.number_all(days)
    distinct = numbering.keys()
    numbers = [int(f"{day.replace('-', ''):0<8}") if day else 0 for day in distinct]
    bits = [bits if day else 0.0 for day, bits in zip(distinct, frozen.rarities("day", distinct), strict=True)]
    return np.array(numbers, dtype=np.int64)[number_of], np.array(bits, dtype=np.float64)[number_of]


def _values(records: Sequence[Analysed], frozen: RunStatistics, field: str, text_of: Callable[[Analysed], str]) -> Values:
    texts = [text_of(record) for record in records]
    number_by_text = {text: index for index, text in enumerate(dict.fromkeys(filter(None, texts)))}
    numbers = np.fromiter(map(number_by_text.get, texts, repeat(-1)), np.int64, len(texts))
    return Values(
        numbers, *as_bytes([*number_by_text], VALUE_MAX), np.array(frozen.rarities(field, number_by_text), dtype=np.float64)
    )


def as_bytes(texts: Sequence[str], width: int) -> tuple[NDArray[np.uint8], Numbers]:
    """Each text in bytes, cut at `width`, and how many bytes that is."""
    encoded = [text.encode()[:width] for text in texts]
    table = np.array(encoded, dtype=f"S{width}").view(np.uint8).reshape(len(encoded), width)
    return table, np.fromiter(map(len, encoded), np.int64, len(encoded))


def _names(names: list[PersonName], words: Numbering[str], frozen: RunStatistics) -> Names:
    sounds = Numbering[str]()
    order = sorted(range(len(names)), key=lambda index: (names[index].text, names[index].family))
    tokens_by_name = [name.tokens[:TOKENS_MAX] for name in names]
    words_of = Ragged(starts_of(tokens_by_name), words.number_all([*chain.from_iterable(tokens_by_name)]))
    table = np.empty((len(names), 8), dtype=np.int32)  # Columns as `person_names` names them.
    table[:, person_names.START], table[:, person_names.END] = words_of.start[:-1], words_of.start[1:]
    table[:, person_names.KIND] = [_kind(name) for name in names]
    table[:, person_names.FAMILY] = [words.number(name.family) if name.family else -1 for name in names]
    table[:, person_names.GENERATION] = [name.generation for name in names]
    sound_pairs = [_first_two([sounds.number(sound) for sound in sorted(name.sounds)]) for name in names]
    table[:, person_names.SOUND_ONE : person_names.SOUND_TWO + 1] = np.array(sound_pairs, dtype=np.int32).reshape(-1, 2)
    table[order, person_names.RANK] = np.arange(len(names))
    return Names(words_of.values, table, frozen.names_bits(names), _rough_sounds(names))


def _rough_sounds(names: list[PersonName]) -> NDArray[np.int32]:
    sounds_and_bits = np.full((len(names), 2), -1, dtype=np.int32)
    if all(name.readable for name in names):
        return sounds_and_bits
    sounds = Numbering[str]()
    for index, name in enumerate(names):
        if sound := rough_sound(name):
            sounds_and_bits[index] = (
                sounds.number(sound),
                min(len(sound.replace(" ", "")) * LETTER_HEARD_BITS, person_names.SOUND_BITS),
            )
    return sounds_and_bits


def _kind(name: PersonName) -> int:
    if not name.readable:
        return 3
    return (2 if len(name.tokens[0]) > 1 else 1) if name.han else 0


def _first_two(numbers: list[int]) -> tuple[int, int]:
    return (numbers[0] if numbers else -1, numbers[1] if len(numbers) > 1 else -1)


def _words(words: list[str], frozen: RunStatistics) -> Words:
    skeletons = Numbering[str]()
    analysed = [_word(word) for word in words]
    learned: dict[str, list[int]] = {}
    for number, pair in enumerate(frozen.aliases):
        for word in pair:
            learned.setdefault(word, []).append(number)
    table, lengths = as_bytes(words, LETTERS_MAX)
    return Words(
        bytes=table,
        lengths=lengths,
        bits=np.array([frozen.word_bits(word) for word in (*words, "")], dtype=np.float64),
        skeletons=np.array([skeletons.number(word_parts[0]) for word_parts in analysed], dtype=np.int64),
        skeleton_lengths=np.array([len(word_parts[0]) for word_parts in analysed], dtype=np.int64),
        aliases=Ragged.of([word_parts[1] for word_parts in analysed]),
        learned=Ragged.of([learned.get(word, ()) for word in words]),
        letters=np.array([word_parts[2] for word_parts in analysed], dtype=np.int64),
    )


@lru_cache(maxsize=1 << 18)
def _word(word: str) -> tuple[str, tuple[int, ...], int]:
    """Skeleton, nickname groups in order, and the letters a word may be short for as bits."""
    letters = alias_letters(word) | {word[0]} if given_aliases(word) else {word[0]}
    mask = sum(1 << (ord(letter) - ord("a")) for letter in letters if "a" <= letter <= "z")
    return skeleton(word), tuple(sorted(given_aliases(word))), mask

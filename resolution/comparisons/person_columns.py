"""Analysed persons as columns: every word, name and value a number, so that millions of pairs are compared without an object."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, repeat
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from resolution.comparisons import alignments
from resolution.comparisons.run_statistics import RunStatistics
from resolution.comparisons.shares import is_common_name
from resolution.comparisons.spellings import LETTERS_MAX
from resolution.records.analysed import Analysed
from resolution.records.contacts import is_shared_mailbox
from resolution.records.persons import PersonName, alias_letters, given_aliases, heard
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
    """Rows of different lengths: row i is held[start[i]:start[i + 1]]."""

    start: Numbers
    held: Numbers

    @classmethod
    def of(cls, rows: Iterable[Sequence[int]]) -> "Ragged":
        """Rows in their order."""
        told = list(rows)
        start = np.zeros(len(told) + 1, dtype=np.int64)
        np.cumsum([len(row) for row in told], out=start[1:])
        return cls(start, np.fromiter(chain.from_iterable(told), np.int64, int(start[-1])))


Thing = TypeVar("Thing", bound=Hashable)


class Numbering(Generic[Thing]):
    """Things in the order they were first met, each once."""

    def __init__(self) -> None:
        self._place: dict[Thing, int] = {}

    def number(self, thing: Thing) -> int:
        """The number of a thing, a new one where it was not met before."""
        return self._place.setdefault(thing, len(self._place))

    def things(self) -> list[Thing]:
        """All of them, by number."""
        return list(self._place)

    def numbers(self) -> dict[Thing, int]:
        """The number of each."""
        return self._place


@dataclass(frozen=True)
class Words:
    """Words in bytes. bits: how rare each is, and last a word that nobody bears; skeletons, bones: number and length of its
    consonants.

    aliases: numbers of the nickname groups and learned aliases a word is in; letters: which letters it may be short for,
    one bit each, its own first one included.
    """

    bytes: NDArray[np.uint8]
    lengths: Numbers
    bits: NDArray[np.float64]
    skeletons: Numbers
    bones: Numbers
    aliases: Ragged
    learned: Ragged
    letters: Numbers


@dataclass(frozen=True)
class Names:
    """Names of persons, a row of the table each; `words` are the words of all of them. Words of Han names stand for the name.

    table: where its words begin and end; 0 Latin, 1 Han of one character, 2 Han of more, 3 not readable; number of the surname's
           word, -1 where it is not told; generation; two sounds, the second -1 where there is one only; order of the names by
           their text, the same whatever else is packed. See the columns of `alignments`.
    bits:  how rare the whole name is.
    heard: number of the rough sound, where any name has to be compared by it, else -1; and bits that its being the same says.
    """

    words: Numbers
    table: NDArray[np.int32]
    bits: NDArray[np.float64]
    heard: NDArray[np.int32]


@dataclass(frozen=True)
class Values:
    """One field: the number of each record's value, -1 where it has none; spelled out in bytes, with how rare each is."""

    of: Numbers
    bytes: NDArray[np.uint8]
    lengths: Numbers
    bits: NDArray[np.float64]


@dataclass(frozen=True)
class Packed:
    """Records and their columns. weak: which of `names_of.held` the record bears as a weak name only.

    day: yyyymmdd with zeros for what is not told, 0 without a day.
    """

    records: Sequence[Analysed]
    frozen: RunStatistics
    names_of: Ragged
    weak: Flags
    names: Names
    words: Words
    day: Numbers
    day_bits: NDArray[np.float64]
    postcode: Values
    birth_place: Values
    occupation: Values
    gender: Values
    email: Values

    @cached_property
    def has_contacts(self) -> Flags:
        """Whether a record tells a phone, a mail address or a site."""
        return _flags(bool(one.phones or one.emails or one.sites) for one in self.records)

    @cached_property
    def one_own_mail(self) -> Flags:
        """Whether all it tells of that is one mail address that is its own."""
        return _flags(_one_own_mail(one, self.frozen) for one in self.records)

    @cached_property
    def has_signs(self) -> Flags:
        """Whether it has a name in Han signs or Hangul."""
        return _flags(any(written_in_signs(name) for name in one.persons) for one in self.records)

    @cached_property
    def has_letters(self) -> Flags:
        """Whether it has a name in letters that kith reads."""
        return _flags(any(name.readable and not name.han for name in one.persons) for one in self.records)

    @cached_property
    def has_street(self) -> Flags:
        """Whether it tells of a home more than the postcode."""
        return _flags(any(place.words or place.numbers for place in one.places) for one in self.records)

    @cached_property
    def has_ids(self) -> Flags:
        """Whether it tells an identifier."""
        return _flags(bool(one.ids or one.loose_ids) for one in self.records)

    @cached_property
    def has_common_name(self) -> Flags:
        """Whether its first name is of no more than two words, both of them common."""
        return _flags(is_common_name(one.persons[0].tokens) if one.persons else False for one in self.records)

    @cached_property
    def has_firms(self) -> Flags:
        """Whether it stands beside a firm."""
        return _flags(bool(one.of_firms) for one in self.records)


def pack(records: Sequence[Analysed], frozen: RunStatistics) -> Packed:
    """Columns of these records; what they hold of a record hangs on it and on `frozen` alone."""
    names, words = Numbering[PersonName](), Numbering[str]()
    names_of = Ragged.of([[names.number(name) for name in record.persons[:NAMES_MAX]] for record in records])
    packed_names = _names(names.things(), words, frozen)
    days = [record.day for record in records]
    return Packed(
        records,
        frozen,
        names_of,
        _flags(name.text in record.weak for record in records for name in record.persons[:NAMES_MAX]),
        packed_names,
        _words(words.things(), frozen),
        np.array([_day(day) for day in days], dtype=np.int64),
        np.array([bits if day else 0.0 for day, bits in zip(days, frozen.rarities("day", days), strict=True)], dtype=np.float64),
        _values(records, frozen, "postcode", lambda record: next((p.postcode for p in record.places if p.postcode), "")),
        _values(records, frozen, "birth_place", lambda record: record.birth_place),
        _values(records, frozen, "occupation", lambda record: record.occupation),
        _values(records, frozen, "gender", lambda record: record.gender),
        _values(records, frozen, "email", lambda record: min(record.emails, default="")),
    )


def _flags(told: Iterable[bool]) -> Flags:
    return np.fromiter(told, np.bool_)


def _one_own_mail(record: Analysed, frozen: RunStatistics) -> bool:
    if len(record.emails) != 1 or record.phones or record.sites:
        return False
    mail = next(iter(record.emails))
    return not frozen.is_busy(mail) and not is_shared_mailbox(mail)


def _day(told: str | None) -> int:
    return int(f"{told.replace('-', ''):0<8}") if told else 0


def _values(records: Sequence[Analysed], frozen: RunStatistics, field: str, told: Callable[[Analysed], str]) -> Values:
    said = [told(record) for record in records]
    place = {text: at for at, text in enumerate(dict.fromkeys(filter(None, said)))}
    of = np.fromiter(map(place.get, said, repeat(-1)), np.int64, len(said))
    return Values(of, *_spelled([*place], VALUE_MAX), np.array(frozen.rarities(field, place), dtype=np.float64))


def _spelled(texts: Sequence[str], width: int) -> tuple[NDArray[np.uint8], Numbers]:
    """Each text in bytes, cut at `width`, and how many bytes that is."""
    told = [text.encode()[:width] for text in texts]
    table = np.array(told, dtype=f"S{width}").view(np.uint8).reshape(len(told), width)
    return table, np.fromiter(map(len, told), np.int64, len(told))


def _names(names: list[PersonName], words: Numbering[str], frozen: RunStatistics) -> Names:
    sounds = Numbering[str]()
    order = sorted(range(len(names)), key=lambda at: (names[at].text, names[at].family))
    words_of = Ragged.of([[words.number(token) for token in name.tokens[:TOKENS_MAX]] for name in names])
    table = np.empty((len(names), 8), dtype=np.int32)  # Columns as `alignments` names them.
    table[:, alignments.START], table[:, alignments.END] = words_of.start[:-1], words_of.start[1:]
    table[:, alignments.KIND] = [_kind(name) for name in names]
    table[:, alignments.FAMILY] = [words.number(name.family) if name.family else -1 for name in names]
    table[:, alignments.GENERATION] = [name.generation for name in names]
    heard = [_two([sounds.number(sound) for sound in sorted(name.sounds)]) for name in names]
    table[:, alignments.SOUND_ONE : alignments.SOUND_TWO + 1] = np.array(heard, dtype=np.int32).reshape(-1, 2)
    table[order, alignments.RANK] = np.arange(len(names))
    bits = np.array([frozen.name_bits(name) for name in names], dtype=np.float64)
    return Names(words_of.held, table, bits, _heard(names))


def _heard(names: list[PersonName]) -> NDArray[np.int32]:
    found = np.full((len(names), 2), -1, dtype=np.int32)
    if all(name.readable for name in names):
        return found
    sounds = Numbering[str]()
    for at, name in enumerate(names):
        if told := heard(name):
            found[at] = sounds.number(told), min(len(told.replace(" ", "")) * LETTER_HEARD_BITS, alignments.SOUND_BITS)
    return found


def _kind(name: PersonName) -> int:
    if not name.readable:
        return 3
    return (2 if len(name.tokens[0]) > 1 else 1) if name.han else 0


def _two(numbers: list[int]) -> tuple[int, int]:
    return (numbers[0] if numbers else -1, numbers[1] if len(numbers) > 1 else -1)


def _words(words: list[str], frozen: RunStatistics) -> Words:
    bones = Numbering[str]()
    made = [_word(word) for word in words]
    learned: dict[str, list[int]] = {}
    for number, pair in enumerate(frozen.aliases):
        for word in pair:
            learned.setdefault(word, []).append(number)
    table, lengths = _spelled(words, LETTERS_MAX)
    return Words(
        bytes=table,
        lengths=lengths,
        bits=np.array([frozen.word_bits(word) for word in (*words, "")], dtype=np.float64),
        skeletons=np.array([bones.number(one[0]) for one in made], dtype=np.int64),
        bones=np.array([len(one[0]) for one in made], dtype=np.int64),
        aliases=Ragged.of([one[1] for one in made]),
        learned=Ragged.of([learned.get(word, ()) for word in words]),
        letters=np.array([one[2] for one in made], dtype=np.int64),
    )


@lru_cache(maxsize=1 << 18)
def _word(word: str) -> tuple[str, tuple[int, ...], int]:
    """Skeleton, nickname groups in order, and the letters a word may be short for as bits."""
    letters = alias_letters(word) | {word[0]} if given_aliases(word) else {word[0]}
    mask = sum(1 << (ord(letter) - ord("a")) for letter in letters if "a" <= letter <= "z")
    return skeleton(word), tuple(sorted(given_aliases(word))), mask

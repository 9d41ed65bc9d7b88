"""How common each name is, so that sharing 王伟 or John Smith says less than sharing a rare name."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from itertools import chain

from ontology.base import PartyKind
from resolution.records.analysed import Analysed
from resolution.records.persons import PersonName, surname_share
from resolution.records.text import syllables
from resolution.records.words import rows

GIVEN_SHARE = {1: 1 / 150, 2: 1 / 6000}  # Of a Han given name of one and of two characters; two are near 80 x 80 choices.
LATIN_SHARE = 1e-5
WORD_SHARE = 1e-4  # Of a Latin word that is not on the list of common ones.
SYLLABLE_SHARE = 4e-3  # Of a word that is a Chinese surname in pinyin: there are some four hundred.
COMMON_WORDS_MAX = 2  # A third word tells one John Smith from the next.
RARE_SHARE_MAX = 1e-3  # A firm's name borne by more than one in a thousand does not tell one from another.
HAN_FIRM_CHARACTER_BITS_MAX = 14.0


def name_key(record: Analysed) -> str:
    """The name whose share counts: words in order of the alphabet for a person, core and province for a firm."""
    if record.kind is PartyKind.PERSON:
        return person_key(record.persons[0]) if record.persons else ""
    return f"{record.firms[0].core}|{(record.firms[0].regions or ('',))[0][:2]}" if record.firms else ""


def person_key(name: PersonName) -> str:
    """The words of a person's name in order of the alphabet."""
    return " ".join(sorted(name.tokens))


def count_bearers(records: Sequence[Analysed]) -> tuple[dict[str, int], int]:
    """How many parties bear each name, and how many parties there are over all names.

    Counted are bearers that an identifier, a day or a firm tells apart: one party in a hundred records is not common.
    """
    named_bearers = {(name_key(record), bearer) for record in records if (bearer := _bearer(record))}
    counts = Counter(name for name, _ in named_bearers)
    return dict(counts), len(named_bearers)


def _bearer(record: Analysed) -> str:
    """What tells one bearer of a name from the next: an exclusive identifier; of persons else the day of birth, else the firm.

    Codes of other kinds do not count: two of them may be two codes of one party.
    """
    identifier = min((min(values) for values in record.exclusive.values()), default="") if record.ids else ""
    if identifier or record.kind is not PartyKind.PERSON:
        return identifier
    return record.day or min(record.of_firms, default="")


def expected_share(record: Analysed) -> float:
    """Share of parties that bear the record's name, as far as the name itself tells."""
    if record.kind is PartyKind.PERSON:
        return max((person_share(name) for name in record.persons), default=LATIN_SHARE)
    bits = max((min(name.rarity_bits, 2 * HAN_FIRM_CHARACTER_BITS_MAX) for name in record.firms if name.han), default=20.0)
    return float(2.0**-bits)


def person_share(name: PersonName) -> float:
    """Share of people that bear a name, as far as the name itself tells."""
    if not name.han:
        return LATIN_SHARE
    given_length = len(name.text) - len(name.family)
    return (surname_share(name.family) or 5e-5) * GIVEN_SHARE.get(given_length, 1e-5)


def word_share(word: str) -> float:
    """Share of people who have a word in their name, as far as the word itself tells: given names with nicknames are common."""
    listed_share = _common_words().get(word)
    return listed_share if listed_share is not None else SYLLABLE_SHARE if word in _syllables() else WORD_SHARE


def is_common_name(words: Sequence[str]) -> bool:
    """Whether a Latin name is of no more than two words, both of them borne by one in a thousand or more, the world over.

    >>> is_common_name(["david", "brown"]), is_common_name(["tomasz", "wieczorekski"])
    (True, False)
    """
    return len(words) <= COMMON_WORDS_MAX and all(map(is_common_word, words))


def is_common_word(word: str) -> bool:
    """Whether one in a thousand or more has the word in a name, the world over."""
    return word in _common_names()


@cache
def _common_names() -> frozenset[str]:
    return frozenset(name for _, names in rows("common_names.csv") for name in names.split())


@cache
def _common_words() -> dict[str, float]:
    return {word: float(share) for word, share in rows("name_words.csv")}


@cache
def _syllables() -> frozenset[str]:
    return frozenset(syllable for surname, *_ in rows("surnames.csv") for syllable in syllables(surname))


def busy_values(records: Sequence[Analysed], *, bearers_max: int = 5) -> frozenset[str]:
    """Phones, mail addresses, sites and doors shared by more than `bearers_max` parties: a desk or a tower.

    Parties are told apart by surname or brand; a record with many names is one, and so are records that share any of them.
    """
    counts = Counter(chain.from_iterable(map(_lines_and_doors, records)))
    often = {value for value, count in counts.items() if count > bearers_max}
    names_by_value: dict[str, set[frozenset[str]]] = {value: set() for value in often}
    surnames_by_value: dict[str, set[str]] = {value: set() for value in often}
    for record in records if often else ():
        values = often.intersection(_lines_and_doors(record))
        if not values:
            continue
        if len(record.persons) == 1:  # Nearly all, and no set to be made of it.
            for value in values:
                surnames_by_value[value].add(record.persons[0].family)
        else:
            names = frozenset([*(name.family for name in record.persons), *(name.brand for name in record.firms)]) - {""}
            for value in values:
                names_by_value[value].add(names)
    return frozenset(
        value
        for value in often
        if _count_parties([*names_by_value[value], *({name} for name in surnames_by_value[value] if name)]) > bearers_max
    )


def _lines_and_doors(record: Analysed) -> Iterable[str]:
    """Phones, mail addresses, sites and doors of a record."""
    if not record.places and not record.phones and not record.sites:
        return record.emails
    return [*record.phones, *record.emails, *record.sites, *(place.door for place in record.places)]


def _count_parties(name_sets: Iterable[Collection[str]]) -> int:
    """Groups of names that no record holds together."""
    head_of: dict[str, str] = {}

    def head(name: str) -> str:
        while head_of.setdefault(name, name) != name:
            name = head_of[name]
        return name

    for names in name_sets:
        heads = sorted({head(name) for name in names})
        head_of.update(dict.fromkeys(heads, heads[0]) if heads else {})
    return sum(name == its_head for name, its_head in head_of.items())

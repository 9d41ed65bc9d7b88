"""Names that may stand by themselves: of parts enough, of words rare enough, and shared in full.

Two people of two common words, or two firms of one brand word, bear one name by chance; a name of three telling parts
hardly two do.
"""

from ontology.base import PartyKind
from resolution.comparisons.name_shares import is_common_word, person_key
from resolution.comparisons.names.parsed import of_firm
from resolution.records.analysed import Analysed
from resolution.records.firms import FirmName
from resolution.records.persons import PersonName

PARTS_MIN = 3  # Written-out words of a person's name, none of them common the world over.
TELLING_WORD_BITS_MIN = 5.0  # Words of business, places and numbers tell less.
TELLING_WORDS_MIN, TELLING_BITS_MIN = 2, 20.0  # Of a firm's name.


def share_long_name(left: Analysed, right: Analysed) -> bool:
    """Whether the two share a long name of their own, whatever the order of its words."""
    return bool(_long_names(left) & _long_names(right))


def has_long_names_only(record: Analysed) -> bool:
    """Whether every name of its own is long."""
    names = record.persons if record.kind is PartyKind.PERSON else record.firms
    own_names = [name for name in names if name.text not in record.weak]
    return bool(own_names) and all(_is_long(name) for name in own_names)


def _long_names(record: Analysed) -> frozenset[str]:
    if record.kind is PartyKind.PERSON:
        return frozenset(person_key(name) for name in record.persons if name.text not in record.weak and _is_long(name))
    return frozenset(name.core for name in record.firms if name.text not in record.weak and _is_long(name))


def _is_long(name: PersonName | FirmName) -> bool:
    if name.han:
        return False  # Few signs: a Han firm is told by its region, a Han person by more than a name.
    if isinstance(name, PersonName):
        has_parts = name.readable and sum(len(word) > 1 for word in name.tokens) >= PARTS_MIN
        return has_parts and not any(map(is_common_word, name.tokens))  # Common words come together: Muhammad Ali Khan.
    telling = [word.bits for word in of_firm(name).tokens if word.bits > TELLING_WORD_BITS_MIN]
    return len(telling) >= TELLING_WORDS_MIN and sum(telling) >= TELLING_BITS_MIN

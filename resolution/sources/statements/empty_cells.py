"""What says that a cell is empty, by what its column is for: NA is Namibia, Na, Nan and Null are names, N/A is no phone.

A piece of a name is empty only where it has no letter or holds a word that nobody bears. A whole primary name may be a bare
`Null` or `None` as people write it; `NULL`, `nan` and `none` are what programs write for nothing. Other names of a party are
more often filled with such words than they are one.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator

from ontology.record import NameRole
from resolution.records.text import is_han
from resolution.sources.mappings.language import AddressOf, Condition, Each, IdentifierOf, Kind, Mapping, NameOf, Party
from resolution.sources.mappings.references import parts, reads
from resolution.sources.mappings.value_formats import PLACES, Value
from resolution.sources.statements.texts import folded, is_nothing, says_nothing, word_set

Empty = Callable[[str], bool]


def empties(mapping: Mapping) -> dict[str, Empty]:
    """What says nothing, for each column that has rules of its own; every other one goes by `says_nothing`."""
    found: dict[str, Empty] = dict.fromkeys(_places(mapping), no_country)
    for _, part in parts(mapping):
        if isinstance(part, NameOf):
            found |= _of_name(part)
    for column, known in _words_known(mapping).items():
        found[column] = _but_for(known, found.get(column, says_nothing))
    for _, part in parts(mapping):
        if isinstance(part, Value) and part.null is not None:
            found |= dict.fromkeys(reads(part), _one_of(part.null))
    if mapping.format.null:
        nulls = _one_of(mapping.format.null)
        found |= {column: _either(nulls, found.get(column, says_nothing)) for column in columns_of(mapping)}
    return found


def columns_of(mapping: Mapping) -> Iterator[str]:
    """All columns, and the parts of those that hold several parties, as `<column>.<field>`."""
    yield from mapping.columns
    for _, part in parts(mapping):
        if isinstance(part, Each):
            yield from (f"{part.column}.{field}" for field in part.fields)


def no_country(text: str) -> bool:
    """Whether a text names no country: NA is the code of Namibia."""
    return says_nothing(text) and folded(text) != "na"


def no_piece(text: str) -> bool:
    """Whether a text is no given or family name: it has no letter, or is a word that nobody bears."""
    told = folded(text)
    if not _says_nothing(text):
        return False
    return not any(map(str.isalpha, told)) or told in word_set("no_name") or is_han(told)


def no_name(text: str) -> bool:
    """Whether a text is no whole name: a word for empty, unless it is written as names are."""
    return _says_nothing(text) and (no_piece(text) or not text.strip().istitle())


def _says_nothing(text: str) -> bool:
    """As `says_nothing`, of names: `???` is one that was misread."""
    return says_nothing(text) and set(folded(text)) != {"?"}


def _places(mapping: Mapping) -> Iterator[str]:
    for _, part in parts(mapping):
        if isinstance(part, Party):
            yield from (column for one in part.countries for column in reads(one))
        if isinstance(part, AddressOf) and part.country:
            yield from reads(part.country)
        if isinstance(part, IdentifierOf) and part.scope:
            yield from reads(part.scope)


def _of_name(name: NameOf) -> dict[str, Empty]:
    pieces = [column for part in (name.given, name.family) if part for column in reads(part)]
    if len(PLACES.findall(name.value.template or "")) > 1:
        return dict.fromkeys([*reads(name.value), *pieces], no_piece)
    whole: Empty = no_name if name.role is NameRole.PRIMARY else says_nothing
    found = dict.fromkeys(reads(name.value), whole)
    return found | dict[str, Empty].fromkeys(pieces, no_piece)


def _words_known(mapping: Mapping) -> dict[str, set[str]]:
    """Words for empty that the page itself looks up in a column: there they say something."""
    found: dict[str, set[str]] = defaultdict(set)
    for _, part in parts(mapping):
        listed = [*part.values] if isinstance(part, Value | Kind) else []
        listed += [*part.among, *part.not_among] if isinstance(part, Condition) else []
        for word in listed:
            if word and is_nothing(word):
                for column in reads(part):
                    found[column].add(folded(word))
    return found


def _but_for(known: set[str], empty: Empty) -> Empty:
    return lambda text: empty(text) and folded(text) not in known


def _either(nulls: Empty, usual: Empty) -> Empty:
    return lambda text: nulls(text) or usual(text)


def _one_of(given: tuple[str, ...]) -> Empty:
    told = frozenset(map(folded, given))
    return lambda text: not text or text.isspace() or folded(text) in told

"""What says that a cell is empty, by what its column is for: NA is Namibia, Na, Nan and Null are names, N/A is no phone.

A piece of a name is empty only where it has no letter or holds a word that nobody bears. A whole primary name may be a bare
`Null` or `None` as people write it; `NULL`, `nan` and `none` are what programs write for nothing. Other names of a party are
more often filled with such words than they are one.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator

from ontology.record import NameRole
from resolution.records.text import is_han
from resolution.sources.mappings.language import AddressOf, Condition, IdentifierOf, ItemsOf, Kind, Mapping, NameOf, Party
from resolution.sources.mappings.references import columns_read, parts
from resolution.sources.mappings.value_formats import PLACES, Value
from resolution.sources.statements.texts import fold_text, is_nothing, says_nothing, word_set

Empty = Callable[[str], bool]


def empty_tests_of(mapping: Mapping) -> dict[str, Empty]:
    """What says nothing, for each column that has rules of its own; every other one goes by `says_nothing`."""
    empty_tests: dict[str, Empty] = dict.fromkeys(_places(mapping), is_no_country)
    for _, part in parts(mapping):
        if isinstance(part, NameOf):
            empty_tests |= _of_name(part)
    for column, known_words in _known_words(mapping).items():
        empty_tests[column] = _but_for(known_words, empty_tests.get(column, says_nothing))
    for _, part in parts(mapping):
        if isinstance(part, Value) and part.null is not None:
            empty_tests |= dict.fromkeys(columns_read(part), _is_one_of(part.null))
    if mapping.format.null:
        nulls = _is_one_of(mapping.format.null)
        empty_tests |= {column: _either(nulls, empty_tests.get(column, says_nothing)) for column in columns_of(mapping)}
    return empty_tests


def columns_of(mapping: Mapping) -> Iterator[str]:
    """All columns, and the parts of those that hold several parties, as `<column>.<field>`."""
    yield from mapping.columns
    for _, part in parts(mapping):
        if isinstance(part, ItemsOf):
            yield from (f"{part.column}.{field}" for field in part.fields)


def is_no_country(text: str) -> bool:
    """Whether a text names no country: NA is the code of Namibia."""
    return says_nothing(text) and fold_text(text) != "na"


def is_no_name_part(text: str) -> bool:
    """Whether a text is no given or family name: it has no letter, or is a word that nobody bears."""
    folded_text = fold_text(text)
    if not _says_nothing(text):
        return False
    return not any(map(str.isalpha, folded_text)) or folded_text in word_set("no_name") or is_han(folded_text)


def is_no_name(text: str) -> bool:
    """Whether a text is no whole name: a word for empty, unless it is written as names are."""
    return _says_nothing(text) and (is_no_name_part(text) or not text.strip().istitle())


def _says_nothing(text: str) -> bool:
    """As `says_nothing`, of names: `???` is one that was misread."""
    return says_nothing(text) and set(fold_text(text)) != {"?"}


def _places(mapping: Mapping) -> Iterator[str]:
    for _, part in parts(mapping):
        if isinstance(part, Party):
            yield from (column for value in part.countries for column in columns_read(value))
        if isinstance(part, AddressOf) and part.country:
            yield from columns_read(part.country)
        if isinstance(part, IdentifierOf) and part.scope:
            yield from columns_read(part.scope)


def _of_name(name: NameOf) -> dict[str, Empty]:
    pieces = [column for part in (name.given, name.family) if part for column in columns_read(part)]
    if len(PLACES.findall(name.value.template or "")) > 1:
        return dict.fromkeys([*columns_read(name.value), *pieces], is_no_name_part)
    whole: Empty = is_no_name if name.role is NameRole.PRIMARY else says_nothing
    tests = dict.fromkeys(columns_read(name.value), whole)
    return tests | dict[str, Empty].fromkeys(pieces, is_no_name_part)


def _known_words(mapping: Mapping) -> dict[str, set[str]]:
    """Words for empty that the page itself looks up in a column: there they say something."""
    words_by_column: dict[str, set[str]] = defaultdict(set)
    for _, part in parts(mapping):
        listed = [*part.values] if isinstance(part, Value | Kind) else []
        listed += [*part.among, *part.not_among] if isinstance(part, Condition) else []
        for word in listed:
            if word and is_nothing(word):
                for column in columns_read(part):
                    words_by_column[column].add(fold_text(word))
    return words_by_column


def _but_for(known_words: set[str], empty: Empty) -> Empty:
    return lambda text: empty(text) and fold_text(text) not in known_words


def _either(nulls: Empty, usual: Empty) -> Empty:
    return lambda text: nulls(text) or usual(text)


def _is_one_of(null_words: tuple[str, ...]) -> Empty:
    folded_words = frozenset(map(fold_text, null_words))
    return lambda text: not text or text.isspace() or fold_text(text) in folded_words

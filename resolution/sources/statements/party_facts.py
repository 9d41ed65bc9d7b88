"""Facts of a party, compiled: readers of its kind, names, codes, addresses, countries and contacts from the fields of a row."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache, partial
from typing import Any, TypeVar

from ontology.base import PartyKind
from ontology.personal_ids import mask_number
from ontology.record import Address, Contact, Identifier, Name, NameRole
from resolution.records.identifiers import identifier
from resolution.records.kinds import kind_by_name
from resolution.records.text import is_han
from resolution.sources.mappings.language import AddressOf, ContactOf, IdentifierOf, Kind, NameOf, Value
from resolution.sources.mappings.references import HASH, TAKEN, columns_read, is_captured_id, sealed_name
from resolution.sources.mappings.value_formats import ListValue
from resolution.sources.reading import Trouble
from resolution.sources.statements.cell_items import items_of
from resolution.sources.statements.countries import countries, country
from resolution.sources.statements.empty_cells import Empty
from resolution.sources.statements.json_cells import readable_text, texts_in
from resolution.sources.statements.value_readers import Fields, all_of, fact_reader, text_reader
from resolution.sources.statements.values import ValueRefused, fold_text, says_nothing

RESIDENT_ID = "resident_id"
NO_PERSONS = (PartyKind.FIRM, PartyKind.AGENCY)  # The id of somebody who stands for them is shown masked, and joins nothing.
FIRM_CODES = {"uscc", "lei"}  # Codes that no natural person has.
CODES_KEPT = 1 << 16
NAMES_KEPT = 1 << 14
CODES_BETWEEN = ";；\n"  # No code of any scheme holds one of these.
DAYS_BETWEEN = ";；|\n"
ADDRESSES_BETWEEN = ";；\n"
HAN_ADDRESS_MIN = 8  # Characters from which a Chinese text is an address by itself, not the number of a room.
PART_OF_A_CELL: dict[str, Any] = {"split": None, "template": None, "replace": {}, "capture": None, "when": ()}
T = TypeVar("T")


def kind_reader(kind: Kind) -> Callable[[Fields, str], PartyKind]:
    """The kind of a party by its row and its name: by the column of kinds, else the one kind, else by words of the name."""
    table = {fold_text(text): PartyKind(kind_name) for text, kind_name in kind.values.items()}
    otherwise = None if kind.otherwise == "by_name" else PartyKind(kind.otherwise)
    column = kind.column
    cases = [(all_of((case,)), PartyKind(case.kind)) for case in kind.cases]

    def read_kind(fields: Fields, name: str) -> PartyKind:
        for applies, case_kind in cases:
            if applies is None or applies(fields):
                return case_kind
        listed_kind = table.get(fold_text(fields.get(column, ""))) if column else None
        return listed_kind or otherwise or kind_by_name(name)

    return read_kind


def kind_by_codes(kind: PartyKind, codes: Iterable[Identifier]) -> PartyKind:
    """An unknown kind is decided by a valid code that only persons, or only firms, have."""
    if kind is not PartyKind.UNKNOWN:
        return kind
    schemes = {code.scheme for code in codes if code.valid}
    return PartyKind.PERSON if RESIDENT_ID in schemes else PartyKind.FIRM if schemes & FIRM_CODES else kind


def each_reader(
    part: NameOf | IdentifierOf | AddressOf | ContactOf, read: Callable[..., Iterator[T]], empties: Mapping[str, Empty]
) -> Callable[..., Iterator[T]]:
    """What reads a part of a party, once for each item of its `each`, where its conditions hold."""
    items, applies = items_of(part.each, empties) if part.each else None, all_of(part.when)
    if items is None and applies is None:
        return read

    def read_each(fields: Fields, *context: object) -> Iterator[T]:
        for scope in items(fields) if items else (fields,):
            if applies is None or applies(scope):
                yield from read(scope, *context)

    return read_each


def name_reader(name_of: NameOf) -> Callable[[Fields], Iterator[Name]]:
    """The names that one `NameOf` finds in a row: several where its cell is split."""
    read_text, read_given, read_family = (
        fact_reader(name_of.value, str),
        fact_reader(name_of.given, str),
        fact_reader(name_of.family, str),
    )
    read_role, composed = fact_reader(name_of.role_by, str), name_of.value.template is not None

    def read_names(fields: Fields) -> Iterator[Name]:
        text, role = read_text(fields), name_of.role if name_of.role_by is None else NameRole(read_role(fields) or name_of.role)
        for part in split_texts(text, name_of.split, name_of.value.column):
            if name_of.split and says_nothing(part):  # One of several names in a cell is rather a word for none.
                continue
            yield make_name(" ".join(part.split()) if composed else part, role, read_given(fields), read_family(fields))

    return read_names


@lru_cache(maxsize=NAMES_KEPT)
def make_name(text: str, role: NameRole, given_name: str | None, family_name: str | None) -> Name:
    """A name; one party is named in several roles and under several codes."""
    return Name(text=text, role=role, given=given_name, family=family_name)


def may_be_resident(code_of: IdentifierOf) -> bool:
    """Whether a code is a resident id, at least of some kind of party."""
    return RESIDENT_ID in code_of.all_schemes


def code_reader(code_of: IdentifierOf) -> Callable[[Fields, PartyKind], Iterator[Identifier]]:
    """The codes that one `IdentifierOf` finds in a row for a party of that kind; a resident id is a keyed hash, shown masked."""
    read_text, read_scope = text_reader(_as_sealed(code_of)), fact_reader(code_of.scope, str)
    read_scheme = fact_reader(code_of.scheme_by, str)
    sealed = sealed_name(code_of.value) if is_captured_id(code_of) else code_of.value.column
    column, separators = f"{HASH}{sealed}", CODES_BETWEEN if code_of.split is None else code_of.split

    def read_codes(fields: Fields, kind: PartyKind) -> Iterator[Identifier]:
        cell = read_text(fields)
        scheme = read_scheme(fields) or _scheme(code_of, kind, personal=column in fields)
        if cell is None or scheme is None:
            return
        scope = read_scope(fields)
        for text in texts_in(cell, code_of.value.column):
            if scheme == RESIDENT_ID or "*" in text:
                is_own_id = scheme == RESIDENT_ID and kind not in NO_PERSONS
                yield Identifier.model_construct(
                    scheme=scheme,
                    value=fields.get(column, "") if is_own_id else "",
                    valid=True,
                    masked=mask_number(text) if scheme == RESIDENT_ID else text,
                )
            else:
                for part in split_texts(text, separators, code_of.value.column):
                    yield cached_identifier(scheme, part, scope)

    return read_codes


def _as_sealed(code_of: IdentifierOf) -> Value:
    """The value of a code; of a captured resident id what was taken before its cell was masked, for a mask fits few patterns."""
    if not is_captured_id(code_of):
        return code_of.value
    return code_of.value.model_copy(update={"column": f"{TAKEN}{sealed_name(code_of.value)}", "capture": None, "replace": {}})


def _scheme(code_of: IdentifierOf, kind: PartyKind, *, personal: bool) -> str | None:
    """The scheme of a code of such a party; of an unknown kind the persons' one where the cell holds a personal number."""
    if kind is PartyKind.UNKNOWN and kind.value not in code_of.schemes and code_of.scheme is None:
        kind = PartyKind.PERSON if personal else PartyKind.FIRM
    return code_of.schemes.get(kind.value, code_of.scheme)


@lru_cache(maxsize=CODES_KEPT)
def cached_identifier(scheme: str, text: str, scope: str | None = None) -> Identifier:
    """An identifier as it is compared; the same few hundred thousand come again and again."""
    return identifier(scheme, text, scope=scope)


def address_reader(address_of: AddressOf) -> Callable[[Fields, list[Trouble]], Iterator[Address]]:
    """The addresses that one `AddressOf` finds in a row; a country that cannot be read is left out and added to the list."""
    read_text = text_reader(address_of.value)
    read_country = fact_reader(address_of.country, country)
    parts = {
        title: fact_reader(getattr(address_of, title), str)
        for title in ("region", "city", "postcode")
        if getattr(address_of, title)
    }

    def read_addresses(fields: Fields, repaired: list[Trouble]) -> Iterator[Address]:
        text = read_text(fields)
        if text is None:
            return
        shared = {title: part(fields) for title, part in parts.items()}
        if address_of.country:
            shared["country"] = fact_or_sure_part(read_country, fields, repaired)
        for part in _addresses_in(readable_text(text), address_of.split):
            yield Address(text=part[:1000], **shared)

    return read_addresses


def _addresses_in(text: str, split: str | None) -> list[str]:
    """The addresses of a cell. Where no mark is declared a semicolon parts them only if each piece is an address by itself."""
    pieces = split_texts(text, ADDRESSES_BETWEEN if split is None else split, None)
    return pieces if split is not None or all(map(_is_address, pieces)) else [text]


def _is_address(piece: str) -> bool:
    return "," in piece or "，" in piece or (is_han(piece) and len(piece) >= HAN_ADDRESS_MIN)


def days_reader(value: Value | None, convert: Callable[..., str | None]) -> Callable[[Fields, list[Trouble]], list[str]]:
    """The days that a row tells of one fact, as exact as it is; several where a cell lists them: sources differ on a birth.

    What cannot be read is added to the list of troubles, and what is sure of it kept.
    """
    read_day = fact_reader(value, convert)
    column = value and (value.column or ", ".join(columns_read(value)))
    if value is None or not column or value.values:
        return lambda fields, repaired: list(filter(None, [fact_or_sure_part(read_day, fields, repaired)]))
    read_cell = text_reader(value.model_copy(update={"split": None}))
    read_part = fact_reader(value.model_copy(update=PART_OF_A_CELL | {"column": column}), convert)
    marks = value.split or DAYS_BETWEEN

    def read_days(fields: Fields, repaired: list[Trouble]) -> list[str]:
        text = read_cell(fields)
        parts = split_texts(text, marks, column) if text and (text[0] == "[" or any(map(text.__contains__, marks))) else []
        if len(parts) < 2:
            return list(filter(None, [fact_or_sure_part(read_day, fields, repaired)]))
        days = (fact_or_sure_part(read_part, {column: part}, repaired) for part in parts)
        return list(dict.fromkeys(filter(None, days)))

    return read_days


def country_reader(value: ListValue) -> Callable[[Fields], tuple[str, ...] | None]:
    """The countries of a cell, ISO 3166-1 alpha-2. The reader raises ValueRefused on words that are no country."""
    return fact_reader(value, partial(countries, split=value.split))


def contact_reader(contact_of: ContactOf) -> Callable[[Fields], Iterator[Contact]]:
    """The phones, e-mail addresses … that one `ContactOf` finds in a row."""
    read_text = text_reader(contact_of.value)

    def read_contacts(fields: Fields) -> Iterator[Contact]:
        for part in split_texts(read_text(fields), contact_of.split, contact_of.value.column):
            yield Contact(kind=contact_of.kind, value=part)

    return read_contacts


def split_texts(text: str | None, split: str | None, column: str | None) -> list[str]:
    """One cell's values: those of a JSON list, or cut at any of the characters of `split`, blanks around them dropped."""
    if text is None:
        return []
    if text.startswith(("[", "{")) and (parts := texts_in(text, column)) != [text]:
        return [piece for part in parts for piece in split_texts(part, split, column)]
    if not split:
        return [text]
    for mark in split[1:]:
        text = text.replace(mark, split[0])
    return [part for raw in text.split(split[0]) if (part := raw.strip())]


def fact_or_sure_part(read: Callable[[Fields], Any], fields: Fields, repaired: list[Trouble], *, whole_day: bool = False) -> Any:
    """A fact, or what is sure of it where it cannot be read: a party is not lost for a slip in one of its days.

    whole_day: a fact that cannot be less than a whole day.
    """
    try:
        return read(fields)
    except ValueRefused as cause:
        if whole_day:
            cause.sure = None
        repaired.append(repair_trouble(cause))
        return cause.sure


def repair_trouble(cause: ValueRefused) -> Trouble:
    """The report of a value that cannot be, where its row went in; the remedy says what was kept of it."""
    kept_note = f"Kept: {cause.sure}." if cause.sure else "Kept without it."
    return Trouble(
        cause.trouble.field, cause.trouble.problem, f"{kept_note} {cause.trouble.remedy}" if cause.unsettled else kept_note
    )

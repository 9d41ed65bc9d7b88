"""Records of the entity specification: DATA_SOURCE, RECORD_ID and attributes of features, to records and disclosed links.

Features stand in a list (FEATURES, or one of any name a kind), or flat in the row with a word of their kind in front
(HOME_ADDR_LINE1, PRIMARY_NAME_LAST), as rows of a table have them. A record is `<DATA_SOURCE>:<RECORD_ID>`.
A watch list here is somebody's own: its category stays an attribute and lists nobody.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from ontology.base import PartyKind, SourceClass, Statement
from ontology.documents import read_yaml
from ontology.link import Link
from ontology.personal_ids import mask
from ontology.record import Address, Contact, Identifier, Name, NameRole, Record
from resolution.records.country_names import country_of
from resolution.records.kinds import kind_by_name
from resolution.records.several_days import other_days
from resolution.sources.graphs import GraphFormat
from resolution.sources.graphs.graph_mapper import GraphMapper
from resolution.sources.statements.party_plan import Origin
from resolution.sources.statements.statement_plans import statement_id
from resolution.sources.statements.values import ValueRefused, partial_day, share

Feature = dict[str, Any]
DAY_FORMATS = ("%m/%d/%Y", "%m/%d/%y", "%d/%m/%Y", "%d/%m/%y", "%d-%b-%y", "%d-%b-%Y", "%b %d %Y", "%d %b %Y", "%B %d, %Y")
LAST_TWO_DIGIT_YEAR = 2025  # 31 is 1931: nobody is born later.
_OWNS = re.compile(r"owns\s+([\d.]+\s*%)", re.IGNORECASE)


@cache
def model() -> dict[str, Any]:
    """What each feature becomes."""
    return dict(read_yaml(files("resolution.sources.graphs").joinpath("truth_set.yaml").read_text("utf-8")))


class TruthSet(GraphMapper):
    """Records of one file. See `RowMapper`."""

    def _statements(self, row: dict[str, Any], origin: Origin) -> Iterator[Statement]:
        features, payload = features_of(row)
        source, record_key = row.get("DATA_SOURCE"), row.get("RECORD_ID")
        if not source or not record_key or not features:
            raise ValueRefused("DATA_SOURCE, RECORD_ID or features missing", "Give all three.", "RECORD_ID")
        if _record_type(features) in model()["no_parties"]:
            return
        origin = origin._replace(dataset=mask(str(source)), source_class=SourceClass.PLATFORM)
        record = self._record(self._record_id(record_key, origin.dataset), payload, features, origin)
        anchors = (feature for feature in features if feature.get("REL_ANCHOR_KEY"))
        self._index.anchors |= {
            self._keyed_name(_keyed_target(feature, "REL_ANCHOR", record.dataset)): record.id for feature in anchors
        }
        yield record
        yield from self._links(record, features, origin)

    def _record(self, record_id: str, payload: dict[str, str], features: list[Feature], origin: Origin) -> Record:
        names = list(dict.fromkeys(_names(features)))
        kind = _kind(features, names)
        person = kind is PartyKind.PERSON
        born, founded = _days(features, "DATE_OF_BIRTH"), _days(features, "REGISTRATION_DATE")
        days = born if person else founded or born
        attributes = {name: mask(text)[:500] for name, text in payload.items()}
        attributes |= {
            title: mask(str(feature[name]))
            for feature in features
            for name, title in model()["feature_attributes"].items()
            if feature.get(name)
        }
        return Record(
            id=record_id,
            **origin._asdict(),
            kind=kind,
            names=tuple(names),
            identifiers=tuple(dict.fromkeys(self._codes(features, person=person))),
            addresses=tuple(dict.fromkeys(_addresses(features))),
            contacts=tuple(dict.fromkeys(_contacts(features))),
            born_on=days[0] if days and person else None,
            founded_on=days[0] if days and not person else None,
            ended_on=_whole_day(next(iter(_days(features, "DATE_OF_DEATH")), None)),
            countries=tuple(dict.fromkeys(_countries(features))),
            attributes=attributes | other_days(days),
        )

    def _codes(self, features: list[Feature], *, person: bool) -> Iterator[Identifier]:
        for feature in features:
            for name, (scheme, place) in model()["identifiers"].items():
                if not feature.get(name):
                    continue
                type_word = str(feature.get(name.replace("_NUMBER", "_TYPE"), "")).strip()
                typed = model()["by_type"].get(type_word.upper()) or (None if person else model()["firms_types"].get(name))
                scope = feature.get(place, place if place == "NPI" else None) if place else None
                if not scope and scheme == "other":
                    scope = type_word
                if code := self._identifier(typed or scheme, str(feature[name]), str(scope) if scope else None, person=person):
                    yield code

    def _links(self, record: Record, features: list[Feature], origin: Origin) -> Iterator[Link]:
        for feature in features:
            if not feature.get("REL_POINTER_KEY"):
                continue
            role = mask(str(feature.get("REL_POINTER_ROLE", "")).strip())
            word = " ".join(role.replace("_", " ").lower().split())
            stake = _OWNS.search(word)
            back = model()["roles_back"].get(word)
            kind = "OWNS" if stake else back or model()["roles"].get(word, "ASSOCIATED_WITH")
            target_name = self._keyed_name(_keyed_target(feature, "REL_POINTER", origin.dataset))
            target = self._index.anchors.get(target_name, target_name)
            began, ended = (
                _whole_day(partial_birth(str(feature[name]))) if feature.get(name) else None
                for name in ("REL_POINTER_FROM_DATE", "REL_POINTER_THRU_DATE")
            )
            yield Link(
                id=statement_id(origin.dataset, "L", kind, record.id, target, role),
                **origin._asdict(),
                kind=kind,
                source_id=target if back else record.id,
                target_id=record.id if back else target,
                share=share(stake.group(1).replace(" ", "")) if stake else None,
                role=role[:200] or None,
                began_on=began,
                ended_on=ended,
            )

    def _ignored_as(self, row: dict[str, str]) -> str:
        return "record that is no party"


@cache
def _features_by_attribute() -> dict[str, str]:
    return {attribute: feature for feature, attributes in model()["features"].items() for attribute in attributes}


def features_of(row: dict[str, Any]) -> tuple[list[Feature], dict[str, str]]:
    """The features of a row, however they are written, and what else it says by name."""
    features: list[Feature] = []
    flat: dict[tuple[str, str], Feature] = {}
    payload: dict[str, str] = {}
    for name, value in row.items():
        listed = [*value.values()] if name == "FEATURES" and isinstance(value, dict) else value
        if isinstance(listed, list):
            inner = [part for parts in listed for part in (parts if isinstance(parts, list) else [parts])]
            features += [feature for part in inner if isinstance(part, dict) for feature in _grouped(part)]
        elif attribute := _attribute(name):
            if value not in (None, ""):
                _add_attribute(flat, name.strip().upper(), attribute, value)
        elif value not in (None, "") and name not in model()["never_kept"] and not isinstance(value, dict):
            payload[model()["attributes"].get(name, name.strip().lower())] = str(value)
    return [*features, *flat.values()], payload


def _grouped(part: Feature) -> Iterator[Feature]:
    """One item of a list of features: a feature, or several side by side, with words in front or without."""
    flat: dict[tuple[str, str], Feature] = {}
    for name, value in part.items():
        attribute = _attribute(name)
        if attribute and value not in (None, ""):
            _add_attribute(flat, name.strip().upper(), attribute, value)
    yield from flat.values()


def _add_attribute(flat: dict[tuple[str, str], Feature], name: str, attribute: str, value: Any) -> None:
    """Put an attribute to those of its feature and word in front, which is what kind of name, address or phone it is."""
    feature, word = _features_by_attribute()[attribute], name.removesuffix(attribute).strip("_")
    group = flat.setdefault((feature or attribute, word), {})
    group[attribute] = value
    if feature and word and f"{feature}_TYPE" in _features_by_attribute():
        group.setdefault(f"{feature}_TYPE", word)


@lru_cache(maxsize=1 << 12)
def _attribute(name: str) -> str | None:
    """The attribute that a header names, with any word in front of it; the longest that fits."""
    name = name.strip().upper()
    fitting = [attribute for attribute in _features_by_attribute() if name == attribute or name.endswith(f"_{attribute}")]
    return max(fitting, key=len, default=None)


def _record_type(features: list[Feature]) -> str:
    return next((str(feature["RECORD_TYPE"]).strip().upper() for feature in features if feature.get("RECORD_TYPE")), "")


def _kind(features: list[Feature], names: list[Name]) -> PartyKind:
    """As the record says; else by how its name is written: in parts or as that of an organisation; else by its words."""
    if record_type := _record_type(features):
        return PartyKind(model()["kinds"].get(record_type, "firm"))
    if any(feature.get("NAME_ORG") for feature in features):
        return PartyKind.FIRM
    if any(feature.get("NAME_LAST") or feature.get("DATE_OF_BIRTH") for feature in features):
        return PartyKind.PERSON
    return kind_by_name(names[0].text) if names else PartyKind.UNKNOWN


def _contacts(features: list[Feature]) -> Iterator[Contact]:
    for feature in features:
        for name, contact_kind in model()["contacts"].items():
            if feature.get(name):
                yield Contact(kind=contact_kind, value=mask(str(feature[name]))[:300])
        for name in model()["accounts"]:
            if feature.get(name):
                yield Contact(kind="account", value=mask(f"{name.lower()}:{feature[name]}")[:300])


def _whole_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text and len(text) == len("2024-01-31") else None


def _names(features: list[Feature]) -> Iterator[Name]:
    for feature in features:
        role = NameRole(model()["names"].get(str(feature.get("NAME_TYPE", "PRIMARY")).upper(), "alias"))
        parts = [
            str(feature[part]).strip() for part in ("NAME_FIRST", "NAME_MIDDLE", "NAME_LAST", "NAME_SUFFIX") if feature.get(part)
        ]
        text = feature.get("NAME_ORG") or feature.get("NAME_FULL") or " ".join(parts)
        if str(text).strip():
            given_name, family_name = feature.get("NAME_FIRST"), feature.get("NAME_LAST")
            yield Name(
                text=mask(str(text).strip()),
                role=role,
                given=given_name and mask(str(given_name)),
                family=family_name and mask(str(family_name)),
            )


def _addresses(features: list[Feature]) -> Iterator[Address]:
    for feature in features:
        lines = [str(feature[f"ADDR_LINE{n}"]).strip() for n in range(1, 7) if feature.get(f"ADDR_LINE{n}")]
        parts = [
            str(feature[f"ADDR_{n}"]).strip() for n in ("CITY", "STATE", "POSTAL_CODE", "COUNTRY") if feature.get(f"ADDR_{n}")
        ]
        text = feature.get("ADDR_FULL") or ", ".join(lines + parts)
        if text:
            yield Address(
                text=mask(str(text)),
                country=_country(feature.get("ADDR_COUNTRY")),
                region=feature.get("ADDR_STATE"),
                city=feature.get("ADDR_CITY"),
                postcode=feature.get("ADDR_POSTAL_CODE"),
            )


def _keyed_target(feature: Feature, end: str, dataset: str) -> str:
    return f"{feature.get(f'{end}_DOMAIN') or dataset}:{feature[f'{end}_KEY']}"


def partial_birth(text: str) -> str | None:
    """A birth date in the forms such files hold; None where none fits, which is no reason to turn a record away.

    >>> partial_birth("3/31/54")
    '1954-03-31'
    """
    for form in DAY_FORMATS:
        try:
            birth_day = datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
        return (birth_day.replace(year=birth_day.year - 100) if birth_day.year > LAST_TWO_DIGIT_YEAR else birth_day).isoformat()
    try:
        return partial_day(text)
    except ValueRefused:
        return None


def _days(features: list[Feature], name: str) -> list[str]:
    return [day for feature in features if feature.get(name) and (day := partial_birth(str(feature[name])))]


def _countries(features: list[Feature]) -> Iterator[str]:
    for feature in features:
        for name in model()["country_attributes"]:
            if country := _country(feature.get(name)):
                yield country


def _country(word: Any) -> str | None:
    text = str(word or "").strip().lower()
    code = model()["countries"].get(text) or country_of(text)
    return str(code) if code else None


TRUTH_SET = GraphFormat(
    "truth_set",
    "2",
    "Truth set JSON lines, and other records of the entity specification",
    frozenset({"DATA_SOURCE", "RECORD_ID"}),
    TruthSet,
)

"""JSON lines of the truth set's kind: DATA_SOURCE, RECORD_ID and a list of FEATURES, to records and disclosed links.

A record is `<DATA_SOURCE>:<RECORD_ID>`. A watch list here is somebody's own: its category stays an attribute and lists nobody.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

from ontology.base import PartyKind, SourceClass, Statement
from ontology.documents import read_yaml
from ontology.link import Link
from ontology.personal_ids import mask
from ontology.record import Address, Contact, Identifier, Name, NameRole, Record
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
        features = row.get("FEATURES")
        source, record_key = row.get("DATA_SOURCE"), row.get("RECORD_ID")
        if not source or not record_key or not isinstance(features, list):
            raise ValueRefused("DATA_SOURCE, RECORD_ID or FEATURES missing", "Give all three.", "RECORD_ID")
        origin = origin._replace(dataset=mask(str(source)), source_class=SourceClass.PLATFORM)
        record = self._record(self._record_id(record_key, origin.dataset), row, features, origin)
        anchors = (feature for feature in features if feature.get("REL_ANCHOR_KEY"))
        self._index.anchors |= {
            self._keyed_name(_keyed_target(feature, "REL_ANCHOR", record.dataset)): record.id for feature in anchors
        }
        yield record
        yield from self._links(record, features, origin)

    def _record(self, record_id: str, row: dict[str, Any], features: list[Feature], origin: Origin) -> Record:
        kind = PartyKind(
            next(
                (model()["kinds"].get(feature["RECORD_TYPE"], "firm") for feature in features if feature.get("RECORD_TYPE")),
                "person",
            )
        )
        person = kind is PartyKind.PERSON
        born, founded = _days(features, "DATE_OF_BIRTH"), _days(features, "REGISTRATION_DATE")
        days = born if person else founded or born
        attributes = {title: mask(str(row[name])) for name, title in model()["attributes"].items() if row.get(name)}
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
            names=tuple(dict.fromkeys(_names(features))),
            identifiers=tuple(dict.fromkeys(self._codes(features, person=person))),
            addresses=tuple(dict.fromkeys(_addresses(features))),
            contacts=tuple(
                Contact(kind=contact_kind, value=mask(str(feature[name])))
                for feature in features
                for name, contact_kind in model()["contacts"].items()
                if feature.get(name)
            ),
            born_on=days[0] if days and person else None,
            founded_on=days[0] if days and not person else None,
            countries=tuple(dict.fromkeys(_countries(features))),
            attributes=attributes | other_days(days),
        )

    def _codes(self, features: list[Feature], *, person: bool) -> Iterator[Identifier]:
        for feature in features:
            for name, (scheme, place) in model()["identifiers"].items():
                if not feature.get(name):
                    continue
                typed = model()["by_type"].get(str(feature.get(name.replace("_NUMBER", "_TYPE"), "")).upper())
                scope = feature.get(place) if place and not typed else None
                if code := self._identifier(typed or scheme, str(feature[name]), str(scope) if scope else None, person=person):
                    yield code

    def _links(self, record: Record, features: list[Feature], origin: Origin) -> Iterator[Link]:
        for feature in features:
            if not feature.get("REL_POINTER_KEY"):
                continue
            role = mask(str(feature.get("REL_POINTER_ROLE", "")).strip())
            stake = _OWNS.search(role)
            kind = "OWNS" if stake else model()["roles"].get(role.lower(), "ASSOCIATED_WITH")
            target_name = self._keyed_name(_keyed_target(feature, "REL_POINTER", origin.dataset))
            target = self._index.anchors.get(target_name, target_name)
            yield Link(
                id=statement_id(origin.dataset, "L", kind, record.id, target, role),
                **origin._asdict(),
                kind=kind,
                source_id=record.id,
                target_id=target,
                share=share(stake.group(1).replace(" ", "")) if stake else None,
                role=role[:200] or None,
            )


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
        lines = [str(feature[f"ADDR_LINE{n}"]).strip() for n in (1, 2, 3) if feature.get(f"ADDR_LINE{n}")]
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
        for name in ("ADDR_COUNTRY", "PASSPORT_COUNTRY", "NATIONAL_ID_COUNTRY", "TAX_ID_COUNTRY", "NATIONALITY"):
            if country := _country(feature.get(name)):
                yield country


def _country(word: Any) -> str | None:
    text = str(word or "").strip().lower()
    code = model()["countries"].get(text)
    return str(code) if code else text if len(text) == 2 else None


TRUTH_SET = GraphFormat("truth_set", "1", "Truth set JSON lines", frozenset({"DATA_SOURCE", "RECORD_ID", "FEATURES"}), TruthSet)

"""The 159 records of the Senzing truth set as records of ours, and their clusters."""

import csv
import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ontology.record import Address, Contact, Identifier, Name, NameRole, Record
from resolution.pipeline import resolve
from resolution.records.country_names import country_code
from resolution.records.identifiers import identifier
from store.port import Store
from store.rows import to_row

FILES = ("customers", "reference", "watchlist")
DAYS = ("%m/%d/%Y", "%m/%d/%y", "%Y-%m-%d", "%b %d %Y", "%d-%b-%y", "%d/%m/%Y")
CODES = {
    "SSN_NUMBER": ("ssn", None),
    "PASSPORT_NUMBER": ("passport", "PASSPORT_COUNTRY"),
    "DRIVERS_LICENSE_NUMBER": ("driving_licence", "DRIVERS_LICENSE_STATE"),
    "NATIONAL_ID_NUMBER": ("national_id", "NATIONAL_ID_COUNTRY"),
    "TAX_ID_NUMBER": ("tax_no", "TAX_ID_COUNTRY"),
    "LEI_NUMBER": ("lei", None),
}


def records(folder: Path) -> list[Record]:
    """Every record, told by its own fields only."""
    return [_record(json.loads(line)) for name in FILES for line in (folder / f"{name}.jsonl").read_text("utf-8").splitlines()]


def truth(folder: Path) -> dict[str, str]:
    """Record id -> cluster."""
    with (folder / "actual_truthset_key.csv").open(encoding="utf-8", newline="") as file:
        return {f"{row['DATA_SOURCE']}:{row['RECORD_ID']}": row["CLUSTER_ID"] for row in csv.DictReader(file)}


def key_file(folder: Path, into: Path) -> Path:
    """The clusters as `kith evaluate --truth` takes them, written into another folder."""
    file = into / "truth.csv"
    with file.open("w", newline="") as out:
        csv.writer(out).writerows([("record_id", "cluster"), *truth(folder).items()])
    return file


def resolved_into(store: Store, folder: Path, *, now: datetime) -> None:
    """Put every record into a store and resolve it."""
    store.write("sources/put_records", rows=[to_row(record) for record in sorted(records(folder), key=lambda one: one.id)])
    resolve(store, now=now)


def _record(told: dict[str, Any]) -> Record:
    features: list[dict[str, str]] = told["FEATURES"]
    person = any(one.get("RECORD_TYPE") == "PERSON" for one in features)
    employer = next((one["EMPLOYER"] for one in features if "EMPLOYER" in one), None)
    return Record.model_validate(
        {
            "id": f"{told['DATA_SOURCE']}:{told['RECORD_ID']}",
            "dataset": told["DATA_SOURCE"],
            "source_class": "1",
            "row_id": "f#1",
            "kind": "person" if person else "firm",
            "names": tuple(name for one in features for name in _names(one)),
            "identifiers": tuple(code for one in features for code in _codes(one)),
            "addresses": tuple(address for one in features for address in _addresses(one)),
            "contacts": tuple(contact for one in features for contact in _contacts(one)),
            "born_on": next((_day(one["DATE_OF_BIRTH"]) for one in features if "DATE_OF_BIRTH" in one), None),
            "attributes": {"of_firm": employer} if employer else {},
        }
    )


def _names(one: dict[str, str]) -> Iterator[Name]:
    if "NAME_ORG" in one or "NAME_FULL" in one:
        role = NameRole.ALIAS if one.get("NAME_TYPE") == "AKA" else NameRole.PRIMARY
        yield Name(text=(one.get("NAME_ORG") or one["NAME_FULL"]).strip(), role=role)
    given = " ".join(one[key].strip() for key in ("NAME_FIRST", "NAME_MIDDLE") if one.get(key))
    family = one.get("NAME_LAST", "").strip()
    if given or family:
        yield Name(text=f"{given} {family}".strip(), given=given or None, family=family or None)


def _codes(one: dict[str, str]) -> Iterator[Identifier]:
    for field, (scheme, place) in CODES.items():
        if field in one:
            yield identifier(scheme, one[field], scope=one.get(place) if place else None)


def _addresses(one: dict[str, str]) -> Iterator[Address]:
    parts = [
        one[key].strip() for key in ("ADDR_LINE1", "ADDR_CITY", "ADDR_STATE", "ADDR_POSTAL_CODE", "ADDR_COUNTRY") if key in one
    ]
    text = one.get("ADDR_FULL") or ", ".join(parts)
    if text:
        yield Address(
            text=text,
            city=one.get("ADDR_CITY"),
            region=one.get("ADDR_STATE"),
            postcode=one.get("ADDR_POSTAL_CODE"),
            country=country_code(one.get("ADDR_COUNTRY", "")),
        )


def _contacts(one: dict[str, str]) -> Iterator[Contact]:
    for field, kind in (("PHONE_NUMBER", "phone"), ("EMAIL_ADDRESS", "email")):
        if field in one:
            yield Contact(kind=kind, value=one[field])


def _day(text: str) -> str | None:
    for form in DAYS:
        try:
            found = datetime.strptime(text, form).date()  # noqa: DTZ007
        except ValueError:
            continue
        return (found.replace(year=found.year - 100) if found > date(2024, 1, 1) else found).isoformat()
    return None

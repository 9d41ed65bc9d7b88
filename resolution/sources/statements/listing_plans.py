"""Listings and recognitions of a mapping, compiled: what a public body says of one party of the row."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import TypeVar

from ontology.issuers import issuer_key, issuers, list_type_of
from ontology.listing import Listing, Recognition
from resolution.sources.mappings.language import ListingOf, RecognitionOf
from resolution.sources.mappings.value_formats import Writing
from resolution.sources.reading import Trouble
from resolution.sources.statements.days import ALONE
from resolution.sources.statements.party_plan import Origin
from resolution.sources.statements.statement_plans import Plan, RowParties, money_unit, statement_id, truncate
from resolution.sources.statements.value_readers import Fields, all_of, fact_reader, required_fact_reader, text_reader
from resolution.sources.statements.values import ValueRefused, day, money

TEXTS_OF_LISTINGS = {"programme": 300, "case_no": 200, "removal_ground": 200, "reason": 2000, "duty": 2000, "performance": 200}
DAYS_OF_LISTINGS = ("ends_on", "removed_on", "disputed_since", "decision_due_on")
T = TypeVar("T")


def listing_plan(listing: ListingOf, repairs: list[Trouble], *, ends: bool = False) -> Plan:
    """A listing for each record of its party in the row; none where the table of list types says null.

    repairs: takes what could not be read. A listing goes in without it: neither it nor its party is lost for one bad field.
    ends:    the file tells what was taken off. Without the day of that a row would list the party anew: then it states nothing.
    """
    applies, read_list_type = all_of(listing.when), text_reader(listing.list_type) if listing.list_type else None
    by_table = listing.list_type is not None and bool(listing.list_type.values)
    optional = partial(_optional_fact, repairs=repairs)
    read_issuer = optional(required_fact_reader(listing.issuer, str, title="issuer"))
    text_readers = {name: optional(fact_reader(getattr(listing, name), str)) for name in TEXTS_OF_LISTINGS}
    day_readers = {name: optional(fact_reader(getattr(listing, name), day)) for name in DAYS_OF_LISTINGS}
    listed = optional(fact_reader(listing.listed_on, _year_or_day))
    amount, unit = optional(fact_reader(listing.amount, money)), optional(money_unit(listing.amount, listing.currency))

    def state_listings(parties: RowParties, row: Fields, origin: Origin) -> Iterator[Listing]:
        for party_id, fields, _ in parties.get(listing.party, ()):
            if applies and not applies(fields):
                continue
            details = {name: truncate(read(fields), TEXTS_OF_LISTINGS[name]) for name, read in text_readers.items()}
            issuer_name = (read_issuer(fields) or origin.dataset)[:300]
            try:
                listing_type = read_list_type(fields) if read_list_type else None
                if listing_type is None and not by_table:  # An empty cell is no word of a table that says: nothing is stated.
                    listing_type = list_type_of([issuer_name], [details["programme"] or ""]) or issuers().unknown
            except ValueRefused as cause:
                listing_type, details["programme"] = issuers().unknown, truncate(_with_word(details["programme"], cause), 300)
                repairs.append(_repair_trouble(cause, issuers().unknown))
            stated_days = {name: read(fields) for name, read in day_readers.items()}
            if listing_type is None or (ends and stated_days["removed_on"] is None):
                continue
            listed_on, stated_amount = listed(fields), amount(fields)
            number, issuer_id = details["case_no"], issuer_key(issuer_name)  # Never a day that nobody tells.
            identity = (
                (number, *([] if read_list_type else [issuer_id])) if number else (listed_on, issuer_id, details["programme"])
            )
            yield Listing(
                id=statement_id(origin.dataset, "J", listing_type, party_id, *identity),
                **origin._asdict(),
                list_type=listing_type[:80],
                record_id=party_id,
                issuer=issuer_name,
                listed_on=listed_on,
                amount=stated_amount,
                currency=unit(fields) if stated_amount is not None else None,
                creditor_ids=tuple(
                    dict.fromkeys(creditor.record_id for name in listing.creditors for creditor in parties.get(name, ()))
                ),
                **details,
                **stated_days,
            )

    return state_listings


def recognition_plan(recognition: RecognitionOf, repairs: list[Trouble]) -> Plan:
    """A good mark for each record of its party in the row; none where the table of marks says null.

    repairs: takes marks without a day that can be read: nobody can say until when one holds, so it is left out, not its row.
    """
    applies, read_mark = all_of(recognition.when), text_reader(recognition.mark)
    read_issuer, read_given_on = (
        required_fact_reader(recognition.issuer, str, title="issuer"),
        required_fact_reader(recognition.given_on, _year_or_day, title="given_on"),
    )
    optional = partial(_optional_fact, repairs=repairs)
    read_given_day, read_ends_on, read_reference = (
        optional(read_given_on),
        optional(fact_reader(recognition.ends_on, day)),
        fact_reader(recognition.reference, str),
    )
    amount, unit = (
        optional(fact_reader(recognition.amount, money)),
        optional(money_unit(recognition.amount, recognition.currency)),
    )

    def state_recognitions(parties: RowParties, row: Fields, origin: Origin) -> Iterator[Recognition]:
        for party_id, fields, _ in parties.get(recognition.party, ()):
            mark_name = None if applies and not applies(fields) else read_mark(fields)
            if mark_name is None or (given_on := read_given_day(fields)) is None:
                continue
            number, stated_amount = read_reference(fields), amount(fields)
            yield Recognition(
                id=statement_id(origin.dataset, "G", mark_name, party_id, number or given_on),
                **origin._asdict(),
                mark=mark_name,
                record_id=party_id,
                issuer=read_issuer(fields)[:300],
                given_on=given_on,
                ends_on=read_ends_on(fields),
                reference=truncate(number, 200),
                amount=stated_amount,
                currency=unit(fields) if stated_amount is not None else None,
            )

    return state_recognitions


def _optional_fact(read: Callable[[Fields], T | None], repairs: list[Trouble]) -> Callable[[Fields], T | None]:
    """A fact that a statement can do without: one that cannot be read is left out, and reported as a repair."""

    def fact_or_none(fields: Fields) -> T | None:
        try:
            return read(fields)
        except ValueRefused as cause:
            repairs.append(_repair_trouble(cause))
            return None

    return fact_or_none


def _repair_trouble(cause: ValueRefused, replacement: str | None = None) -> Trouble:
    remedy = f"Kept: {replacement}." if replacement else "Kept without it."
    return Trouble(cause.trouble.field, cause.trouble.problem, remedy)


def _with_word(programme: str | None, cause: ValueRefused) -> str:
    """A word that a table of list types lacks stays to be read, beside the programme."""
    return "; ".join(text for text in (cause.sure, programme) if text)


def _year_or_day(text: str, writing: Writing = ALONE) -> date | None:
    """A mark given for a year counts from the first day of the next: grades of a year are published after it."""
    return date(int(text) + 1, 1, 1) if len(text) == 4 and text.isdigit() else day(text, writing)

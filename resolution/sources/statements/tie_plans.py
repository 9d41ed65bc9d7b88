"""Links, listings, recognitions and experiences of a mapping, compiled."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from typing import TypeVar

from ontology.base import Statement
from ontology.experience import Experience
from ontology.issuers import issuer_key, issuers, list_type_of
from ontology.limits import ID_LENGTH_MAX
from ontology.link import Link
from ontology.listing import Listing, Recognition
from ontology.personal_ids import PersonalIdKey
from resolution.sources.mappings.language import ExperienceOf, LinkOf, ListingOf, Payment, RecognitionOf, Value
from resolution.sources.mappings.references import reads
from resolution.sources.mappings.value_formats import AmountValue, Writing
from resolution.sources.reading import Trouble
from resolution.sources.statements.days import ALONE
from resolution.sources.statements.facts import Fields, all_of, any_of, fact_reader, key_reader, required_fact, text_reader
from resolution.sources.statements.json_cells import readable_text
from resolution.sources.statements.party_plan import Origin, RowParty, record_id
from resolution.sources.statements.row_results import SumLine
from resolution.sources.statements.statement_makers import SHARED, maker
from resolution.sources.statements.values import ValueRefused, currency, currency_in, day, money, percent_range, share

Parties = dict[str, list[RowParty]]
Plan = Callable[[Parties, Fields, Origin], Iterable[Statement]]
CNY = "CNY"
TEXTS_OF_LISTINGS = {"programme": 300, "case_no": 200, "removal_ground": 200, "reason": 2000, "duty": 2000, "performance": 200}
DAYS_OF_LISTINGS = ("ends_on", "removed_on", "disputed_since", "decision_due_on")
T = TypeVar("T")
FACT_KEY_LENGTH_MAX = 200


def statement_id(dataset: str, letter: str, *identity: object) -> str:
    """A name for a statement that depends on what makes it that statement, not on where it stands."""
    identity_text = "\x1f".join([part if type(part) is str else "" if part is None else str(part) for part in identity])
    return f"{dataset}:{letter}-{hashlib.blake2b(identity_text.encode(), digest_size=10).hexdigest()}"


def link_plan(link: LinkOf, id_key: PersonalIdKey, own_days: Collection[str] = ()) -> Plan:
    """A tie for every pair of its two ends in the row.

    own_days: columns of days that the row's parties have themselves. Where the end of a tie is such a day and cannot be read,
    the tie may be over and is not stated; the party has told so, and goes in.
    """
    applies, negative, through_others = all_of(link.when), any_of(link.negative), any_of(link.indirect)
    kind, role = required_fact(link.kind, str, title="kind"), fact_reader(link.role, str)
    read_stake_text = text_reader(link.share) if link.share else None
    stake, amount, unit = fact_reader(link.share, share), fact_reader(link.amount, money), money_unit(link.amount, link.currency)
    began, ended = fact_reader(link.began_on, day), fact_reader(link.ended_on, day)
    ends_with_party = link.ended_on is not None and not {*reads(link.ended_on)}.isdisjoint(own_days)
    fact_key, read_id_part = key_reader(link.fact_key), key_reader(None if link.id_from == link.fact_key else link.id_from)
    sources, targets = _end_reader(link.source, link.source_record, id_key), _end_reader(link.target, link.target_record, id_key)
    verified = link.verified
    make = maker(
        Link,
        repeated=(*SHARED, "kind", "currency"),
        lengths={"source_id": ID_LENGTH_MAX, "target_id": ID_LENGTH_MAX, "fact_key": FACT_KEY_LENGTH_MAX},
    )

    def state_links(parties: Parties, row: Fields, origin: Origin) -> list[Link]:
        links: list[Link] = []
        dataset, source_class, row_id, release_id = origin
        for source_id, at_source, _ in sources(parties, row, origin):
            for target_id, at_target, _ in targets(parties, row, origin):
                fields = at_target if at_source is row else at_source
                if applies and not applies(fields):
                    continue
                if ends_with_party and not _can_read(ended, fields):
                    continue
                stated_amount, key, began_on = amount(fields), fact_key(fields), began(fields)
                if stated_amount is not None and negative(fields):
                    stated_amount = -abs(stated_amount)
                link_kind, number = kind(fields), read_id_part(fields) or key
                role_text = role(fields) or (read_stake_text and _stake_range_text(read_stake_text(fields)))
                identity = (number,) if number else (role_text, began_on)
                statement = {
                    "id": statement_id(dataset, "L", link_kind, source_id, target_id, *identity),
                    "dataset": dataset,
                    "source_class": source_class,
                    "row_id": row_id,
                    "release_id": release_id,
                    "kind": link_kind,
                    "source_id": source_id,
                    "target_id": target_id,
                    "share": stake(fields),
                    "amount": stated_amount,
                    "currency": unit(fields) if stated_amount is not None else None,
                    "role": readable_text(role_text)[:200] if role_text else None,
                    "indirect": through_others(fields),
                    "verified": verified,
                    "began_on": began_on,
                    "ended_on": ended(fields),
                    "fact_key": key,
                }
                links.append(make(statement))
        return links

    return state_links


def sum_line_reader(tie: LinkOf | ExperienceOf) -> Callable[[Fields, dict[str, str]], SumLine] | None:
    """What marks a row as one line of a tie that is the sum of its lines; None where it is told whole."""
    if not tie.sum:
        return None
    parts = [fact_reader(value, money) for value in tie.sum_of]

    def read_line(fields: Fields, values: dict[str, str]) -> SumLine:
        amounts = [part(fields) for part in parts]
        cells = "\x1f".join((*values, *values.values()))
        mark = int.from_bytes(hashlib.blake2b(cells.encode(), digest_size=8).digest())
        return SumLine(mark, sum(part or 0.0 for part in amounts) if amounts and None not in amounts else None)

    return read_line


def _stake_range_text(text: str | None) -> str | None:
    """The text of a stake of which only bounds are told: the lower one counts, the range is shown."""
    bounds = percent_range(text) if text else None
    return bounds.shown if bounds else None


def _can_read(read: Callable[[Fields], object], fields: Fields) -> bool:
    try:
        read(fields)
    except ValueRefused:
        return False
    return True


def listing_plan(listing: ListingOf, repairs: list[Trouble], *, ends: bool = False) -> Plan:
    """A listing for each record of its party in the row; none where the table of list types says null.

    repairs: takes what could not be read. A listing goes in without it: neither it nor its party is lost for one bad field.
    ends:    the file tells what was taken off. Without the day of that a row would list the party anew: then it states nothing.
    """
    applies, read_list_type = all_of(listing.when), text_reader(listing.list_type) if listing.list_type else None
    by_table = listing.list_type is not None and bool(listing.list_type.values)
    optional = partial(_optional_fact, repairs=repairs)
    read_issuer = optional(required_fact(listing.issuer, str, title="issuer"))
    text_readers = {name: optional(fact_reader(getattr(listing, name), str)) for name in TEXTS_OF_LISTINGS}
    day_readers = {name: optional(fact_reader(getattr(listing, name), day)) for name in DAYS_OF_LISTINGS}
    listed = optional(fact_reader(listing.listed_on, _year_or_day))
    amount, unit = optional(fact_reader(listing.amount, money)), optional(money_unit(listing.amount, listing.currency))

    def state_listings(parties: Parties, row: Fields, origin: Origin) -> Iterator[Listing]:
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
        required_fact(recognition.issuer, str, title="issuer"),
        required_fact(recognition.given_on, _year_or_day, title="given_on"),
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

    def state_recognitions(parties: Parties, row: Fields, origin: Origin) -> Iterator[Recognition]:
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
    """A fact that a statement can do without: one that cannot be read is left out, and told."""

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


def experience_plan(experience: ExperienceOf, today: date) -> Plan:
    """How a dealing ended, for each pair of its two parties; none while it is open."""
    applies, disputed = all_of(experience.when), any_of(experience.disputed)
    read_outcome, read_rating = _outcome_reader(experience, today), fact_reader(experience.rating, money)
    amount, unit, fact_key = (
        fact_reader(experience.amount, money),
        money_unit(experience.amount, experience.currency),
        key_reader(experience.fact_key),
    )
    low, high = experience.rating_scale
    dealing = experience.dealing
    make = maker(Experience, repeated=(*SHARED, "dealing", "outcome", "rating", "currency"), lengths={})

    def state_experiences(parties: Parties, row: Fields, origin: Origin) -> list[Experience]:
        experiences: list[Experience] = []
        dataset, source_class, row_id, release_id = origin
        for reporter_id, at_reporter, _ in parties.get(experience.reporter, ()):
            for subject_id, at_subject, _ in parties.get(experience.subject, ()):
                fields = at_subject if at_reporter is row else at_reporter
                dealing_end = None if applies and not applies(fields) else read_outcome(fields)
                if dealing_end is None:
                    continue
                outcome_name, happened_on = dealing_end
                stars, stated_amount, key = read_rating(fields), amount(fields), fact_key(fields)
                statement = {
                    "id": statement_id(
                        dataset, "E", dealing, reporter_id, subject_id, key or happened_on, outcome_name == "rating"
                    ),
                    "dataset": dataset,
                    "source_class": source_class,
                    "row_id": row_id,
                    "release_id": release_id,
                    "reporter_id": reporter_id,
                    "subject_id": subject_id,
                    "dealing": dealing,
                    "outcome": outcome_name,
                    "rating": None if stars is None else _rating_on_scale(stars, low, high),
                    "amount": stated_amount,
                    "currency": unit(fields) if stated_amount is not None else None,
                    "happened_on": happened_on,
                    "fact_key": truncate(key, FACT_KEY_LENGTH_MAX),
                    "disputed": disputed(fields),
                }
                experiences.append(make(statement))
        return experiences

    return state_experiences


def money_unit(amount: AmountValue | None, currency_value: Value | None) -> Callable[[Fields], str | None]:
    """The currency of an amount: that of its own column, else the one its text names, else what the page says of it, else CNY."""
    default_currency = amount.currency if amount and amount.currency else CNY
    if amount is None or currency_value is not None:
        return fact_reader(currency_value or Value(text=CNY), currency)
    text = text_reader(amount)
    return lambda fields: currency_in(text(fields) or "") or default_currency


def payment_outcome(payment: Payment, today: date) -> Callable[[Fields], tuple[str, date] | None]:
    """Outcome by the days of a payment, and the day it was settled: `today` decides what is unpaid for too long."""
    paid_on, due_on = fact_reader(payment.paid_on, day), fact_reader(payment.due_on, day)

    def read_outcome(fields: Fields) -> tuple[str, date] | None:
        due, paid_day = due_on(fields), paid_on(fields)
        if due is None:
            return None
        if paid_day is None:
            return ("defaulted", due) if today >= due + timedelta(days=payment.defaulted_after_days) else None
        return ("paid_on_time" if paid_day <= due else "paid_late"), paid_day

    return read_outcome


def _outcome_reader(experience: ExperienceOf, today: date) -> Callable[[Fields], tuple[str, date] | None]:
    by_days = payment_outcome(experience.payment, today) if experience.payment else None
    by_table = text_reader(experience.outcome) if experience.outcome else None
    happened = fact_reader(experience.happened_on, _day_or_time)
    column = experience.happened_on.column if experience.happened_on else None

    def read_outcome(fields: Fields) -> tuple[str, date] | None:
        outcome_name = by_table(fields) if by_table else ("rating" if experience.rating else None)
        if outcome_name is None:
            return by_days(fields) if by_days else None
        happened_day = happened(fields) or (by_days and (by_days(fields) or (None, None))[1])
        if happened_day is None:
            raise ValueRefused("no day of the dealing given", "Fill it.", column)
        return outcome_name, happened_day

    return read_outcome


def _end_reader(
    name: str | None, record: Value | None, id_key: PersonalIdKey
) -> Callable[[Parties, Fields, Origin], Sequence[RowParty]]:
    if record is None:
        return lambda parties, row, origin: parties.get(name or "", ())
    read_record, read_key = required_fact(record, str, title="record"), key_reader(record)
    return lambda parties, row, origin: (
        RowParty(record_id(origin.dataset, read_key(row) or read_record(row), id_key), row, None),
    )


def _rating_on_scale(stars: float, low: float, high: float) -> float:
    if not low <= stars <= high:
        raise ValueRefused(f"rating {stars:g} lies outside {low:g} to {high:g}", "Write a rating on the scale.")
    return round(2 * (stars - low) / (high - low) - 1, 10)


def truncate(text: str | None, limit: int) -> str | None:
    return text[:limit] if text else None


def _year_or_day(text: str, writing: Writing = ALONE) -> date | None:
    """A mark given for a year counts from the first day of the next: grades of a year are published after it."""
    return date(int(text) + 1, 1, 1) if len(text) == 4 and text.isdigit() else day(text, writing)


def _day_or_time(text: str, writing: Writing = ALONE) -> date | None:
    """A day, or seconds since 1970 as rating exports have them."""
    seconds = text.partition(".")[0]
    if len(seconds) in (9, 10) and seconds.isdigit() and not writing.formats:
        return date(1970, 1, 1) + timedelta(seconds=int(seconds))
    return day(text, writing)

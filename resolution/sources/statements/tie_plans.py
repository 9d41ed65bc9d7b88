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
from resolution.sources.statements.facts import Fields, all_of, any_of, fact, key_of, needed, text_of
from resolution.sources.statements.statement_makers import SHARED, maker
from resolution.sources.statements.json_cells import readable
from resolution.sources.statements.party_plan import Found, Origin, record_id
from resolution.sources.statements.row_results import Line
from resolution.sources.statements.values import ValueRefused, currency, currency_in, day, money, percent_range, share

Parties = dict[str, list[Found]]
Plan = Callable[[Parties, Fields, Origin], Iterable[Statement]]
CNY = "CNY"
TEXTS_OF_LISTINGS = {"programme": 300, "case_no": 200, "removal_ground": 200, "reason": 2000, "duty": 2000, "performance": 200}
DAYS_OF_LISTINGS = ("ends_on", "removed_on", "disputed_since", "decision_due_on")
T = TypeVar("T")
FACT_KEY_LENGTH_MAX = 200


def statement_id(dataset: str, letter: str, *identity: object) -> str:
    """A name for a statement that depends on what makes it that statement, not on where it stands."""
    told = "\x1f".join([part if type(part) is str else "" if part is None else str(part) for part in identity])
    return f"{dataset}:{letter}-{hashlib.blake2b(told.encode(), digest_size=10).hexdigest()}"


def link_plan(link: LinkOf, id_key: PersonalIdKey, own_days: Collection[str] = ()) -> Plan:
    """A tie for every pair of its two ends in the row.

    own_days: columns of days that the row's parties have themselves. Where the end of a tie is such a day and cannot be read,
    the tie may be over and is not stated; the party has told so, and goes in.
    """
    when, negative, through_others = all_of(link.when), any_of(link.negative), any_of(link.indirect)
    kind, role = needed(link.kind, str, title="kind"), fact(link.role, str)
    told_stake = text_of(link.share) if link.share else None
    stake, amount, unit = fact(link.share, share), fact(link.amount, money), money_unit(link.amount, link.currency)
    began, ended = fact(link.began_on, day), fact(link.ended_on, day)
    with_party = link.ended_on is not None and not {*reads(link.ended_on)}.isdisjoint(own_days)
    fact_key, own = key_of(link.fact_key), key_of(None if link.id_from == link.fact_key else link.id_from)
    sources, targets = _end(link.source, link.source_record, id_key), _end(link.target, link.target_record, id_key)
    verified = link.verified
    make = maker(
        Link,
        repeated=(*SHARED, "kind", "currency"),
        lengths={"source_id": ID_LENGTH_MAX, "target_id": ID_LENGTH_MAX, "fact_key": FACT_KEY_LENGTH_MAX},
    )

    def told(parties: Parties, row: Fields, origin: Origin) -> list[Link]:
        found: list[Link] = []
        dataset, source_class, row_id, release_id = origin
        for source_id, at_source, _ in sources(parties, row, origin):
            for target_id, at_target, _ in targets(parties, row, origin):
                fields = at_target if at_source is row else at_source
                if when and not when(fields):
                    continue
                if with_party and not _readable(ended, fields):
                    continue
                money_told, key, began_on = amount(fields), fact_key(fields), began(fields)
                if money_told is not None and negative(fields):
                    money_told = -abs(money_told)
                named, number = kind(fields), own(fields) or key
                post = role(fields) or (told_stake and _range_in(told_stake(fields)))
                apart = (number,) if number else (post, began_on)
                statement = {
                    "id": statement_id(dataset, "L", named, source_id, target_id, *apart),
                    "dataset": dataset,
                    "source_class": source_class,
                    "row_id": row_id,
                    "release_id": release_id,
                    "kind": named,
                    "source_id": source_id,
                    "target_id": target_id,
                    "share": stake(fields),
                    "amount": money_told,
                    "currency": unit(fields) if money_told is not None else None,
                    "role": readable(post)[:200] if post else None,
                    "indirect": through_others(fields),
                    "verified": verified,
                    "began_on": began_on,
                    "ended_on": ended(fields),
                    "fact_key": key,
                }
                found.append(make(statement))
        return found

    return told


def line_of(tie: LinkOf | ExperienceOf) -> Callable[[Fields, dict[str, str]], Line] | None:
    """What marks a row as one line of a tie that is the sum of its lines; None where it is told whole."""
    if not tie.sum:
        return None
    parts = [fact(one, money) for one in tie.sum_of]

    def line(fields: Fields, values: dict[str, str]) -> Line:
        told = [part(fields) for part in parts]
        cells = "\x1f".join((*values, *values.values()))
        mark = int.from_bytes(hashlib.blake2b(cells.encode(), digest_size=8).digest())
        return Line(mark, sum(part or 0.0 for part in told) if told and None not in told else None)

    return line


def _range_in(text: str | None) -> str | None:
    """The text of a stake of which only bounds are told: the lower one counts, the range is shown."""
    bounds = percent_range(text) if text else None
    return bounds.shown if bounds else None


def _readable(read: Callable[[Fields], object], fields: Fields) -> bool:
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
    when, list_type = all_of(listing.when), text_of(listing.list_type) if listing.list_type else None
    by_table = listing.list_type is not None and bool(listing.list_type.values)
    spared = partial(_spared, repairs=repairs)
    issuer = spared(needed(listing.issuer, str, title="issuer"))
    texts = {name: spared(fact(getattr(listing, name), str)) for name in TEXTS_OF_LISTINGS}
    days = {name: spared(fact(getattr(listing, name), day)) for name in DAYS_OF_LISTINGS}
    listed = spared(fact(listing.listed_on, _year_or_day))
    amount, unit = spared(fact(listing.amount, money)), spared(money_unit(listing.amount, listing.currency))

    def told(parties: Parties, row: Fields, origin: Origin) -> Iterator[Listing]:
        for party_id, fields, _ in parties.get(listing.party, ()):
            if when and not when(fields):
                continue
            details = {name: _cut(read(fields), TEXTS_OF_LISTINGS[name]) for name, read in texts.items()}
            by = (issuer(fields) or origin.dataset)[:300]
            try:
                named = list_type(fields) if list_type else None
                if named is None and not by_table:  # An empty cell is no word of a table that says: nothing is stated.
                    named = list_type_of([by], [details["programme"] or ""]) or issuers().unknown
            except ValueRefused as cause:
                named, details["programme"] = issuers().unknown, _cut(_with_word(details["programme"], cause), 300)
                repairs.append(_kept(cause, issuers().unknown))
            dated = {name: read(fields) for name, read in days.items()}
            if named is None or (ends and dated["removed_on"] is None):
                continue
            listed_on, sum_told = listed(fields), amount(fields)
            number, whose = details["case_no"], issuer_key(by)  # Never a day that nobody tells.
            apart = (number, *([] if list_type else [whose])) if number else (listed_on, whose, details["programme"])
            yield Listing(
                id=statement_id(origin.dataset, "J", named, party_id, *apart),
                **origin._asdict(),
                list_type=named[:80],
                record_id=party_id,
                issuer=by,
                listed_on=listed_on,
                amount=sum_told,
                currency=unit(fields) if sum_told is not None else None,
                creditor_ids=tuple(dict.fromkeys(one.record_id for name in listing.creditors for one in parties.get(name, ()))),
                **details,
                **dated,
            )

    return told


def recognition_plan(recognition: RecognitionOf, repairs: list[Trouble]) -> Plan:
    """A good mark for each record of its party in the row; none where the table of marks says null.

    repairs: takes marks without a day that can be read: nobody can say until when one holds, so it is left out, not its row.
    """
    when, mark = all_of(recognition.when), text_of(recognition.mark)
    issuer, given = needed(recognition.issuer, str, title="issuer"), needed(recognition.given_on, _year_or_day, title="given_on")
    spared = partial(_spared, repairs=repairs)
    given_day, ends, reference = spared(given), spared(fact(recognition.ends_on, day)), fact(recognition.reference, str)
    amount, unit = spared(fact(recognition.amount, money)), spared(money_unit(recognition.amount, recognition.currency))

    def told(parties: Parties, row: Fields, origin: Origin) -> Iterator[Recognition]:
        for party_id, fields, _ in parties.get(recognition.party, ()):
            named = None if when and not when(fields) else mark(fields)
            if named is None or (given_on := given_day(fields)) is None:
                continue
            number, sum_told = reference(fields), amount(fields)
            yield Recognition(
                id=statement_id(origin.dataset, "G", named, party_id, number or given_on),
                **origin._asdict(),
                mark=named,
                record_id=party_id,
                issuer=issuer(fields)[:300],
                given_on=given_on,
                ends_on=ends(fields),
                reference=_cut(number, 200),
                amount=sum_told,
                currency=unit(fields) if sum_told is not None else None,
            )

    return told


def _spared(read: Callable[[Fields], T | None], repairs: list[Trouble]) -> Callable[[Fields], T | None]:
    """A fact that a statement can do without: one that cannot be read is left out, and told."""

    def fact_or_none(fields: Fields) -> T | None:
        try:
            return read(fields)
        except ValueRefused as cause:
            repairs.append(_kept(cause))
            return None

    return fact_or_none


def _kept(cause: ValueRefused, instead: str | None = None) -> Trouble:
    remedy = f"Kept: {instead}." if instead else "Kept without it."
    return Trouble(cause.trouble.field, cause.trouble.problem, remedy)


def _with_word(programme: str | None, cause: ValueRefused) -> str:
    """A word that a table of list types lacks stays to be read, beside the programme."""
    return "; ".join(text for text in (cause.sure, programme) if text)


def experience_plan(experience: ExperienceOf, today: date) -> Plan:
    """How a dealing ended, for each pair of its two parties; none while it is open."""
    when, disputed = all_of(experience.when), any_of(experience.disputed)
    outcome, rating = _outcome(experience, today), fact(experience.rating, money)
    amount, unit, fact_key = (
        fact(experience.amount, money),
        money_unit(experience.amount, experience.currency),
        key_of(experience.fact_key),
    )
    low, high = experience.rating_scale
    dealing = experience.dealing
    make = maker(Experience, repeated=(*SHARED, "dealing", "outcome", "rating", "currency"), lengths={})

    def told(parties: Parties, row: Fields, origin: Origin) -> list[Experience]:
        found: list[Experience] = []
        dataset, source_class, row_id, release_id = origin
        for reporter_id, at_reporter, _ in parties.get(experience.reporter, ()):
            for subject_id, at_subject, _ in parties.get(experience.subject, ()):
                fields = at_subject if at_reporter is row else at_reporter
                ended = None if when and not when(fields) else outcome(fields)
                if ended is None:
                    continue
                named, happened_on = ended
                stars, sum_told, key = rating(fields), amount(fields), fact_key(fields)
                statement = {
                    "id": statement_id(dataset, "E", dealing, reporter_id, subject_id, key or happened_on, named == "rating"),
                    "dataset": dataset,
                    "source_class": source_class,
                    "row_id": row_id,
                    "release_id": release_id,
                    "reporter_id": reporter_id,
                    "subject_id": subject_id,
                    "dealing": dealing,
                    "outcome": named,
                    "rating": None if stars is None else _scaled(stars, low, high),
                    "amount": sum_told,
                    "currency": unit(fields) if sum_told is not None else None,
                    "happened_on": happened_on,
                    "fact_key": _cut(key, FACT_KEY_LENGTH_MAX),
                    "disputed": disputed(fields),
                }
                found.append(make(statement))
        return found

    return told


def money_unit(amount: AmountValue | None, given: Value | None) -> Callable[[Fields], str | None]:
    """The currency of an amount: that of its own column, else the one its text names, else what the page says of it, else CNY."""
    said = amount.currency if amount and amount.currency else CNY
    if amount is None or given is not None:
        return fact(given or Value(text=CNY), currency)
    text = text_of(amount)
    return lambda fields: currency_in(text(fields) or "") or said


def paid(payment: Payment, today: date) -> Callable[[Fields], tuple[str, date] | None]:
    """Outcome by the days of a payment, and the day it was settled: `today` decides what is unpaid for too long."""
    paid_on, due_on = fact(payment.paid_on, day), fact(payment.due_on, day)

    def told(fields: Fields) -> tuple[str, date] | None:
        due, settled = due_on(fields), paid_on(fields)
        if due is None:
            return None
        if settled is None:
            return ("defaulted", due) if today >= due + timedelta(days=payment.defaulted_after_days) else None
        return ("paid_on_time" if settled <= due else "paid_late"), settled

    return told


def _outcome(experience: ExperienceOf, today: date) -> Callable[[Fields], tuple[str, date] | None]:
    by_days = paid(experience.payment, today) if experience.payment else None
    by_table = text_of(experience.outcome) if experience.outcome else None
    happened = fact(experience.happened_on, _day_or_time)
    column = experience.happened_on.column if experience.happened_on else None

    def told(fields: Fields) -> tuple[str, date] | None:
        named = by_table(fields) if by_table else ("rating" if experience.rating else None)
        if named is None:
            return by_days(fields) if by_days else None
        on = happened(fields) or (by_days and (by_days(fields) or (None, None))[1])
        if on is None:
            raise ValueRefused("no day of the dealing given", "Fill it.", column)
        return named, on

    return told


def _end(name: str | None, record: Value | None, id_key: PersonalIdKey) -> Callable[[Parties, Fields, Origin], Sequence[Found]]:
    if record is None:
        return lambda parties, row, origin: parties.get(name or "", ())
    told, key = needed(record, str, title="record"), key_of(record)
    return lambda parties, row, origin: (Found(record_id(origin.dataset, key(row) or told(row), id_key), row, None),)


def _scaled(stars: float, low: float, high: float) -> float:
    if not low <= stars <= high:
        raise ValueRefused(f"rating {stars:g} lies outside {low:g} to {high:g}", "Write a rating on the scale.")
    return round(2 * (stars - low) / (high - low) - 1, 10)


def _cut(text: str | None, limit: int) -> str | None:
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

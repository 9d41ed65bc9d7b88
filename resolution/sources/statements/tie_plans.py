"""Links and experiences of a mapping, compiled: what ties two parties of the row, and how their dealings ended."""

import hashlib
from collections.abc import Callable, Collection, Sequence
from datetime import date, timedelta

from ontology.experience import Experience
from ontology.limits import ID_LENGTH_MAX
from ontology.link import Link
from ontology.personal_ids import PersonalIdKey
from resolution.sources.mappings.language import ExperienceOf, LinkOf, Payment, Value
from resolution.sources.mappings.references import columns_read
from resolution.sources.mappings.value_formats import Writing
from resolution.sources.statements.days import ALONE
from resolution.sources.statements.json_cells import readable_text
from resolution.sources.statements.party_plan import Origin, RowParty, record_id
from resolution.sources.statements.statement_makers import SHARED, statement_maker
from resolution.sources.statements.statement_plans import Plan, RowParties, money_unit, statement_id, truncate
from resolution.sources.statements.value_readers import (
    Fields,
    all_of,
    any_of,
    fact_reader,
    key_reader,
    required_fact_reader,
    text_reader,
)
from resolution.sources.statements.values import ValueRefused, day, money, percent_range, share

FACT_KEY_LENGTH_MAX = 200


def link_plan(link: LinkOf, id_key: PersonalIdKey, own_days: Collection[str] = ()) -> Plan:
    """A tie for every pair of its two ends in the row.

    own_days: columns of days that the row's parties have themselves. Where the end of a tie is such a day and cannot be read,
    the tie may be over and is not stated; the party reports it, and goes in.
    """
    applies, negative, through_others = all_of(link.when), any_of(link.negative), any_of(link.indirect)
    kind, role = required_fact_reader(link.kind, str, title="kind"), fact_reader(link.role, str)
    read_stake_text = text_reader(link.share) if link.share else None
    stake, amount, unit = fact_reader(link.share, share), fact_reader(link.amount, money), money_unit(link.amount, link.currency)
    began, ended = fact_reader(link.began_on, day), fact_reader(link.ended_on, day)
    ends_with_party = link.ended_on is not None and not {*columns_read(link.ended_on)}.isdisjoint(own_days)
    fact_key, read_id_part = key_reader(link.fact_key), key_reader(None if link.id_from == link.fact_key else link.id_from)
    sources, targets = _end_reader(link.source, link.source_record, id_key), _end_reader(link.target, link.target_record, id_key)
    verified = link.verified
    column_of_record = next(
        (column for end in (link.source_record, link.target_record) if end for column in columns_read(end)), None
    )
    make = statement_maker(
        Link,
        repeated=(*SHARED, "kind", "currency"),
        lengths={"source_id": ID_LENGTH_MAX, "target_id": ID_LENGTH_MAX, "fact_key": FACT_KEY_LENGTH_MAX},
    )

    def state_links(parties: RowParties, row: Fields, origin: Origin) -> list[Link]:
        links: list[Link] = []
        dataset, source_class, row_id, release_id = origin
        for source_id, at_source, _ in sources(parties, row, origin):
            for target_id, at_target, _ in targets(parties, row, origin):
                fields = at_target if at_source is row else at_source
                if applies and not applies(fields):
                    continue
                if not (source_id and target_id):
                    raise ValueRefused("no record given", "Fill it.", column_of_record)
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


def sum_parts_reader(tie: LinkOf | ExperienceOf) -> Callable[[Fields], float | None] | None:
    """What the parts of a row's amount come to, of a tie that is the sum of its lines; None where a row states it whole."""
    if not tie.sum:
        return None
    parts = [fact_reader(value, money) for value in tie.sum_of]

    def read_sum(fields: Fields) -> float | None:
        amounts = [part(fields) for part in parts]
        return sum(part or 0.0 for part in amounts) if amounts and None not in amounts else None

    return read_sum


def mark_of_line(values: dict[str, str]) -> int:
    """What tells a row from every other that does not repeat it to the letter."""
    cells = "\x1f".join((*values, *values.values()))
    return int.from_bytes(hashlib.blake2b(cells.encode(), digest_size=8).digest())


def _stake_range_text(text: str | None) -> str | None:
    """The text of a stake of which only bounds are known: the lower one counts, the range is shown."""
    bounds = percent_range(text) if text else None
    return bounds.range_text if bounds else None


def _can_read(read: Callable[[Fields], object], fields: Fields) -> bool:
    try:
        read(fields)
    except ValueRefused:
        return False
    return True


def _end_reader(
    name: str | None, record: Value | None, id_key: PersonalIdKey
) -> Callable[[RowParties, Fields, Origin], Sequence[RowParty]]:
    """The parties at one end of a tie. A record that the row does not name has an empty id: where the tie holds, that is told."""
    if record is None:
        return lambda parties, row, origin: parties.get(name or "", ())
    read_key = key_reader(record)

    def read_named_record(parties: RowParties, row: Fields, origin: Origin) -> Sequence[RowParty]:
        key = read_key(row)
        return (RowParty(record_id(origin.dataset, key, id_key) if key else "", row, None),)

    return read_named_record


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
    make = statement_maker(Experience, repeated=(*SHARED, "dealing", "outcome", "rating", "currency"), lengths={})

    def state_experiences(parties: RowParties, row: Fields, origin: Origin) -> list[Experience]:
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


def _rating_on_scale(stars: float, low: float, high: float) -> float:
    if not low <= stars <= high:
        raise ValueRefused(f"rating {stars:g} lies outside {low:g} to {high:g}", "Write a rating on the scale.")
    return round(2 * (stars - low) / (high - low) - 1, 10)


def _day_or_time(text: str, writing: Writing = ALONE) -> date | None:
    """A day, or seconds since 1970 as rating exports have them."""
    seconds = text.partition(".")[0]
    if len(seconds) in (9, 10) and seconds.isdigit() and not writing.formats:
        return date(1970, 1, 1) + timedelta(seconds=int(seconds))
    return day(text, writing)

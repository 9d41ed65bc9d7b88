"""Everything a row may state beside its parties: ties, listings, good marks, dealings; each with the parties it needs."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from ontology.personal_ids import PersonalIdKey
from resolution.sources.mappings.language import ListingOf, Mapping
from resolution.sources.mappings.references import columns_read
from resolution.sources.reading import Trouble
from resolution.sources.statements.listing_plans import listing_plan, recognition_plan
from resolution.sources.statements.statement_plans import Plan
from resolution.sources.statements.tie_plans import experience_plan, link_plan, sum_parts_reader
from resolution.sources.statements.value_readers import Fields


class StatementPlan(NamedTuple):
    """Something a row may state: the parties it needs, what states it, and where its rows are lines, what their parts come to."""

    needs: frozenset[str | None]
    state: Plan
    sum_parts: Callable[[Fields], float | None] | None = None


def row_plans(mapping: Mapping, today: date, repairs: list[Trouble], id_key: PersonalIdKey) -> list[StatementPlan]:
    """Everything a row may state beside its parties, each with the parties it cannot do without."""
    days = [day for party in mapping.parties.values() for day in (party.founded_on, party.born_on, party.ended_on) if day]
    day_columns = {column for day in days for column in columns_read(day)}
    links = [
        StatementPlan(
            frozenset({link.source, link.target} - {None}), link_plan(link, id_key, day_columns), sum_parts_reader(link)
        )
        for link in mapping.links
    ]
    listings = [
        StatementPlan(frozenset({listing.party}), listing_plan(listing, repairs, ends=_states_end(listing, mapping)))
        for listing in mapping.listings
    ]
    recognitions = [
        StatementPlan(frozenset({recognition.party}), recognition_plan(recognition, repairs))
        for recognition in mapping.recognitions
    ]
    experiences = [
        StatementPlan(
            frozenset({experience.reporter, experience.subject}), experience_plan(experience, today), sum_parts_reader(experience)
        )
        for experience in mapping.experiences
    ]
    return [*links, *listings, *recognitions, *experiences]


def _states_end(listing: ListingOf, mapping: Mapping) -> bool:
    """Whether the mapping needs the day a listing was taken off: a file of repairs."""
    removed_on = listing.removed_on
    return removed_on is not None and not {*columns_read(removed_on)}.isdisjoint(mapping.required)

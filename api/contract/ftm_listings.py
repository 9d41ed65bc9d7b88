"""Official listings of parties: the topics they give, and each as a Sanction entity. What ended or was repaired gives nothing."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from api.context.request_context import RequestContext
from api.contract.ftm_properties import collect
from api.contract.ftm_tables import topics
from api.schemas.ftm_entities import FtmEntity
from api.words import words
from graph.network.listings import ListingStatus, listings_on_day
from ontology.entity import Entity
from ontology.listing import Listing
from store.rows import from_row

SANCTION = "Sanction"
Listings = tuple[ListingStatus, ...]


def listings_in_force(context: RequestContext, ids: Iterable[str]) -> dict[str, Listings]:
    """Listings of these parties that bind on the day of the request, by party: their own, one a case, the latest first."""
    by_party: dict[str, list[Listing]] = defaultdict(list)
    for row in context.store.read("network/listings_of_parties", ids=list(ids)):
        by_party[row["entity_id"]].append(from_row(Listing, row))
    return {party: those_in_force(context, listings) for party, listings in by_party.items()}


def those_in_force(context: RequestContext, listings: Sequence[Listing]) -> Listings:
    """Of the listings of one party those that bind on the day of the request, one a case, the latest first."""
    statuses = listings_on_day(listings, rulebook=context.rulebook, as_of=context.as_of)
    return tuple(status for status in statuses if status.active)


def topics_of(entity: Entity, listings: Listings) -> list[str]:
    """Topics of a party: those of its own listings in force, and what its sources state of its office or trade, sorted."""
    return topics_from(entity.attributes.get("topics", ""), listings)


def topics_from(topics_text: str, listings: Listings) -> list[str]:
    """Topics of a party's own listings in force, and those of an office or trade among the ones stated, sorted.

    topics_text: topics that sources state, as the attribute holds them, `; ` between.
    """
    table = topics()
    from_lists = {topic for status in listings if status.rule for topic in table.lists.get(status.rule.id, ())}
    return sorted(from_lists | (table.descriptive & set(topics_text.split("; "))))


def dispute_notes(context: RequestContext, listings: Listings) -> list[str]:
    """One sentence a listing that is under appeal, in the language of the request: a topic is never shown without it."""
    say = words(context.lang)
    return [
        say("ftm.disputed", list=status.rule.name_in(context.lang).title, day=status.listing.disputed_since)
        for status in listings
        if status.rule and status.disputed(context.as_of)
    ]


def sanction(context: RequestContext, party: str, status: ListingStatus) -> FtmEntity:
    """A listing in force as an entity of its own, which names the party that it is of."""
    listing, say = status.listing, words(context.lang)
    title = status.rule.name_in(context.lang).title if status.rule else listing.list_type
    listed_on = listing.listed_on.isoformat() if listing.listed_on else ""
    pairs = [
        ("entity", party),
        ("authority", listing.issuer),
        ("authorityId", listing.case_no or ""),
        ("program", listing.programme or title),
        ("listingDate", listed_on),
        ("startDate", listed_on),
        ("endDate", status.ends_on.isoformat() if status.ends_on else ""),
        ("status", say("ftm.disputed_status" if status.disputed(context.as_of) else "ftm.in_force")),
        ("reason", listing.reason or ""),
        ("provisions", listing.duty or ""),
        ("summary", title),
    ]
    properties = collect(SANCTION, pairs)
    return FtmEntity(id=listing.id, caption=title, schema_=SANCTION, properties=properties, datasets=[listing.dataset])

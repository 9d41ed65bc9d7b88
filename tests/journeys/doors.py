"""Every door of a store on one day, side by side: what one says of a listing the others must say too."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from api.context.pages import PageRequest
from api.context.request_context import RequestContext
from api.parties.networks import network
from api.parties.paths import paths_to_listed
from api.parties.profiles import profile
from api.parties.rankings import listed_signals, reliable_parties, risky_parties
from api.parties.report import report_lines
from api.parties.store_summary import about_store
from api.parties.summaries import party_lines, party_refs
from api.parties.ties import party_ties
from api.reviews.effects import _in_force
from api.schemas.parties import Profile
from api.schemas.screenings import Result
from api.screenings.assessed_matches import result_of
from ontology.base import PartyKind
from ontology.listing import Listing
from ontology.score import Standing

RANKED_MAX = 1000
DAY = re.compile(r"\d{4}-\d\d-\d\d")


def contradictions(context: RequestContext, ids: Iterable[str], told: Iterable[Listing]) -> list[str]:
    """What the doors of a store say against one another, or of a later day, in words; nothing where all agree."""
    profiles = {id_: profile(context, id_) for id_ in ids}
    found = [word for id_, one in profiles.items() for word in _of_party(context, id_, one, profiles)]
    return [*found, *_of_lists(context, profiles), *_of_repairs(context, profiles, told)]


def listed(one: Profile) -> bool:
    """Whether the profile shows a listing in force."""
    return any(listing.in_force for listing in one.listings)


def _of_party(context: RequestContext, id_: str, one: Profile, profiles: dict[str, Profile]) -> Iterator[str]:
    own, person = listed(one), one.party.kind is PartyKind.PERSON
    line, ref = party_lines(context, [id_])[0], party_refs(context, [id_])[id_]
    node = next(node for node in network(context, id_).nodes if node.id == id_)
    standings = {one.party.standing, one.score.standing, line.standing, *(() if person else (ref.standing,))}
    if len(standings) > 1 or (Standing.LISTED in standings) != own:
        yield f"{id_}: listed {own}, standings {sorted(map(str, standings))}"
    if node.listed != own or line.score != one.score.value or line.state != one.score.state:
        yield f"{id_}: line or picture differs"
    if one.sentence.startswith(("Not on any", "No listing in force")) == own:
        yield f"{id_}: listed {own}, yet: {one.sentence}"
    result = result_of(one)
    if (result is Result.STOP and not own) or (own and result not in (Result.STOP, Result.LOOK)):
        yield f"{id_}: listed {own}, yet checked as {result}"
    if {listing.id for listing in _in_force(context, id_)} != {
        one_.id for one_ in one.listings if one_.in_force and not one_.branch
    }:
        yield f"{id_}: a verdict would move other listings"
    if any(exposure.value > 1e-9 for exposure in one.score.exposures) and not any(map(listed, profiles.values())):
        yield f"{id_}: exposed, and nobody is listed"
    for path in (*one.paths, *paths_to_listed(context, id_).paths):
        if not listed(profiles[path.listed_id]):
            yield f"{id_}: a path leads to {path.listed_id}, which is not listed"
    text = "\n".join(report_lines(context, one))
    if one.association_sentence and "None near enough to be told" in text:
        yield f"{id_}: close and out of reach at once"
    if re.search(r"(Closeness .*: )([\d.]+)", text) and float(re.search(r"Closeness .*: ([\d.]+) on", text)[1]) > 1:  # type: ignore[index]
        yield f"{id_}: closeness beyond its scale"
    yield from _later(context, id_, one)


def _later(context: RequestContext, id_: str, one: Profile) -> Iterator[str]:
    day = context.as_of
    days: list[date | None] = [listing.listed_on for listing in one.listings]
    days += [end for tie in party_ties(context, id_).ties for end in (tie.began_on, tie.ended_on)]
    days += [date.fromisoformat(told) for told in DAY.findall(one.sentence)]
    if any(told is not None and told > day for told in days):
        yield f"{id_}: something of a later day than {day}"


def _of_lists(context: RequestContext, profiles: dict[str, Profile]) -> Iterator[str]:
    risky = {line.id: line for line in risky_parties(context, PageRequest(RANKED_MAX)).results}
    good = {line.id for line in reliable_parties(context, PageRequest(RANKED_MAX)).results}
    own = {id_ for id_, one in profiles.items() if listed(one)}
    persons = {id_ for id_, one in profiles.items() if one.party.kind is PartyKind.PERSON}
    named = {id_ for id_ in own - persons if any(told.in_force and not told.branch for told in profiles[id_].listings)}
    if missing := named - risky.keys():
        yield f"listed and not among the risky: {missing}"
    if told := risky.keys() & persons:
        yield f"persons among the risky: {told}"
    if told := {id_ for id_ in risky if profiles[id_].party.standing is Standing.NOTHING_FOUND}:
        yield f"among the risky, and nothing was found: {told}"
    if told := {id_ for id_, line in risky.items() if line.standing is not profiles[id_].party.standing}:
        yield f"another standing among the risky: {told}"
    if told := good & (risky.keys() | own):
        yield f"reliable and risky: {told}"
    if about_store(context, "test").listed != len(own):
        yield f"about counts {about_store(context, 'test').listed} listed, profiles {len(own)}"
    direct = {signal.entity_id for signal in listed_signals(context, party=None, name=None).signals if signal.own > 0}
    if told := {id_ for id_ in direct if not any(listing.in_force for listing in profiles[id_].listings)}:
        yield f"own risk without a listing: {told}"


def _of_repairs(context: RequestContext, profiles: dict[str, Profile], told: Iterable[Listing]) -> Iterator[str]:
    """Issuers are one a case here: of a case that was repaired none may be named."""
    repaired = {
        one.issuer for one in told if one.removed_on and one.removed_on <= context.as_of and one.listed_on <= context.as_of
    }
    for id_, one in profiles.items():
        text = "\n".join(
            (*report_lines(context, one), one.model_dump_json(), *(path.sentence for path in paths_to_listed(context, id_).paths))
        )
        yield from (f"{id_}: {issuer} is named after a repair" for issuer in repaired if issuer in text)

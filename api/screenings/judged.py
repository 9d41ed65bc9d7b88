"""What is said of each party that answers to a row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from api.context.request_context import RequestContext
from api.parties.profiles import profile
from api.parties.summaries import party_lines
from api.schemas.parties import ListingState, PartyLine, Profile
from api.schemas.screenings import Result
from api.screenings.matching import CONTRARY, Doubt, Match
from api.screenings.reports import ORDER
from ontology.rulebook_scoring import KIND_UNKNOWN
from ontology.score import Standing

SET_ASIDE = frozenset((Doubt.OTHER_CODE, Doubt.OTHER_PLACE))
"""Doubts that another party of the name, of the right code or place, settles: then the party is named and has no say."""
TOO_LITTLE = {"insufficient_data", "identity_unresolved", "not_computed", KIND_UNKNOWN}
"""States that mean: not enough is known to say that nothing was found."""


@dataclass
class JudgedMatch:
    """A party that answers, what its own standing comes to (`own`), and what that makes of the row (`result`).

    bears: whether it has a say in the row's result. A party in doubt has none where nothing was found against it and another
    is taken as found.
    """

    match: Match
    line: PartyLine
    own: Result
    result: Result
    bears: bool
    kept: dict[str, Profile] = field(default_factory=dict)

    @property
    def named(self) -> bool:
        """Whether it is named: where it has a say, or something was found against it."""
        return self.bears or self.own in (Result.STOP, Result.LOOK)

    def profile(self, context: RequestContext) -> Profile:
        """The whole profile, read once."""
        return self.kept.setdefault("profile", profile(context, self.match.entity.id))


def judged(context: RequestContext, matches: Sequence[Match]) -> list[JudgedMatch]:
    """Every match with its result: those taken as found first, in each group the worst first."""
    lines = {line.id: line for line in party_lines(context, (one.entity.id for one in matches))}
    sure = any(one.sure for one in matches)
    every = [_judged(context, one, lines[one.entity.id], sure=sure) for one in matches if one.entity.id in lines]
    return sorted(every, key=lambda one: (not one.match.sure, ORDER.index(one.result), -one.match.percent, one.line.id))


def worst(results: Iterable[Result]) -> Result:
    """The first of Stop, Look, Unknown and Fine that is among them."""
    return min(results, key=ORDER.index)


def result_of(found: Profile) -> Result:
    """The result of a party that was found for sure."""
    in_force = [listing for listing in found.listings if listing.in_force]
    if any(listing.state is ListingState.IN_FORCE and listing.check == "stop" for listing in in_force):
        return Result.STOP
    if in_force or found.party.standing is not Standing.NOTHING_FOUND:
        return Result.LOOK
    return Result.UNKNOWN if found.score.state in TOO_LITTLE else Result.FINE


def _judged(context: RequestContext, found: Match, line: PartyLine, *, sure: bool) -> JudgedMatch:
    kept: dict[str, Profile] = {}
    if line.standing is Standing.NOTHING_FOUND:
        own = Result.UNKNOWN if line.state in TOO_LITTLE else Result.FINE
    else:
        kept["profile"] = profile(context, found.entity.id)
        own = result_of(kept["profile"])
    return JudgedMatch(found, line, own, _of_row(found, own), _bears(found, own, sure=sure), kept)


def _of_row(found: Match, own: Result) -> Result:
    """A party in doubt is looked at where it would matter, or where the doubt is itself a question; it never makes a Stop."""
    if found.sure:  # Where its code was given the name alone may be in question.
        return own if found.doubt is None else worst((own, Result.LOOK))
    matters = own in (Result.STOP, Result.LOOK)
    return Result.LOOK if matters or found.doubt in CONTRARY else Result.UNKNOWN


def _bears(found: Match, own: Result, *, sure: bool) -> bool:
    matters = own in (Result.STOP, Result.LOOK)
    if found.doubt is Doubt.BRANCH:
        return matters
    if found.doubt in SET_ASIDE:
        return not sure
    return found.sure or matters or found.doubt in CONTRARY or not sure

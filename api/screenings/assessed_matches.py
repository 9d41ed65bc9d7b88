"""The result of each party that matches a row: by its own standing, and for the row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from api.context.request_context import RequestContext
from api.parties.profiles import PartyAssessment, assess_party
from api.parties.summaries import party_lines
from api.schemas.parties import PartyLine, Profile
from api.schemas.screenings import Result
from api.screenings.matching import CONTRARY, Doubt, Match
from api.screenings.reports import ORDER
from ontology.listing import ListingState
from ontology.rulebook_scoring import KIND_UNKNOWN
from ontology.score import Standing

SET_ASIDE = frozenset((Doubt.OTHER_CODE, Doubt.OTHER_PLACE))
"""Doubts that another party of the name, of the right code or place, settles: then the party is named and has no say."""
TOO_LITTLE = {"insufficient_data", "identity_unresolved", "not_computed", KIND_UNKNOWN}
"""States that mean: not enough is known to say that nothing was found."""


@dataclass
class AssessedMatch:
    """A matched party, the result of its own standing (`party_result`), and what that means for the row (`result`).

    decides: whether it has a say in the row's result. A party in doubt has none where nothing was found against it and another
    is taken as found.
    """

    match: Match
    line: PartyLine
    party_result: Result
    result: Result
    decides: bool
    assessments: dict[str, PartyAssessment] = field(default_factory=dict)

    @property
    def is_named(self) -> bool:
        """Whether it is named: where it has a say, or something was found against it."""
        return self.decides or self.party_result in (Result.STOP, Result.LOOK)

    def assessment(self, context: RequestContext) -> PartyAssessment:
        """What is known of the party, read once."""
        if "party" not in self.assessments:
            self.assessments["party"] = assess_party(context, self.match.entity.id)
        return self.assessments["party"]


def assess_matches(context: RequestContext, matches: Sequence[Match]) -> list[AssessedMatch]:
    """Every match with its result: those taken as found first, in each group the worst first."""
    lines = {line.id: line for line in party_lines(context, (match.entity.id for match in matches))}
    any_sure = any(match.sure for match in matches)
    assessed_matches = [
        _assess_match(context, match, lines[match.entity.id], any_sure=any_sure) for match in matches if match.entity.id in lines
    ]
    return sorted(
        assessed_matches,
        key=lambda assessed: (not assessed.match.sure, ORDER.index(assessed.result), -assessed.match.percent, assessed.line.id),
    )


def worst(results: Iterable[Result]) -> Result:
    """The first of Stop, Look, Unknown and Fine that is among them."""
    return min(results, key=ORDER.index)


def result_of(assessment: PartyAssessment | Profile) -> Result:
    """The result of a party that was found for sure."""
    in_force = [listing for listing in assessment.listings if listing.in_force]
    if any(listing.state is ListingState.IN_FORCE and listing.check == "stop" for listing in in_force):
        return Result.STOP
    if in_force or assessment.party.standing is not Standing.NOTHING_FOUND:
        return Result.LOOK
    return Result.UNKNOWN if assessment.score.state in TOO_LITTLE else Result.FINE


def _assess_match(context: RequestContext, match: Match, line: PartyLine, *, any_sure: bool) -> AssessedMatch:
    assessments: dict[str, PartyAssessment] = {}
    if line.standing is Standing.NOTHING_FOUND:
        party_result = Result.UNKNOWN if line.state in TOO_LITTLE else Result.FINE
    else:
        assessments["party"] = assess_party(context, match.entity.id)
        party_result = result_of(assessments["party"])
    return AssessedMatch(
        match,
        line,
        party_result,
        _row_result(match, party_result),
        _decides(match, party_result, any_sure=any_sure),
        assessments,
    )


def _row_result(match: Match, party_result: Result) -> Result:
    """A party in doubt is looked at where it would matter, or where the doubt is itself a question; it never makes a Stop."""
    if match.sure:  # Where its code was given the name alone may be in question.
        return party_result if match.doubt is None else worst((party_result, Result.LOOK))
    matters = party_result in (Result.STOP, Result.LOOK)
    return Result.LOOK if matters or match.doubt in CONTRARY else Result.UNKNOWN


def _decides(match: Match, party_result: Result, *, any_sure: bool) -> bool:
    matters = party_result in (Result.STOP, Result.LOOK)
    if match.doubt is Doubt.BRANCH:
        return matters
    if match.doubt in SET_ASIDE:
        return not any_sure
    return match.sure or matters or match.doubt in CONTRARY or not any_sure

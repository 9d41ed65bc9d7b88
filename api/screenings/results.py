"""What a screening says of each row: Stop, Look, Unknown or Fine, and why. Stop never comes from association."""

from collections.abc import Iterable, Sequence

from api.answers import ListingState, Profile
from api.asked import Asked
from api.profiles import profile
from api.screenings.answers import Ground, Result, ScreenedRow, Screening
from api.screenings.lists import Supplier
from api.screenings.matching import Match, marks, match
from api.screenings.reports import ORDER
from api.words import Words, words
from ontology.rulebook_scoring import KIND_UNKNOWN
from ontology.score import Standing

TOO_LITTLE = {"insufficient_data", "identity_unresolved", "not_computed", KIND_UNKNOWN}
"""States that mean: not enough is known to say that nothing was found."""


def screen(asked: Asked, suppliers: Iterable[Supplier]) -> Screening:
    """Check every row; rows that cannot be used are handed back beside the others."""
    rows = [_row(asked, supplier) for supplier in suppliers]
    checked = sorted((row for row in rows if row.error is None), key=lambda row: (ORDER.index(row.result), row.row))
    return Screening(
        rows=tuple(checked),
        counts={result: sum(row.result is result for row in checked) for result in ORDER},
        rejected=tuple(row for row in rows if row.error is not None),
        sources=tuple(sorted({file["dataset"] for file in asked.store.read("sources/files")})),
        as_of=asked.as_of,
        rulebook=asked.rulebook.version,
    )


def result_of(found: Profile) -> Result:
    """The result of a party that was found for sure."""
    in_force = [listing for listing in found.listings if listing.in_force]
    if any(listing.state is ListingState.IN_FORCE for listing in in_force):
        return Result.STOP
    if in_force or found.party.standing is not Standing.NOTHING_FOUND:
        return Result.LOOK
    return Result.UNKNOWN if found.score.state in TOO_LITTLE else Result.FINE


def _row(asked: Asked, supplier: Supplier) -> ScreenedRow:
    if supplier.error is not None:
        return ScreenedRow(row=supplier.row, given=supplier.given, result=Result.UNKNOWN, error=supplier.error)
    say = words(asked.lang)
    found = match(asked.store, supplier)
    if found is None:
        return _told(supplier, Result.UNKNOWN, [Ground(code="", sentence=say("check.no_match"))])
    party = profile(asked, found.entity.id)
    if not found.sure:
        return _told(supplier, _possible(party), _doubts(found, say), found, party)
    return _told(supplier, result_of(party), _grounds(asked, party, say), found, party)


def _possible(party: Profile) -> Result:
    """A possible match is looked at where the party would matter; else too little is known to say anything."""
    return Result.LOOK if result_of(party) in (Result.STOP, Result.LOOK) else Result.UNKNOWN


def _doubts(found: Match, say: Words) -> list[Ground]:
    told = [say("check.possible", name=found.entity.name, percent=found.percent)]
    told += [say("check.several", count=found.rivals + 1)] if found.rivals else []
    told += [say("check.code_differs")] if found.code_differs else []
    return [Ground(code="", sentence=sentence) for sentence in told]


def _grounds(asked: Asked, party: Profile, say: Words) -> list[Ground]:
    barred = [Ground(code="", sentence=say("check.barred", measures=", ".join(told)))] if (told := _barred(asked, party)) else []
    disputed = [Ground(code="", sentence=say("check.disputed"))] if party.party.disputed else []
    reasons = [Ground(code=one.reason_code, sentence=one.sentence, points=one.points) for one in party.score.reasons]
    state = [Ground(code="", sentence=party.score.state_sentence)] if party.score.state_sentence else []
    # A look without points (a supply chain, a ring) is in no line of the score: its sentence comes first.
    unsaid = party.party.standing in (Standing.BY_ASSOCIATION, Standing.LOOK) and not any(reason.points < 0 for reason in reasons)
    near = [Ground(code="", sentence=party.sentence)] if unsaid else []
    found = [*barred, *disputed, *near, *reasons, *state]
    return (found or [Ground(code="", sentence=say("check.nothing"))])[: marks().reasons_max]


def _barred(asked: Asked, party: Profile) -> list[str]:
    """What a listing in force, and not disputed, shuts the party out from today."""
    lists = {listing.list_type for listing in party.listings if listing.state is ListingState.IN_FORCE}
    rules = [rule for name in sorted(lists) if (rule := asked.rulebook.list_type(name))]
    found = {measure for rule in rules for measure, effect in rule.restrictions.items() if effect == "block"}
    return [measure.replace("_", " ") for measure in sorted(found)]


def _told(
    supplier: Supplier, result: Result, reasons: Sequence[Ground], found: Match | None = None, party: Profile | None = None
) -> ScreenedRow:
    nearest = party.paths[0] if party and party.paths and party.party.standing is not Standing.LISTED else None
    return ScreenedRow(
        row=supplier.row,
        given=supplier.given,
        result=result,
        party=party.party if party else None,
        match_percent=found.percent if found else None,
        reasons=tuple(reasons),
        nearest=nearest,
    )

"""What a screening says of each row: Stop, Look, Unknown or Fine, and why. Stop never comes from association.

Fine is said only where no source that could hold a listing is loaded and not used yet.
"""

from collections.abc import Iterable

from api.context.freshness import freshness_of, not_used_named, used_datasets
from api.context.request_context import RequestContext
from api.schemas.freshness import Freshness
from api.schemas.parties import Profile
from api.schemas.screenings import Candidate, Ground, Result, ScreenedRow, Screening
from api.screenings.grounds import doubts_told, grounds, row_told
from api.screenings.judged import JudgedMatch, judged, worst
from api.screenings.lists import Supplier
from api.screenings.matching import Answers, match
from api.screenings.reports import ORDER
from api.words import words
from ontology.score import Standing


def screen(context: RequestContext, suppliers: Iterable[Supplier]) -> Screening:
    """Check every row; rows that cannot be used are handed back beside the others."""
    fresh = freshness_of(context)
    rows = [_doubting(_row(context, supplier), fresh, context.lang) for supplier in suppliers]
    checked = sorted((row for row in rows if row.error is None), key=lambda row: (ORDER.index(row.result), row.row))
    return Screening(
        rows=tuple(checked),
        counts={result: sum(row.result is result for row in checked) for result in ORDER},
        rejected=tuple(row for row in rows if row.error is not None),
        sources=used_datasets(context.store, fresh),
        as_of=context.as_of,
        rulebook=context.rulebook.version,
        freshness=fresh,
    )


def _doubting(row: ScreenedRow, fresh: Freshness | None, lang: str) -> ScreenedRow:
    """That nothing was found says nothing where a source that could hold a listing is not used yet."""
    may_list = [source for source in fresh.not_used if source.may_list] if fresh else []
    if not may_list or row.result is not Result.FINE:
        return row
    say = words(lang)
    doubt = Ground(code="", sentence=say("check.not_used", sources=not_used_named(may_list, say)))
    return row.model_copy(update={"result": Result.UNKNOWN, "reasons": (doubt, *row.reasons)})


def _row(context: RequestContext, supplier: Supplier) -> ScreenedRow:
    if supplier.error is not None:
        return ScreenedRow(row=supplier.row, given=supplier.given, result=Result.UNKNOWN, error=supplier.error)
    answers = match(context.store, supplier)
    every = judged(context, answers.matches)
    sure = [one for one in every if one.match.sure]
    decides = sure[0] if sure else None
    party = decides.profile(context) if decides else None
    told = [one for one in every if one.named or not sure]
    return ScreenedRow(
        row=supplier.row,
        given=supplier.given,
        result=result_of_row(answers, every),
        party=party.party if party else None,
        match_percent=decides.match.percent if decides else None,
        candidates=tuple(map(_candidate, told)) if len(told) > 1 or not sure else (),
        reasons=_reasons(context, supplier, answers, told, party),
        nearest=party.paths[0] if party and party.paths and party.party.standing is not Standing.LISTED else None,
    )


def result_of_row(answers: Answers, every: list[JudgedMatch]) -> Result:
    """The worst of what is said of any party that answers; a code that is wrong or damaged neither confirms nor accuses."""
    found = worst([one.result for one in every if one.bears] or [Result.UNKNOWN])
    if answers.code and not answers.code.damaged and answers.code.fault:
        return Result.LOOK
    if answers.lost_zeros or (answers.code and answers.code.damaged):
        return {Result.STOP: Result.LOOK, Result.FINE: Result.UNKNOWN}.get(found, found)
    return found


def _candidate(one: JudgedMatch) -> Candidate:
    doubt = one.match.doubt
    return Candidate(party=one.line, match_percent=one.match.percent, result=one.result, doubt=doubt.value if doubt else None)


def _reasons(
    context: RequestContext, supplier: Supplier, answers: Answers, every: list[JudgedMatch], party: Profile | None
) -> tuple[Ground, ...]:
    """Of the row first, then of its parties in doubt, then the reasons for the one that decides."""
    say = words(context.lang)
    told = [*row_told(answers, every, supplier, say, context.lang), *doubts_told(every, supplier, say, context.lang)]
    sentences = [Ground(code="", sentence=sentence) for sentence in dict.fromkeys(told)]
    found = (*sentences, *(grounds(context, party, say) if party else ()))
    return found or (Ground(code="", sentence=say("check.no_match")),)

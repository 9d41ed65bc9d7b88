"""What a screening says of each row: Stop, Look, Unknown or Fine, and why. Stop never comes from association.

Fine is said only where no source that could hold a listing is loaded and not used yet.
"""

from collections.abc import Iterable, Iterator

from api.context.freshness import freshness_of, unused_sources_text, used_datasets
from api.context.request_context import RequestContext
from api.parties.profiles import PartyAssessment
from api.schemas.freshness import Freshness
from api.schemas.screenings import Candidate, CodeDamage, DamagedCode, Ground, Result, ScreenedRow, Screening
from api.screenings.assessed_matches import AssessedMatch, assess_matches, worst
from api.screenings.duplicates import find_duplicates
from api.screenings.grounds import at_most, doubt_grounds, ground, grounds, restrictions, row_grounds
from api.screenings.matching import SupplierMatches, match_percents, match_supplier
from api.screenings.reports import ORDER
from api.screenings.supplier_lists import Supplier, SupplierList
from api.text.progress import ProgressLine, ReportProgress, no_progress
from api.words import words
from ontology.score import Standing


def screen(context: RequestContext, suppliers: SupplierList, *, report: ReportProgress = no_progress) -> Screening:
    """Check every row; rows that cannot be used are handed back beside the others."""
    fresh = freshness_of(context)
    rows = [_with_unused_sources(_row(context, supplier), fresh, context.lang) for supplier in _report_rows(suppliers, report)]
    checked = sorted((row for row in rows if row.error is None), key=lambda row: (ORDER.index(row.result), row.row))
    return Screening(
        rows=tuple(checked),
        counts={result: sum(row.result is result for row in checked) for result in ORDER},
        rejected=tuple(row for row in rows if row.error is not None),
        sources=used_datasets(context.store, fresh),
        as_of=context.as_of,
        reading=suppliers.reading,
        duplicates=find_duplicates(checked),
        damaged_codes=tuple(_damaged_codes(checked)),
        rulebook=context.rulebook.version,
        freshness=fresh,
    )


def _with_unused_sources(row: ScreenedRow, fresh: Freshness | None, lang: str) -> ScreenedRow:
    """That nothing was found says nothing where a source that could hold a listing is not used yet."""
    may_list = [source for source in fresh.not_used if source.may_list] if fresh else []
    if not may_list or row.result is not Result.FINE:
        return row
    say = words(lang)
    doubt = ground("not_used", say, sources=unused_sources_text(may_list, say))
    reasons = at_most((doubt, *row.reasons), match_percents().row_reasons_max)
    return row.model_copy(update={"result": Result.UNKNOWN, "reasons": reasons})


def _row(context: RequestContext, supplier: Supplier) -> ScreenedRow:
    if supplier.error is not None:
        return ScreenedRow(
            row=supplier.row, id=supplier.id or None, given=supplier.given, result=Result.UNKNOWN, error=supplier.error
        )
    supplier_matches = match_supplier(context.store, supplier)
    assessed_matches = assess_matches(context, supplier_matches.matches)
    sure = [assessed for assessed in assessed_matches if assessed.match.sure]
    deciding = sure[0] if sure else None
    party = deciding.assessment(context) if deciding else None
    named_matches = [assessed for assessed in assessed_matches if assessed.is_named or not sure]
    return ScreenedRow(
        row=supplier.row,
        id=supplier.id or None,
        given=supplier.given,
        result=result_of_row(supplier_matches, assessed_matches),
        party=party.party if party else None,
        match_percent=deciding.match.percent if deciding else None,
        candidates=tuple(map(_candidate, named_matches)) if len(named_matches) > 1 or not sure else (),
        reasons=_reasons(context, supplier, supplier_matches, named_matches, party),
        restrictions=restrictions(context, party) if party else (),
        damage=_damage(supplier_matches),
        nearest=party.paths[0] if party and party.paths and party.party.standing is not Standing.LISTED else None,
    )


def result_of_row(supplier_matches: SupplierMatches, assessed_matches: list[AssessedMatch]) -> Result:
    """The worst of what is said of any party that answers; a code that is wrong or damaged neither confirms nor accuses."""
    worst_result = worst([assessed.result for assessed in assessed_matches if assessed.decides] or [Result.UNKNOWN])
    if supplier_matches.code and not supplier_matches.code.damaged and supplier_matches.code.fault:
        return Result.LOOK
    if supplier_matches.lost_zeros or (supplier_matches.code and supplier_matches.code.damaged):
        return {Result.STOP: Result.LOOK, Result.FINE: Result.UNKNOWN}.get(worst_result, worst_result)
    return worst_result


def _candidate(assessed: AssessedMatch) -> Candidate:
    doubt = assessed.match.doubt
    return Candidate(
        party=assessed.line, match_percent=assessed.match.percent, result=assessed.result, doubt=doubt.value if doubt else None
    )


def _reasons(
    context: RequestContext,
    supplier: Supplier,
    supplier_matches: SupplierMatches,
    assessed_matches: list[AssessedMatch],
    party: PartyAssessment | None,
) -> tuple[Ground, ...]:
    """Of the row first, then of its parties in doubt, then the reasons for the one that decides."""
    say = words(context.lang)
    reasons = (
        *row_grounds(supplier_matches, assessed_matches, supplier, say, context.lang),
        *doubt_grounds(assessed_matches, supplier, say, context.lang),
        *(grounds(context, party, say) if party else ()),
    )
    return at_most(reasons or (ground("no_match", say),), match_percents().row_reasons_max)


def _damage(supplier_matches: SupplierMatches) -> CodeDamage | None:
    """What happened to the code of a row."""
    if supplier_matches.code and supplier_matches.code.fault:
        return CodeDamage(supplier_matches.code.fault.value)
    return CodeDamage.ZEROS if supplier_matches.lost_zeros else None


def _damaged_codes(rows: Iterable[ScreenedRow]) -> Iterator[DamagedCode]:
    for row in sorted(rows, key=lambda row: row.row):
        if row.damage:
            yield DamagedCode(row=row.row, given=row.given.get("code", ""), damage=row.damage)


def _report_rows(suppliers: SupplierList, report: ReportProgress) -> Iterator[Supplier]:
    """The rows one by one, with a word on how far it is."""
    for checked, supplier in enumerate(suppliers):
        report(ProgressLine("Checking", checked, len(suppliers), unit=" rows"))
        yield supplier
    report(ProgressLine("Checking", len(suppliers), len(suppliers), unit=" rows"))

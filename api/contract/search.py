"""Parties that answer to words, within data sets and filters, page by page, counted by facet."""

from collections.abc import Iterable, Sequence

from api.context.request_context import RequestContext
from api.contract.candidates import candidates
from api.contract.datasets import data_scope
from api.contract.facets import facet_counts
from api.contract.ftm_entities import entities_of
from api.contract.looked_at import Candidate, look_at
from api.contract.pages import sort_entities
from api.contract.search_filters import SearchQuery, passing
from api.schemas.contract_entities import SearchResults, Total
from api.schemas.ftm_entities import FtmEntity


def search(context: RequestContext, query: SearchQuery) -> SearchResults:
    """The page of results that is asked for. Indexes find at most some thousand parties; of more, `total` says `gte`.

    Raises DatasetUnknown, ContractInvalid.
    """
    scope = data_scope(context, query.dataset, include=query.include_datasets, exclude=query.exclude_datasets)
    window = query.window
    candidate_ids = candidates(context, query.words, scope=scope, topics_asked=query.topics, end=window.end)
    results = passing(context, query, scope, look_at(context, candidate_ids.ids))
    return SearchResults(
        limit=window.limit,
        offset=window.offset,
        total=Total(value=len(results), relation="eq" if candidate_ids.complete else "gte"),
        results=_page(context, query, results),
        facets=facet_counts(query.facets, results),
    )


def _page(context: RequestContext, query: SearchQuery, results: Sequence[Candidate]) -> list[FtmEntity]:
    """Results in the order of their answer, or in the one that is asked for: then all of them are made entities first."""
    window = query.window
    if query.window.sort:
        ordered = sort_entities(_entities(context, results), window.sort)
        return ordered[window.offset : window.end]
    return _entities(context, results[window.offset : window.end])


def _entities(context: RequestContext, results: Iterable[Candidate]) -> list[FtmEntity]:
    return list(entities_of(context, {candidate.id: candidate.party for candidate in results}).values())

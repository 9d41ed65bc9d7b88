"""Counts of search results by country, topic, data set, schema and code, with labels for people."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from api.contract.ftm_model import schemata
from api.contract.ftm_properties import public_codes
from api.contract.ftm_tables import topics
from api.contract.looked_at import Candidate
from api.schemas.contract_entities import FacetCounts, FacetName, FacetValue
from resolution.records.country_names import country_label

VALUES_MAX = 100  # Values of a facet that are handed out.
LABELS = {
    FacetName.DATASETS: "Data sources",
    FacetName.SCHEMA: "Entity types",
    FacetName.COUNTRIES: "Countries",
    FacetName.IDENTIFIERS: "Identifiers",
    FacetName.TOPICS: "Topics",
    FacetName.GENDERS: "Genders",
}


def facet_counts(names: Iterable[FacetName], results: Sequence[Candidate]) -> dict[str, FacetCounts]:
    """Each facet with its values, the most frequent first. Genders have none: kith does not hand them out."""
    return {name.value: _counts(name, results) for name in dict.fromkeys(names)}


def _counts(name: FacetName, results: Sequence[Candidate]) -> FacetCounts:
    counter = Counter(value for candidate in results for value in dict.fromkeys(_values(name, candidate)))
    ordered = sorted(counter.items(), key=lambda entry: (-entry[1], entry[0]))[:VALUES_MAX]
    return FacetCounts(
        label=LABELS[name], values=[FacetValue(name=value, label=_label(name, value), count=n) for value, n in ordered]
    )


def _values(name: FacetName, candidate: Candidate) -> Collection[str]:
    match name:
        case FacetName.COUNTRIES:
            return candidate.countries
        case FacetName.TOPICS:
            return candidate.topics
        case FacetName.DATASETS:
            return candidate.sources
        case FacetName.SCHEMA:
            return (candidate.schema,)
        case FacetName.IDENTIFIERS:
            return public_codes(candidate.party)
        case _:
            return ()


def _label(name: FacetName, value: str) -> str:
    match name:
        case FacetName.COUNTRIES:
            return country_label(value)
        case FacetName.TOPICS:
            return topics().labels.get(value, value)
        case FacetName.SCHEMA:
            return schemata()[value].label
        case _:
            return value

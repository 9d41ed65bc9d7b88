"""What each feature says of a party and a description, with the two values that were compared."""

from collections.abc import Iterable, Mapping

from rapidfuzz.distance import Indel

from api.schemas.contract_matches import FeatureResult
from ontology.entity import Entity
from ontology.record import Record
from resolution.records.identifiers import schemes
from resolution.records.several_days import days_of
from resolution.records.text import fold
from resolution.screening import ScoredParty

DIGITS = 4
YEAR_LENGTH = 4
VALUES_SHOWN = 3


def explain(record: Record, party: ScoredParty, *, weights: Mapping[str, float], sees_births: bool) -> dict[str, FeatureResult]:
    """By feature: log odds with the weight of the call, how well it agrees, and what was compared; none that says nothing.

    sees_births: whether the caller may see a person's day of birth, else the year alone.
    """
    return {
        feature: FeatureResult(
            detail=party.levels[feature] or None,
            score=round(odds * weights.get(feature, 1.0), DIGITS),
            **_compared(feature, record, party.entity, sees_births=sees_births),
        )
        for feature, odds in party.odds.items()
        if odds or party.levels[feature]
    }


def _compared(feature: str, record: Record, entity: Entity, *, sees_births: bool) -> dict[str, str | None]:
    if feature == "names":
        pairs = [(given, own) for given in _names(record) for own in _names(entity)]
        given, own = max(pairs, key=_likeness, default=(None, None))
        return {"query": given, "candidate": own}
    query, candidate = (_values(feature, side) for side in (record, entity))
    if feature == "days" and not sees_births and entity.born_on:
        candidate = [day[:YEAR_LENGTH] for day in candidate]
    return {"query": _join(query), "candidate": _join(candidate)}


def _names(party: Record | Entity) -> list[str]:
    return [name.text for name in party.names]


def _likeness(pair: tuple[str, str]) -> float:
    return Indel.normalized_similarity(*(" ".join(sorted(fold(text).split())) for text in pair))


def _values(feature: str, party: Record | Entity) -> list[str]:
    """What may be shown of a field: of addresses, lines and personal numbers nothing."""
    if feature == "days":
        return [*days_of(party)] if isinstance(party, Record) else [day for day in (party.born_on, party.founded_on) if day]
    if feature == "countries":
        return list(party.countries)
    return [code.value for code in party.identifiers if schemes()[code.scheme].told] if feature == "ids" else []


def _join(values: Iterable[str]) -> str | None:
    return "; ".join([*dict.fromkeys(values)][:VALUES_SHOWN]) or None

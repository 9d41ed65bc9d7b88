"""Somebody's Splink settings as a model of kith's: one that `kith model export --splink` wrote, or one of their own columns.

Of one's own settings a comparison is used where its levels and those of a field of kith's can be matched class by class
(models/splink_columns.json): equal, alike, equal in part, the rest. What its classes weigh is spread over kith's levels of the
class in the proportion of the former model; levels of no class keep their weight. What cannot be matched is not used, and why is
said. Thresholds are the former model's. The prior is the document's, whatever the number of records.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path
from typing import Any

from ontology.base import PartyKind
from ontology.errors import ModelInvalid, SourceUnreadable
from ontology.files import read_whole
from resolution.comparisons.declarations import comparisons
from resolution.comparisons.model import Model, Odds
from resolution.comparisons.splink_levels import (
    NO_ODDS,
    ClassOdds,
    LevelClass,
    LevelUnread,
    columns_used,
    label_of,
    read_levels,
    read_odds,
)

REMEDY = (
    "Change m and u in what kith model export --splink FILE writes; docs/guides/splink.md lists the columns that can be used."
)
PRIOR_RECORDS = 10**12  # More than any store holds: the prior is as it is written, not by the number of records.
MODEL_KINDS = (PartyKind.PERSON, PartyKind.FIRM)
OddsByLevel = dict[str, dict[str, Odds]]


@dataclass(frozen=True)
class SplinkImport:
    """A model made from Splink settings, and what became of each of their comparisons.

    used:   the comparison, and the field of kith's that it weighs now.
    unused: the comparison, and why it is not used.
    kept:   fields of kith's of which the document says nothing: they weigh as before.
    """

    model: Model
    used: Mapping[str, str]
    unused: Mapping[str, str]
    kept: tuple[str, ...]


def read_splink_settings(file: Path, former: Callable[[PartyKind], Model]) -> SplinkImport:
    """The model that a settings document makes of the former one of its kind. Raises ModelInvalid where nothing can be used."""
    document = _read_document(file)
    kind = _kind_of(document)
    try:
        imported = _import(document, former(kind))
    except ValueError as cause:
        raise ModelInvalid(file=file.name, problem=str(cause), remedy=REMEDY) from cause
    if not imported.used:
        problem = "; ".join(f"{name}: {reason}" for name, reason in imported.unused.items())
        raise ModelInvalid(file=file.name, problem=f"none of its comparisons can be used. {problem}", remedy=REMEDY)
    return imported


def _read_document(file: Path) -> Mapping[str, Any]:
    try:
        document = json.loads(read_whole(file))
    except SourceUnreadable as cause:
        raise ModelInvalid(file=file.name, problem=cause.facts.get("problem"), remedy=cause.remedy) from cause
    except ValueError as cause:
        raise ModelInvalid(file=file.name, problem="it is no JSON document", remedy=REMEDY) from cause
    listed = document.get("comparisons") if isinstance(document, dict) else None
    if not isinstance(document, dict) or not isinstance(listed, list) or not listed or not all(map(_is_comparison, listed)):
        raise ModelInvalid(file=file.name, problem="it is no Splink settings document: comparisons with levels are missing")
    return document


def _is_comparison(comparison: object) -> bool:
    levels = comparison.get("comparison_levels") if isinstance(comparison, dict) else None
    return (
        isinstance(levels, list)
        and bool(levels)
        and all(isinstance(level, dict) and isinstance(level.get("sql_condition"), str) for level in levels)
    )


def _kind_of(document: Mapping[str, Any]) -> PartyKind:
    """The kind of which most comparisons are: persons where as many are of either."""
    matches = {
        kind: sum(_is_own(comparison, kind) or _field_of(comparison, kind) is not None for comparison in document["comparisons"])
        for kind in MODEL_KINDS
    }
    return max(MODEL_KINDS, key=lambda kind: matches[kind])


def _import(document: Mapping[str, Any], former: Model) -> SplinkImport:
    odds, used, unused = OddsByLevel(former.comparisons), dict[str, str](), dict[str, str]()
    for comparison in document["comparisons"]:
        name = _name_of(comparison)
        try:
            field, levels = _levels_of(comparison, former)
            if field in used.values():
                raise LevelUnread(f"{field} is weighed by another comparison already, and kith adds a field only once")
        except LevelUnread as cause:
            unused[name] = str(cause)
            continue
        odds[field] = former.comparisons[field] | levels
        used[name] = field
    model = former.model_copy(update={"comparisons": odds, "made": f"{former.version} with weights of Splink settings"})
    model = model.model_copy(update=_prior(document))
    mark = blake2b(model.model_dump_json().encode(), digest_size=4).hexdigest()
    model = model.model_copy(update={"version": f"{former.version.partition('+')[0]}+{mark}"})
    return SplinkImport(model, used, unused, tuple(name for name in former.comparisons if name not in used.values()))


def _prior(document: Mapping[str, Any]) -> dict[str, float]:
    """The prior of the document as fields of a model; none where it has none. Raises ValueError."""
    probability = document.get("probability_two_random_records_match")
    if probability is None:
        return {}
    if isinstance(probability, bool) or not isinstance(probability, int | float) or not 0 < probability < 1:
        raise ValueError("probability_two_random_records_match is no probability between 0 and 1")
    odds = probability / (1 - probability)
    return {"random_match": odds * PRIOR_RECORDS, "random_match_records": 0, "records_min": PRIOR_RECORDS}


def _name_of(comparison: Mapping[str, Any]) -> str:
    return str(
        comparison.get("output_column_name") or ", ".join(sorted(columns_used(comparison))) or "a comparison without a name"
    )


def _levels_of(comparison: Mapping[str, Any], former: Model) -> tuple[str, dict[str, Odds]]:
    """The field that a comparison weighs, and m and u of its levels. Raises LevelUnread."""
    if _is_own(comparison, former.kind):
        return comparison["output_column_name"], {
            label_of(level): Odds(m=m, u=u)
            for level in comparison["comparison_levels"]
            if not level.get("is_null_level")
            for m, u in [read_odds(level)]
        }
    field = _field_of(comparison, former.kind)
    if field is None:
        raise LevelUnread(_reason(comparison))
    return field, _spread(read_levels(comparison), former.comparisons[field], _fields(former.kind)[field])


def _is_own(comparison: Mapping[str, Any], kind: PartyKind) -> bool:
    """Whether a comparison is one of kith's: its name, and no level that kith's has not."""
    labels = {declared.name: {level.label for level in declared.levels} for declared in comparisons(kind)}
    own_labels = labels.get(str(comparison.get("output_column_name")), set())
    return all(level.get("is_null_level") or label_of(level) in own_labels for level in comparison["comparison_levels"])


def _field_of(comparison: Mapping[str, Any], kind: PartyKind) -> str | None:
    """The field of kith's whose columns a comparison compares; None where there is none, or it compares several columns."""
    columns = columns_used(comparison)
    if len(columns) != 1:
        return None
    return next((field for field, mapped in _fields(kind).items() if columns <= set(mapped["columns"])), None)


def _reason(comparison: Mapping[str, Any]) -> str:
    """Why there is no field for a comparison."""
    columns = columns_used(comparison)
    for unmatched in splink_columns()["no_field"].values():
        if columns and columns <= set(unmatched["columns"]):
            return str(unmatched["reason"])
    if len(columns) > 1:
        return f"it compares several columns at once ({', '.join(sorted(columns))})"
    return "no field of kith's is known to be compared by this column"


def _spread(
    classes: Mapping[LevelClass, ClassOdds], former: Mapping[str, Odds], mapped: Mapping[str, list[str]]
) -> dict[str, Odds]:
    """Odds of kith's levels: those of a class share what the class weighs, as they did before.

    All levels of the classes together keep their share of what was seen before: levels of no class take part as they did.
    """
    labels = {
        level_class: [label for label in former if any(fnmatchcase(label, pattern) for pattern in mapped.get(level_class, ()))]
        for level_class in LevelClass
    }
    sums: dict[LevelClass, ClassOdds] = {}
    for level_class, class_odds in classes.items():
        target = level_class if labels[level_class] else LevelClass.REST  # kith's rest takes what it has no level for.
        before = sums.get(target, NO_ODDS)
        sums[target] = ClassOdds(before.m + class_odds.m, before.u + class_odds.u)
    covered = [former[label] for level_class in sums for label in labels[level_class]]
    share_m = sum(odds.m for odds in covered) / sum(class_odds.m for class_odds in sums.values())
    share_u = sum(odds.u for odds in covered) / sum(class_odds.u for class_odds in sums.values())
    spread = {}
    for level_class, class_odds in sums.items():
        class_m = sum(former[label].m for label in labels[level_class])
        class_u = sum(former[label].u for label in labels[level_class])
        for label in labels[level_class]:
            m = former[label].m / class_m * class_odds.m * share_m
            u = former[label].u / class_u * class_odds.u * share_u
            spread[label] = Odds(m=min(m, 1.0), u=min(u, 1.0))
    return spread


@cache
def splink_columns() -> dict[str, Any]:
    """Which columns of Splink settings are which field, class by class; and why others are none."""
    text = files("resolution.comparisons").joinpath("models", "splink_columns.json").read_text("utf-8")
    columns: dict[str, Any] = json.loads(text)
    return columns


def _fields(kind: PartyKind) -> dict[str, Any]:
    fields: dict[str, Any] = splink_columns()[kind.value]
    return fields

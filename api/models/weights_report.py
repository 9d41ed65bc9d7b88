"""What a pair's weight is made of: models from files or as shipped, and what the last run counted."""

from collections.abc import Iterable, Iterator, Sequence
from math import log2
from pathlib import Path

from pydantic import Field

from api.settings import Settings
from ontology.base import ImmutableModel, PartyKind
from ontology.errors import WrongCall
from resolution.comparisons.declarations import Comparison, comparisons
from resolution.comparisons.model import Model
from resolution.comparisons.model_choice import ModelChoice, read_model
from resolution.comparisons.run_statistics import RunStatistics
from resolution.comparisons.weights import NAMES_BY_SHARE
from resolution.live.memory import statistics_key
from store.port import Store

KINDS = (PartyKind.PERSON, PartyKind.FIRM)  # Agencies go by the model of firms.
COMMON_MAX = 10  # Names told as the most common ones.


class LevelShown(ImmutableModel):
    """One level of a comparison."""

    label: str = Field(description="Name of the level.")
    bits: float = Field(description="log2(m / u): what it adds to a pair's weight.")
    m: float = Field(description="Chance among records of one party that have the field.")
    u: float = Field(description="Chance among records of two parties that have the field.")
    by_rarity: bool = Field(description="Whether u follows how common the very name is.")


class ComparisonShown(ImmutableModel):
    """One field of evidence, its levels from the highest agreement down."""

    name: str = Field(description="Name of the comparison.")
    levels: tuple[LevelShown, ...] = Field(description="Its levels, from the highest agreement down.")


class CommonName(ImmutableModel):
    """A name that several parties bear."""

    name: str = Field(description="The name, as folded for comparison.")
    bearers: int = Field(description="Number of parties that bear it.")


class CountedShown(ImmutableModel):
    """What the last full run counted, and weighs rarity by until the next."""

    model: str = Field(description="Version of the model that was used.")
    records: int = Field(description="Number of records counted.")
    prior_bits: float = Field(description="Match weight of two records drawn at random, in bits.")
    bearers: int = Field(description="Parties told apart over all names.")
    names_shared: int = Field(description="Names that more than one of them bears.")
    most_common: tuple[CommonName, ...] = Field(description="The names that most parties bear.")
    busy: int = Field(description="Phones, mailboxes, sites and doors shared by so many that they tell little.")
    keys_stopped: int = Field(description="Keys held by too many records.")
    aliases: tuple[tuple[str, str], ...] = Field(description="Pairs of names that counted as one another's.")


class ModelShown(ImmutableModel):
    """One model, what it asks for, and what the last run counted beside it."""

    kind: PartyKind = Field(description="Kind of party the model is for.")
    version: str = Field(description="Version of the model.")
    made: str = Field(description="How its weights came to be.")
    merge_bits: float = Field(description="Match weight from which on two records join, in bits.")
    group_bits: float = Field(description="Mean match weight from which on two groups join, in bits.")
    possible_bits: float = Field(description="Match weight from which on a pair waits for a person, in bits.")
    prior_bits: float = Field(description="Of two records drawn at random, with as many records as the last run had.")
    comparisons: tuple[ComparisonShown, ...] = Field(description="The comparisons, each with its levels.")
    counted: CountedShown | None = Field(description="None before the first run.")


class Models(ImmutableModel):
    """The models that the next run would go by."""

    models: tuple[ModelShown, ...] = Field(description="One model a kind of party.")


def models_of(settings: Settings, files: Iterable[Path] = ()) -> tuple[Model, ...]:
    """Models chosen by file: those of the settings, and over them those given. Raises ModelInvalid, WrongCall."""
    configured_files = {PartyKind.PERSON: settings.person_model, PartyKind.FIRM: settings.firm_model}
    configured = {kind: _of_kind(file, kind) for kind, file in configured_files.items() if file}
    given_models = [read_model(file) for file in files]
    if len({model.kind for model in given_models}) < len(given_models):
        raise WrongCall(reason="two models of one kind", remedy="Give one model file a kind.")
    return tuple((configured | {model.kind: model for model in given_models}).values())


def _of_kind(file: Path, kind: PartyKind) -> Model:
    model = read_model(file)
    if model.kind is not kind:
        raise WrongCall(file=file.name, kind=model.kind.value, wanted=kind.value, reason="the model is of another kind")
    return model


def show_models(store: Store, models: Sequence[Model], *, kinds: Iterable[PartyKind] = KINDS) -> Models:
    """Weights, thresholds and what was counted, of each kind that has a model of its own."""
    chosen_models = ModelChoice({model.kind: model for model in models})
    return Models(models=tuple(_model_shown(chosen_models.model(kind), read_statistics(store, kind)) for kind in kinds))


def read_statistics(store: Store, kind: PartyKind) -> RunStatistics | None:
    """What the last full run counted of a kind; None before the first one."""
    rows = store.read("meta/get", key=statistics_key(kind))
    return RunStatistics.model_validate_json(rows[0]["value"]) if rows else None


def _model_shown(model: Model, statistics: RunStatistics | None) -> ModelShown:
    return ModelShown(
        kind=model.kind,
        version=model.version,
        made=model.made,
        merge_bits=model.merge_bits,
        group_bits=model.group_bits,
        possible_bits=model.possible_bits,
        prior_bits=model.prior_bits(statistics.records, statistics.partners) if statistics else model.prior_bits(0),
        comparisons=tuple(
            ComparisonShown(name=comparison.name, levels=tuple(_levels(model, comparison)))
            for comparison in comparisons(model.kind)
        ),
        counted=_counted(statistics) if statistics else None,
    )


def _levels(model: Model, comparison: Comparison) -> Iterator[LevelShown]:
    for level, odds in zip(comparison.levels, model.odds(comparison), strict=True):
        rarity = comparison.name == "names" and (model.kind is PartyKind.PERSON or level.label in NAMES_BY_SHARE)
        yield LevelShown(label=level.label, bits=log2(odds.m / odds.u), m=odds.m, u=odds.u, by_rarity=rarity)


def _counted(statistics: RunStatistics) -> CountedShown:
    most_common = sorted(statistics.bearers.items(), key=lambda counted: (-counted[1], counted[0]))[:COMMON_MAX]
    return CountedShown(
        model=statistics.model.version,
        records=statistics.records,
        prior_bits=statistics.prior_bits,
        bearers=statistics.bearers_seen,
        names_shared=len(statistics.bearers),
        most_common=tuple(CommonName(name=name.rstrip("|"), bearers=count) for name, count in most_common),
        busy=len(statistics.busy),
        keys_stopped=len(statistics.stopped_keys),
        aliases=statistics.aliases,
    )

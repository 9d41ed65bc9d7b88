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

    label: str
    bits: float = Field(description="log2(m / u): what it adds to a pair's weight.")
    m: float = Field(description="Chance among records of one party that have the field.")
    u: float = Field(description="Chance among records of two parties that have the field.")
    by_rarity: bool = Field(description="Whether u follows how common the very name is.")


class ComparisonShown(ImmutableModel):
    """One field of evidence, its levels from the highest agreement down."""

    name: str
    levels: tuple[LevelShown, ...]


class CommonName(ImmutableModel):
    """A name that several parties bear."""

    name: str
    bearers: int


class CountedShown(ImmutableModel):
    """What the last full run counted, and weighs rarity by until the next."""

    model: str
    records: int
    prior_bits: float
    bearers: int = Field(description="Parties told apart over all names.")
    names_shared: int = Field(description="Names that more than one of them bears.")
    most_common: tuple[CommonName, ...]
    busy: int = Field(description="Phones, mailboxes, sites and doors shared by so many that they tell little.")
    keys_stopped: int = Field(description="Keys held by too many records.")
    aliases: tuple[tuple[str, str], ...]


class ModelShown(ImmutableModel):
    """One model, what it asks for, and what the last run counted beside it."""

    kind: PartyKind
    version: str
    made: str
    merge_bits: float
    group_bits: float
    possible_bits: float
    prior_bits: float = Field(description="Of two records drawn at random, with as many records as the last run had.")
    comparisons: tuple[ComparisonShown, ...]
    counted: CountedShown | None = Field(description="None before the first run.")


class Models(ImmutableModel):
    """The models that the next run would go by."""

    models: tuple[ModelShown, ...]


def models_of(settings: Settings, files: Iterable[Path] = ()) -> tuple[Model, ...]:
    """Models chosen by file: those of the settings, and over them those given. Raises ModelInvalid, WrongCall."""
    chosen = {PartyKind.PERSON: settings.person_model, PartyKind.FIRM: settings.firm_model}
    found = {kind: _of_kind(file, kind) for kind, file in chosen.items() if file}
    given = [read_model(file) for file in files]
    if len({one.kind for one in given}) < len(given):
        raise WrongCall(reason="two models of one kind", remedy="Give one model file a kind.")
    return tuple((found | {one.kind: one for one in given}).values())


def _of_kind(file: Path, kind: PartyKind) -> Model:
    found = read_model(file)
    if found.kind is not kind:
        raise WrongCall(file=file.name, kind=found.kind.value, wanted=kind.value, reason="the model is of another kind")
    return found


def show_models(store: Store, chosen: Sequence[Model], *, kinds: Iterable[PartyKind] = KINDS) -> Models:
    """Weights, thresholds and what was counted, of each kind that has a model of its own."""
    held = ModelChoice({one.kind: one for one in chosen})
    return Models(models=tuple(_shown(held.model(kind), _frozen(store, kind)) for kind in kinds))


def _frozen(store: Store, kind: PartyKind) -> RunStatistics | None:
    told = store.read("meta/get", key=statistics_key(kind))
    return RunStatistics.model_validate_json(told[0]["value"]) if told else None


def _shown(own: Model, frozen: RunStatistics | None) -> ModelShown:
    return ModelShown(
        kind=own.kind,
        version=own.version,
        made=own.made,
        merge_bits=own.merge_bits,
        group_bits=own.group_bits,
        possible_bits=own.possible_bits,
        prior_bits=own.prior_bits(frozen.records, frozen.partners) if frozen else own.prior_bits(0),
        comparisons=tuple(ComparisonShown(name=told.name, levels=tuple(_levels(own, told))) for told in comparisons(own.kind)),
        counted=_counted(frozen) if frozen else None,
    )


def _levels(own: Model, told: Comparison) -> Iterator[LevelShown]:
    for level, odds in zip(told.levels, own.odds(told), strict=True):
        rarity = told.name == "names" and (own.kind is PartyKind.PERSON or level.label in NAMES_BY_SHARE)
        yield LevelShown(label=level.label, bits=log2(odds.m / odds.u), m=odds.m, u=odds.u, by_rarity=rarity)


def _counted(frozen: RunStatistics) -> CountedShown:
    most = sorted(frozen.bearers.items(), key=lambda one: (-one[1], one[0]))[:COMMON_MAX]
    return CountedShown(
        model=frozen.model.version,
        records=frozen.records,
        prior_bits=frozen.prior_bits,
        bearers=frozen.bearers_seen,
        names_shared=len(frozen.bearers),
        most_common=tuple(CommonName(name=name.rstrip("|"), bearers=count) for name, count in most),
        busy=len(frozen.busy),
        keys_stopped=len(frozen.stopped_keys),
        aliases=frozen.aliases,
    )

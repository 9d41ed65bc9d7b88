"""Splink settings out of a store and into a run: the document of the last full run, and models made of somebody's own."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from pydantic import Field

from api.models.weights_report import models_of, read_statistics
from api.settings import Settings
from ontology.base import ImmutableModel, PartyKind
from ontology.errors import WrongCall
from resolution.comparisons.model import Model
from resolution.comparisons.model_choice import ModelChoice
from resolution.comparisons.splink_import import SplinkImport, read_splink_settings
from resolution.comparisons.splink_settings import settings_document
from store.port import Store
from store.private_files import write_private


class SplinkExport(ImmutableModel):
    """A settings document that was written."""

    file: str
    kind: PartyKind
    model: str
    prior_bits: float = Field(description="log2 odds that two records drawn at random are one party.")
    last_run: bool = Field(description="Whether the last full run used it; else the next one would, of a small store.")


class SplinkUse(ImmutableModel):
    """What a run takes from one settings document."""

    file: str
    kind: PartyKind
    model: str
    used: dict[str, str] = Field(description="Comparison of the document -> field of kith's that it weighs.")
    unused: dict[str, str] = Field(description="Comparison of the document -> why it is not used.")
    kept: tuple[str, ...] = Field(description="Fields of kith's that weigh as before.")


def export_splink(store: Store | None, kind: PartyKind, file: Path, settings: Settings) -> SplinkExport:
    """Write the settings document that the last full run used; without one, that of the model a first run would use."""
    statistics = read_statistics(store, kind) if store else None
    model = statistics.model if statistics else ModelChoice({model.kind: model for model in models_of(settings)}).model(kind)
    prior_bits = statistics.prior_bits if statistics else model.prior_bits(0)
    write_private(file, json.dumps(settings_document(model, prior_bits), indent=1, ensure_ascii=False) + "\n")
    return SplinkExport(file=str(file), kind=kind, model=model.version, prior_bits=prior_bits, last_run=statistics is not None)


def models_with_splink(
    settings: Settings, model_files: Iterable[Path], splink_files: Sequence[Path]
) -> tuple[tuple[Model, ...], tuple[SplinkUse, ...]]:
    """Models chosen by file, their weights replaced by those of Splink settings; and what was taken from each document.

    Raises ModelInvalid, and WrongCall for two documents of one kind.
    """
    models = {model.kind: model for model in models_of(settings, model_files)}
    if not splink_files:
        return tuple(models.values()), ()
    former = ModelChoice(models)
    imports = [(file, read_splink_settings(file, former.model)) for file in splink_files]
    if len({imported.model.kind for _, imported in imports}) < len(imports):
        raise WrongCall(reason="two Splink settings of one kind", remedy="Give one document a kind.")
    models |= {imported.model.kind: imported.model for _, imported in imports}
    return tuple(models.values()), tuple(_use(file, imported) for file, imported in imports)


def _use(file: Path, imported: SplinkImport) -> SplinkUse:
    return SplinkUse(
        file=file.name,
        kind=imported.model.kind,
        model=imported.model.version,
        used=dict(imported.used),
        unused=dict(imported.unused),
        kept=imported.kept,
    )

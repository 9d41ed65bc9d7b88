"""Models and accepted aliases that an operator or a steward chose instead of, or beside, the shipped ones."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError

from ontology.base import PartyKind
from ontology.errors import ModelInvalid, SourceUnreadable
from ontology.files import read_whole
from resolution.comparisons.model import Model, check_fits, model
from resolution.records.sides import COMPARED_KINDS

Aliases = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ModelChoice:
    """Models and aliases by kind; the shipped model where none was chosen. Agencies go by the choice for firms.

    learns: whether a full run may learn its weights where no model was chosen.
    """

    models: Mapping[PartyKind, Model] = field(default_factory=dict)
    aliases: Mapping[PartyKind, Aliases] = field(default_factory=dict)
    learns: bool = True

    def is_chosen(self, kind: PartyKind) -> bool:
        """Whether a model was chosen for the kind."""
        return _model_kind(kind) in self.models

    def model(self, kind: PartyKind) -> Model:
        """The model of a kind."""
        return self.models.get(_model_kind(kind)) or model(kind)

    def aliases_of(self, kind: PartyKind) -> Aliases:
        """Accepted aliases of a kind, in order."""
        return tuple(sorted(self.aliases.get(_model_kind(kind), ())))

    def fingerprint_text(self) -> str:
        """Models and aliases as one text, for a fingerprint."""
        weights = "".join(model.model_dump_json() for _, model in sorted(self.models.items()))
        return f"{weights}{self.learns}{[(kind, self.aliases_of(kind)) for kind in COMPARED_KINDS]}"


SHIPPED_MODELS = ModelChoice()


def _model_kind(kind: PartyKind) -> PartyKind:
    return PartyKind.PERSON if kind is PartyKind.PERSON else PartyKind.FIRM


def read_model(file: Path) -> Model:
    """A model file as `kith train` writes it. Raises ModelInvalid where it is none, or does not fit the comparisons."""
    try:
        loaded = Model.model_validate_json(read_whole(file))
        check_fits(loaded)
    except SourceUnreadable as cause:
        raise ModelInvalid(file=file.name, problem=cause.facts.get("problem"), remedy=cause.remedy) from cause
    except ValidationError as cause:
        first = cause.errors(include_input=False)[0]
        problem = f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
        raise ModelInvalid(file=file.name, problem=problem) from None
    except ValueError as cause:
        raise ModelInvalid(file=file.name, problem=str(cause)) from cause
    return loaded

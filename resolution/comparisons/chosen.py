"""What an operator or a steward chose instead of, or beside, what is shipped: models, and aliases that were accepted."""

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
class Chosen:
    """Nothing chosen stands for what is shipped. Agencies go by what is chosen for firms."""

    models: Mapping[PartyKind, Model] = field(default_factory=dict)
    aliases: Mapping[PartyKind, Aliases] = field(default_factory=dict)

    def model(self, kind: PartyKind) -> Model:
        """The model of a kind."""
        return self.models.get(_as(kind)) or model(kind)

    def aliases_of(self, kind: PartyKind) -> Aliases:
        """Accepted aliases of a kind, in order."""
        return tuple(sorted(self.aliases.get(_as(kind), ())))

    def told(self) -> str:
        """All of it as one text, for a fingerprint."""
        weights = "".join(own.model_dump_json() for _, own in sorted(self.models.items()))
        return f"{weights}{[(kind, self.aliases_of(kind)) for kind in COMPARED_KINDS]}"


NOTHING_CHOSEN = Chosen()


def _as(kind: PartyKind) -> PartyKind:
    return PartyKind.PERSON if kind is PartyKind.PERSON else PartyKind.FIRM


def read_model(file: Path) -> Model:
    """A model file as `kith train` writes it. Raises ModelInvalid where it is none, or does not fit the comparisons."""
    try:
        found = Model.model_validate_json(read_whole(file))
        check_fits(found)
    except SourceUnreadable as cause:
        raise ModelInvalid(file=file.name, problem=cause.facts.get("problem"), remedy=cause.remedy) from cause
    except ValidationError as cause:
        first = cause.errors(include_input=False)[0]
        problem = f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
        raise ModelInvalid(file=file.name, problem=problem) from None
    except ValueError as cause:
        raise ModelInvalid(file=file.name, problem=str(cause)) from cause
    return found

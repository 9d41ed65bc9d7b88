"""The rulebook: every list, point, coefficient, cap and word that judges a party, as one typed, linted, hashed model."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any, Self

import yaml
from pydantic import Field, PrivateAttr, ValidationError, model_validator

from ontology.base import ImmutableModel, breaches_of
from ontology.documents import read_yaml, read_yaml_page
from ontology.errors import RulebookInvalid, SourceUnreadable
from ontology.files import read_whole
from ontology.limits import YAML_BYTES_MAX
from ontology.rulebook_lint import findings
from ontology.rulebook_parts import (
    Appeal,
    BilingualText,
    Currencies,
    Evidence,
    Identification,
    Legs,
    ListType,
    Look,
    Ownership,
    PositiveSignal,
    PossibleSuccession,
    Profile,
    Rings,
    Severity,
    TieKind,
    Trust,
)
from ontology.rulebook_persons import NaturalPersons, PersonSignal, SoleTraders
from ontology.rulebook_scoring import Scoring
from ontology.score import Area


class Rulebook(ImmutableModel):
    """One published version of the rules. Load it with `load_rulebook` or `default_rulebook`: these lint it."""

    rulebook: Identification
    principles: tuple[str, ...]
    severities: dict[str, Severity]
    measures: tuple[str, ...]
    effects: dict[str, str]
    areas: dict[Area, BilingualText]
    score: Scoring
    look: Look
    natural_persons: NaturalPersons
    currencies: Currencies
    ties: dict[str, TieKind]
    trade_window_months: int = Field(ge=1)
    possible_succession: PossibleSuccession
    profiles: dict[str, Profile]
    legs: Legs
    trust: Trust
    evidence: Evidence
    rings: Rings
    ownership: Ownership
    appeals: dict[str, Appeal]
    unknown_list: str | None = Field(None, description="List type whose rule holds for listings that no rule names.")
    list_types: tuple[ListType, ...]
    positive_signals: tuple[PositiveSignal, ...]
    person_signals: tuple[PersonSignal, ...]
    sole_traders: SoleTraders
    retention: dict[str, int | str]
    notices: dict[str, Any]
    four_eyes_actions: tuple[str, ...]
    _lists: dict[str, ListType] = PrivateAttr(default_factory=dict)
    _positive_signals: dict[str, PositiveSignal] = PrivateAttr(default_factory=dict)

    @model_validator(mode="after")
    def _index(self) -> Self:
        self._lists.update({rule.id: rule for rule in self.list_types})
        self._positive_signals.update({rule.id: rule for rule in self.positive_signals})
        return self

    @property
    def version(self) -> str:
        """Id and version, as scores name it."""
        return f"{self.rulebook.id} {self.rulebook.version}"

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 over the canonical JSON of the whole content."""
        canonical_json = json.dumps(
            self.model_dump(mode="json", by_alias=True), ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        return hashlib.sha256(canonical_json.encode()).hexdigest()

    def list_type(self, list_type: str) -> ListType | None:
        """The rule behind a list type; where none names it the one for unknown lists, None where there is no such."""
        return self._lists.get(list_type) or self._lists.get(self.unknown_list or "")

    def names_list(self, list_type: str) -> bool:
        """Whether a rule names this list type."""
        return list_type in self._lists

    def positive_signal(self, signal_id: str) -> PositiveSignal | None:
        """The rule behind a good mark, None where no rule names it."""
        return self._positive_signals.get(signal_id)

    @property
    def persons_scored(self) -> bool:
        """Whether persons and sole traders may be scored at all, with consent."""
        return self.natural_persons.scored_under(self.rulebook.jurisdiction_profile)

    @property
    def data_classes(self) -> tuple[str, ...]:
        """Kinds of statements a consent may name, in the rulebook's order: those that bear points, and no others."""
        return tuple(dict.fromkeys(rule.data_class for rule in self.person_signals if rule.points != 0))

    def strength(self, rule: ListType) -> float:
        """Strength of one listing under a rule as a seed of risk, 0..1."""
        return self.severities[rule.severity].strength

    def is_before_version(self, day: date) -> bool:
        """Whether a day lies before this version: it is judged by it all the same, and the answer says so."""
        return day < self.rulebook.valid_from


def build_rulebook(content: Mapping[str, Any]) -> Rulebook:
    """Build and lint a rulebook. Raises RulebookInvalid whose `findings` tell everything that is wrong."""
    try:
        rulebook = Rulebook.model_validate(content)
    except ValidationError as cause:
        misfits = breaches_of(cause, content)
        raise RulebookInvalid(found=len(misfits), findings=misfits) from None
    if breaches := findings(rulebook):
        raise RulebookInvalid(found=len(breaches), findings=tuple(breaches))
    return rulebook


def load_rulebook(path: Path) -> Rulebook:
    """Load a rulebook from a YAML file. Raises RulebookInvalid where it cannot be read or breaks a law."""
    try:
        content = read_yaml_page(read_whole(path, YAML_BYTES_MAX).decode("utf-8"))
    except (SourceUnreadable, OSError, ValueError, RecursionError, yaml.YAMLError) as cause:
        raise RulebookInvalid(file=path.name, findings=(str(cause),)) from cause
    if not isinstance(content, dict):
        raise RulebookInvalid(file=path.name, findings=("not a mapping of keys",))
    return build_rulebook(content)


@cache
def default_rulebook() -> Rulebook:
    """The rulebook that comes with kith."""
    content = read_yaml(files("ontology").joinpath("rulebooks/default.yaml").read_text("utf-8"))
    return build_rulebook(content)

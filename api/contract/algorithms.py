"""The algorithms that descriptions are matched with: one of kith's own, its features and settings as data."""

import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from api.schemas.contract_matches import (
    CONFIG_VALUE,
    Algorithm,
    AlgorithmDocs,
    AlgorithmResponse,
    ConfigVar,
    ConfigVarType,
    FeatureDoc,
)
from ontology.documents import read_yaml
from ontology.errors import ContractInvalid

BEST = "best"


@dataclass(frozen=True)
class MatchSettings:
    """Settings of one call. weights: by feature, what its log odds are multiplied with."""

    shift: float
    candidates_max: int
    name_alone_max: float
    personal_ids: bool
    weights: dict[str, float]


def algorithm_documents() -> AlgorithmResponse:
    """Every algorithm with its features and settings."""
    page = _page()
    features = {name: FeatureDoc(description=text, coefficient=1.0, url=page["page"]) for name, text in page["features"].items()}
    config = {
        name: ConfigVar(type=spec["type"], description=spec["description"], default=spec["default"])
        for name, spec in page["config"].items()
    }
    docs = AlgorithmDocs(name=page["name"], description=page["description"], config=config, features=features)
    algorithm = Algorithm(name=page["name"], description=page["description"], features=features, docs=docs)
    return AlgorithmResponse(algorithms=[algorithm], default=page["name"], best=page["name"])


def check_algorithm(name: str) -> None:
    """Raises ContractInvalid where no algorithm has that name."""
    if name not in (BEST, _page()["name"]):
        raise ContractInvalid(detail="Unknown algorithm", errors=[f"algorithm: one of {BEST}, {_page()['name']}"])


def match_settings(config: dict[str, CONFIG_VALUE], weights: dict[str, float]) -> MatchSettings:
    """The settings of a call; weights of features that kith has not are left aside.

    Raises ContractInvalid on a setting that there is none, or a value it cannot have.
    """
    specs = _page()["config"]
    errors = [f"config.{name}: no setting of this algorithm" for name in config if name not in specs]
    errors += [
        f"config.{name}: {specs[name]['description']}"
        for name, value in config.items()
        if name in specs and not _fits(specs[name], value)
    ]
    if errors:
        raise ContractInvalid(detail="Invalid config", errors=errors)
    chosen = {name: spec["default"] for name, spec in specs.items()} | config
    return MatchSettings(**chosen, weights={name: weight for name, weight in weights.items() if name in _page()["features"]})


def _fits(spec: dict[str, Any], value: CONFIG_VALUE) -> bool:
    if spec["type"] == ConfigVarType.BOOLEAN:
        return isinstance(value, bool)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return False
    is_whole = spec["type"] != ConfigVarType.INTEGER or isinstance(value, int)
    return bool(is_whole and spec["low"] <= value <= spec["high"])


@cache
def _page() -> dict[str, Any]:
    return dict(read_yaml(files("api.contract").joinpath("algorithms.yaml").read_text("utf-8")))

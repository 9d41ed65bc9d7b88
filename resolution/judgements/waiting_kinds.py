"""Why a possible match waits for a person, as one of few kinds: from what agrees in the pair, its weight and its parties."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from ontology.base import PartyKind
from ontology.documents import read_yaml


class WaitingKind(StrEnum):
    """Why a pair waits: what it most of all waits for. The last is folded away."""

    LISTED = "listed"  # One of the two parties is listed.
    SIGNALLED = "signalled"  # One of the two parties has something against it other than a listing.
    RIVAL = "rival"  # Enough agrees, and another partner of one of the two is nearly as good.
    NEARLY = "nearly"  # More than the name agrees and nothing contradicts: enough but for a guard, or nearly enough.
    CONTRADICTION = "contradiction"  # Something differs of which a party has one: a day, a number, a name.
    HOUSEHOLD = "household"  # Two persons who meet at one place and differ in given name or day: kin, or one person.
    NAME_ONLY = "name_only"  # The name agrees and nothing else.
    PLACE_ONLY = "place_only"  # A door, a line or a firm is shared; the names cannot be compared or do not agree.
    LITTLE = "little"  # Too little agrees to say more.
    NAMESAKE = "namesake"  # Two persons of one name in different firms, and nothing else agrees.


FOLDED = WaitingKind.NAMESAKE
"""The kind that is counted and only shown when it is asked for."""
FIRST = (WaitingKind.LISTED, WaitingKind.SIGNALLED)
"""Kinds that come before all others: a wrong or missed merge there harms most."""


class _Says(StrEnum):
    """What a level says; see waiting_kinds.yaml."""

    AGREE = "agree"
    MEET = "meet"
    CONTRADICT = "contradict"
    SILENT = "silent"


@dataclass(frozen=True)
class Waiting:
    """What is known of a pair that waits.

    reason:        the level of each comparison, as a model wrote it into its judgement: `names same, days exact`.
    missing_bits:  weight short of joining; 0 and below: a guard holds the pair, or a rival.
    has_rival:     whether another partner of one of the two weighs nearly as much.
    """

    kind: PartyKind
    reason: str
    missing_bits: float
    is_listed: bool = False
    is_signalled: bool = False
    has_rival: bool = False


def waiting_kind(pair: Waiting) -> WaitingKind:
    """The kind of why a pair waits."""
    if pair.is_listed:
        return WaitingKind.LISTED
    if pair.is_signalled:
        return WaitingKind.SIGNALLED
    return _kind_of_evidence(pair)


def _kind_of_evidence(pair: Waiting) -> WaitingKind:
    says = _says_by_field(pair)
    beside_name = {said for field, said in says.items() if field != "names"}
    agrees_beside, contradicts = not beside_name.isdisjoint((_Says.AGREE, _Says.MEET)), _Says.CONTRADICT in says.values()
    meets, name = _Says.MEET in beside_name, says.get("names", _Says.SILENT)
    if meets and contradicts and pair.kind is PartyKind.PERSON:
        return WaitingKind.HOUSEHOLD
    if contradicts:
        return WaitingKind.CONTRADICTION
    if name is _Says.AGREE and not agrees_beside:
        is_other_firm = pair.kind is PartyKind.PERSON and "of_firms" in says
        return WaitingKind.NAMESAKE if is_other_firm else WaitingKind.NAME_ONLY
    if pair.has_rival and pair.missing_bits <= 0:
        return WaitingKind.RIVAL
    if pair.missing_bits <= nearly_bits():
        return WaitingKind.NEARLY
    return WaitingKind.PLACE_ONLY if meets and name is _Says.SILENT else WaitingKind.LITTLE


def _says_by_field(pair: Waiting) -> dict[str, _Says]:
    """What each comparison of a pair says. What this release has no level for is silent: an older one may have written it."""
    level_by_field = dict(part.split(" ", 1) for part in pair.reason.split(", ") if " " in part)
    tables = [_levels(PartyKind.PERSON if pair.kind is PartyKind.PERSON else PartyKind.FIRM)]
    if pair.kind is PartyKind.UNKNOWN:  # Compared as a firm, or as a person.
        tables.append(_levels(PartyKind.PERSON))
    says = [{field: _said(table[field], level) for field, level in level_by_field.items() if field in table} for table in tables]
    return max(says, key=lambda by_field: sum(said is not _Says.SILENT for said in by_field.values()))


def _said(says_by_level: Mapping[str, _Says], level: str) -> _Says:
    """What a level says; of home and birth place in one (`door_untold`) what the home says."""
    return says_by_level.get(level) or says_by_level.get(level.partition("_")[0], _Says.SILENT)


def nearly_bits() -> float:
    """Bits short of joining up to which a pair nearly joins."""
    return float(_table()["nearly_bits"])


def rival_bits() -> float:
    """How near two partners of one party are to each other in weight when they are rivals, in bits."""
    return float(_table()["rival_bits"])


@cache
def _table() -> dict[str, Any]:
    return dict(read_yaml(files("resolution.judgements").joinpath("waiting_kinds.yaml").read_text("utf-8")))


@cache
def _levels(kind: PartyKind) -> Mapping[str, Mapping[str, _Says]]:
    """What each level of each comparison says."""
    return {
        field: {level: _Says(said) for said, levels in levels_by_said.items() for level in levels}
        for field, levels_by_said in _table()[kind.value].items()
    }

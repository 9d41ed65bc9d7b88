"""Two parsed names -> log odds that they are one party's, and why. A cascade: far apart, equal, and only then in full."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from math import exp

from pydantic import BaseModel, ConfigDict
from rapidfuzz.distance import Indel

from resolution.comparisons.names.alignment import AlignedWords, Alignment, align, aligned_words
from resolution.comparisons.names.features import Features, Row, features, is_acronym
from resolution.comparisons.names.guards import barred, capped, nothing_shared
from resolution.comparisons.names.parsed import ParsedName

OTHER_SCRIPT, WEAK_NAME = "another script", "a weak name"
LOG_ODDS_MAX = 3.5  # A name says no more: days, places and ids can overrule it.
FAR_APART = 0.5  # Similarity of the letters below which names without a common word, sound or spelling are two.
CAP_BELOW = 0.01  # What a guard caps stands just under `same_at`.
PROPOSED = -0.5  # The same sound in another script, or the initials, propose and decide nothing.


class Scorecard(BaseModel):
    """Weights in natural log units; their signs are fixed. `same_at`: log odds from which two names count as one."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    version: str
    made: str
    bias: float
    weights: dict[str, float]
    same_at: float
    possible_at: float


class Standing(StrEnum):
    """What two names are."""

    SAME = "same"
    POSSIBLE = "possible"
    DIFFERENT = "different"


@dataclass(frozen=True)
class NameMatch:
    """log_odds: -3.5..3.5 with the guards applied. reason: the guard that spoke, if one did. pairs: aligned words."""

    log_odds: float
    standing: Standing
    reason: str
    pairs: tuple[AlignedWords, ...]
    left_only: tuple[str, ...]
    right_only: tuple[str, ...]

    @property
    def score(self) -> float:
        """Chance 0..1 at even odds beforehand."""
        return 1 / (1 + exp(-self.log_odds))


@cache
def scorecard() -> Scorecard:
    """The shipped weights."""
    card = Scorecard.model_validate_json(files("resolution.comparisons").joinpath("models", "names.json").read_bytes())
    if tuple(card.weights) != Features._fields:
        raise ValueError(f"model {card.version} does not fit the features")
    return card


def log_odds(left: ParsedName, right: ParsedName) -> float | None:
    """Log odds that two names are one party's, guards applied; None where their scripts cannot be compared."""
    if left.script != right.script:
        return PROPOSED if sounds_alike(left, right) else None
    return -LOG_ODDS_MAX if far_apart(left, right) else align_and_score(left, right)[0]


def align_and_score(left: ParsedName, right: ParsedName) -> tuple[float, str, Alignment]:
    """Log odds of two names in one script, the guard that spoke or "", and how their words were aligned."""
    alignment = align(left, right)
    reason = "" if left.person else barred(left, right)
    if reason or (not alignment[0] and not alignment[1] and nothing_shared(left, right)):
        return -LOG_ODDS_MAX, reason, alignment
    score = weigh_features(features(left, right, alignment))
    if score < _weights()[2]:
        floor = PROPOSED if left.single is not right.single and is_acronym(left, right) else -LOG_ODDS_MAX
        return (score if score > floor else floor), "", alignment
    reason = capped(left, right, alignment)
    return (_weights()[2] - CAP_BELOW if reason else min(score, LOG_ODDS_MAX)), reason, alignment


def compare(left: ParsedName, right: ParsedName, *, weak: bool = False) -> NameMatch | None:
    """The same with all that an explanation needs. weak: one of them is a name the party is merely also known by."""
    score = log_odds(left, right)
    if score is None:
        return None
    _, reason, alignment = align_and_score(left, right)
    if left.script != right.script:
        reason = OTHER_SCRIPT
    elif weak and standing(score) is Standing.SAME:
        score, reason = scorecard().same_at - CAP_BELOW, WEAK_NAME
    return NameMatch(
        log_odds=score,
        standing=standing(score),
        reason=reason,
        pairs=aligned_words(left, right, alignment),
        left_only=tuple(word.text for _, word in alignment[2]),
        right_only=tuple(word.text for _, word in alignment[3]),
    )


def standing(score: float) -> Standing:
    """The standing of guarded log odds."""
    card = scorecard()
    if score >= card.same_at:
        return Standing.SAME
    return Standing.POSSIBLE if score >= card.possible_at else Standing.DIFFERENT


def weigh_features(row: Row) -> float:
    """Log odds of features, without guards or bounds."""
    bias, weights, _ = _weights()
    total = 0.0
    for weight, value in zip(weights, row, strict=True):
        total += weight * value
    return bias + total


def far_apart(left: ParsedName, right: ParsedName) -> bool:
    """Whether two names have so little in common that no weight could make them one; cheap."""
    if not left.hints.isdisjoint(right.hints) or is_acronym(left, right):
        return False
    return bool(Indel.normalized_similarity(left.compact, right.compact, score_cutoff=FAR_APART) == 0)


def sounds_alike(left: ParsedName, right: ParsedName) -> bool:
    """Whether a Han name is heard in the other, by its pinyin."""
    if "han" not in (left.script, right.script):
        return False
    han, latin = (left, right) if left.script == "han" else (right, left)
    sounds = getattr(han.source, "sounds", None) or {getattr(han.source, "sound", "")}
    return latin.compact in sounds or (not han.person and any(word.text in sounds for word in latin.tokens))


@cache
def _weights() -> tuple[float, tuple[float, ...], float]:
    card = scorecard()
    return card.bias, tuple(card.weights.values()), card.same_at

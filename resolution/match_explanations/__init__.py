"""Why two records are one party, how a party came together, why two are not one: as data, with the values compared."""

from resolution.match_explanations.pair_weights import ComparedFeature, Spoken
from resolution.match_explanations.obstacles import Obstacle, WhyNot, why_not
from resolution.match_explanations.pair_explanations import Chained, Why, why
from resolution.match_explanations.steps import How, JoinStep, how

__all__ = ["Chained", "ComparedFeature", "How", "JoinStep", "Obstacle", "Spoken", "Why", "WhyNot", "how", "why", "why_not"]

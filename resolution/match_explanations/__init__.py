"""Why two records are one party, how a party came together, why two are not one: as data, with the values compared."""

from resolution.match_explanations.obstacles import Obstacle, WhyNot, explain_separation
from resolution.match_explanations.pair_explanations import Chained, Why, explain_pair
from resolution.match_explanations.pair_weights import ComparedFeature, Spoken
from resolution.match_explanations.steps import How, JoinStep, explain_party

__all__ = [
    "Chained",
    "ComparedFeature",
    "How",
    "JoinStep",
    "Obstacle",
    "Spoken",
    "Why",
    "WhyNot",
    "explain_pair",
    "explain_party",
    "explain_separation",
]

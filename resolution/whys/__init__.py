"""Why two records are one party, how a party came together, why two are not one: as data, with the values compared."""

from resolution.whys.comparing import Compared, Spoken
from resolution.whys.obstacles import Obstacle, WhyNot, why_not
from resolution.whys.pairs import Chained, Why, why
from resolution.whys.steps import How, Step, how

__all__ = ["Chained", "Compared", "How", "Obstacle", "Spoken", "Step", "Why", "WhyNot", "how", "why", "why_not"]

"""What one run's records say of kin, and so how sure it is that two records which a contradiction keeps apart are one person.

Two thoughts. Of kin at one door few share a given name or a day: where none are seen that share neither, those that do are
one person with a slip. And kin come to a record whether it has a partner or not, a slip leaves both records without one: what
is seen beside partners tells how many of the others can be two people.
"""

from pydantic import BaseModel, ConfigDict, Field
from scipy.special import gammaincinv

CONFIDENCE = 0.95
SURE_MIN = 0.98  # From here on a contradiction counts less.
ALIKE_SHARE_MAX = 0.1  # Of kin at most so many share a given name, a day or a year: father and son, twins. Not counted: believed.


class KinCounts(BaseModel):
    """Counts of one run. A pair in doubt is possible, two things agree, one of them a person's own; a contradiction bars it.

    Of one home: a door, a line or a firm and the surname are shared. Kin: pairs of one home of which nothing of a person's
    own agrees. Pairs that other records hold together are left out of all.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    units: int = Field(0, description="Records, those that say the same counted once.")
    partnered: int = Field(0, description="Of them those that may join another, or say the same as another.")
    lone: int = Field(0, description="Pairs in doubt of which neither has a partner or another pair in doubt; of weak ones, any.")
    crowded: int = Field(0, description="Pairs in doubt of which neither has a partner, but one has another such pair.")
    beside: int = Field(0, description="Pairs in doubt of which one has a partner.")
    lone_kin: int = Field(0, description="Pairs of kin of which neither has a partner.")
    kin_beside: int = Field(0, description="Pairs of kin of which one has a partner.")

    @property
    def sure_of_lone(self) -> float:
        """Least chance, 0..1, that a lone pair in doubt is one person, whatever else it can be.

        Were whether two look-alikes have partners the same for both, the lone ones would be to the others as (1 - p) to p.
        """
        odds = (self.units - self.partnered) / max(self.partnered, 1)
        expected_distinct = odds * _upper_bound(self.beside) + (_upper_bound(self.crowded) if self.crowded else 0.0)
        return _least_chance(
            expected_distinct + ALIKE_SHARE_MAX * (_upper_bound(self.lone_kin) + odds * _upper_bound(self.kin_beside)), self.lone
        )

    @property
    def frees_lone(self) -> bool:
        """Whether a pair in doubt may join where neither has anybody else."""
        return self.sure_of_lone >= SURE_MIN


def _least_chance(expected_distinct: float, pairs: int) -> float:
    return max(1.0 - expected_distinct / pairs, 0.0) if pairs else 0.0


def _upper_bound(count: int) -> float:
    """The most that is to be expected, with CONFIDENCE, of rare events of which so many were seen (Poisson)."""
    return float(gammaincinv(count + 1, CONFIDENCE))

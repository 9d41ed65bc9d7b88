"""The planted stories, each with its innocent twin."""

from collections.abc import Callable

from samples.stories.conduct import agency_that_does_not_pay, registered_agent, reliable, repaired
from samples.stories.control import defaulters_subsidiary, guarantor_chain, namesake, phoenix
from samples.stories.dealings import conjuring_ring, counterfeit_two_tiers_up, our_firm
from samples.stories.stage import Stage

STORIES: tuple[Callable[[Stage], None], ...] = (
    reliable,
    defaulters_subsidiary,
    phoenix,
    counterfeit_two_tiers_up,
    guarantor_chain,
    conjuring_ring,
    agency_that_does_not_pay,
    namesake,
    repaired,
    registered_agent,
)

__all__ = ["STORIES", "Stage", "our_firm"]

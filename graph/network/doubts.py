"""Counts statements that could not be used as stated, by reason, so that nothing is dropped silently."""

from collections import Counter
from collections.abc import Sequence

from graph.network.network import Network
from graph.network.ties import SOURCES_DIFFER, STAKES_ABOVE_ONE

ITSELF, OWN_REPORT = "link_to_itself", "report_on_itself"
NO_TIE, NO_RULE = "tie_without_rule", "listing_without_rule"


def doubts(network: Network) -> dict[str, int]:
    """Counts by word: `link_to_itself` and `report_on_itself` (both ends are one party), `tie_without_rule:KIND` (no effect) and
    `listing_without_rule:LIST` (shown, no other effect) where the rulebook does not name it, `stakes_above_one` (owned
    parties), `sources_differ` (ties).
    """
    links, book = network.facts.links, network.rulebook
    counts: Counter[str] = Counter()
    counts[ITSELF] = _alike(links["source_id"], links["target_id"])
    experiences = network.facts.experiences
    counts[OWN_REPORT] = _alike(experiences["reporter_id"], experiences["subject_id"])
    unknown = Counter(kind for kind in links["kind"] if kind not in book.ties)
    counts.update({f"{NO_TIE}:{kind}": count for kind, count in unknown.items()})
    listed = Counter(name for name in network.facts.listings["list_type"] if not book.names_list(name))
    counts.update({f"{NO_RULE}:{name}": count for name, count in listed.items()})
    flags = network.ties.flags
    counts[STAKES_ABOVE_ONE] = len(
        {int(network.ties.target[tie]) for tie, tie_flags in flags.items() if STAKES_ABOVE_ONE in tie_flags}
    )
    counts[SOURCES_DIFFER] = sum(SOURCES_DIFFER in tie_flags for tie_flags in flags.values())
    return {word: count for word, count in sorted(counts.items()) if count}


def _alike(left_ids: Sequence[str], right_ids: Sequence[str]) -> int:
    return sum(left == right for left, right in zip(left_ids, right_ids, strict=True))

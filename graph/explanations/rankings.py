"""Rankings of firms and agencies, the risky and the reliable, each party with one sentence.

Never persons, and nobody of unknown kind whose name could be a person's.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from graph.explanations.party_explainer import PartyExplainer
from graph.explanations.sentences import Sentences
from graph.network.parties import Document
from graph.scores.review_reasons import OWN_DEALINGS, ReviewReason
from graph.scores.scoring import Scoring
from ontology.base import Identity, ImmutableModel, PartyKind
from ontology.rulebook_parts import Language
from ontology.score import Standing


class RankedLine(ImmutableModel):
    """One party of a ranking. `strength` 0..1 is that of its listings, or the exposure that put it here."""

    entity_id: Identity
    name: str
    kind: PartyKind
    standing: Standing
    value: int | None
    state: str | None
    look: str | None
    strength: float
    points: int
    disputed: bool
    sentence: str


def risky(scoring: Scoring, *, limit: int, language: Language = "en") -> tuple[RankedLine, ...]:
    """Own active listings first, by strength then points; then by association, those that bear points first; then own dealings.

    A party is in the list only where a threshold of the rulebook's `look` is passed: sharing a registered agent's address,
    bearing a listed person's name, having been listed once, or buying a little from a listed firm is not enough.
    """
    ordered = [*_listed(scoring), *_by_association(scoring)][:limit]
    sentences = Sentences(scoring, language)
    return tuple(_line(PartyExplainer(sentences, party), strength, points) for party, strength, points in ordered)


@dataclass(frozen=True)
class PartyFilter:
    """Filters a ranking by place (words of the address), line of business (words of industry or scope), and size.

    volume_yuan_min: least trade volume of the party within the rulebook's window, in yuan.
    """

    place: str | None = None
    trade: str | None = None
    volume_yuan_min: float = 0.0

    def among(self, scoring: Scoring, parties: Iterable[int]) -> list[int]:
        """The parties that pass the filter."""
        volume = scoring.signals.circulation.trades.volume if self.volume_yuan_min > 0 else None
        documents = scoring.network.parties.documents
        large = (party for party in parties if volume is None or volume[scoring.network.nodes[party]] >= self.volume_yuan_min)
        return [party for party in large if self._fits(documents[party])]

    def _fits(self, document: Document) -> bool:
        attributes = document.get("attributes") or {}
        place_texts = (document.get("place"), *(address["text"] for address in document.get("addresses") or ()))
        trade_texts = (attributes.get("industry"), attributes.get("scope"))
        return _mentions(self.place, place_texts) and _mentions(self.trade, trade_texts)


def _mentions(words: str | None, texts: Iterable[str | None]) -> bool:
    """Whether one of the texts holds the wanted words; anything does where none are wanted."""
    return words is None or any(words.casefold() in text.casefold() for text in texts if text)


ANYBODY = PartyFilter()


def reliable(
    scoring: Scoring, *, limit: int, language: Language = "en", party_filter: PartyFilter = ANYBODY
) -> tuple[RankedLine, ...]:
    """Firms and agencies with nothing found against them, the highest score first, evidence and trust among equals."""
    evidence, trust, nodes = scoring.signals.evidence.value, scoring.signals.trust.value, scoring.network.nodes
    scores = [scoring.score(party) for party in party_filter.among(scoring, _scorable(scoring))]
    good = [score for score in scores if score.value is not None and score.standing is Standing.NOTHING_FOUND]
    good.sort(key=lambda score: (-(score.value or 0), -evidence[nodes[score.party]], -trust[nodes[score.party]], score.party))
    sentences = Sentences(scoring, language)
    accounts = (PartyExplainer(sentences, score.party) for score in good[:limit])
    return tuple(_line(explainer, 0.0, 0).model_copy(update={"sentence": explainer.merits}) for explainer in accounts)


def _scorable(scoring: Scoring) -> list[int]:
    """Firms and agencies, a branch only as its head office."""
    parties: list[int] = np.flatnonzero(scoring.network.receives).tolist()
    return parties


def _listed(scoring: Scoring) -> list[tuple[int, float, int]]:
    """Firms and agencies with a listing in force of their own; the head office of a listed branch is listed, too."""
    network, book = scoring.network, scoring.network.rulebook
    listed_parties = [party for party, statuses in network.listings.items() if any(status.active for status in statuses)]
    entries = []
    for party in sorted({*listed_parties, *(int(network.nodes[party_]) for party_ in listed_parties)}):
        if not network.parties.personal[party]:
            rules = [status.rule for status in scoring.listings(party) if status.rule]
            strength = min(1.0, sum(book.strength(rule) for rule in rules))
            entries.append((party, strength, sum(rule.points_for(network.parties.kind_of(party)) for rule in rules)))
    return sorted(entries, key=lambda entry: (-entry[1], entry[2], network.parties.ids[entry[0]]))


def _by_association(scoring: Scoring) -> Iterator[tuple[int, float, int]]:
    review_reasons, ids = scoring.review_reasons, scoring.network.parties.ids
    listed = {
        int(scoring.network.nodes[party])
        for party, statuses in scoring.network.listings.items()
        if any(status.active for status in statuses)
    }
    entries = []
    for node, reasons in review_reasons.by_node.items():
        if node not in listed:
            points = sum(float(points[node]) for points in review_reasons.points.values())
            bears = any(reason in (ReviewReason.OWNED, ReviewReason.EXPOSED) for reason in reasons)
            order = (OWN_DEALINGS.issuperset(reasons), not bears, -_strength(scoring, node, reasons), ids[node])
            entries.append((order, node, points))
    for (_, _, strength, _), node, points in sorted(entries):
        yield node, -strength, round(points)


def _strength(scoring: Scoring, node: int, reasons: tuple[ReviewReason, ...]) -> float:
    """What orders parties by association: the greatest of the exposures and cases that put them there."""
    strengths = [float(risk.exposure[node]) for name, risk in scoring.signals.risks.items() if _counts(scoring, name, node)]
    if ReviewReason.OWNED in reasons:
        strengths.append(1.0)
    if ReviewReason.RING in reasons:
        strengths.append(scoring.signals.ring_of[node].strength)
    if ReviewReason.REPORTED in reasons:
        strengths.append(-float(scoring.signals.evidence.value[node]))
    if ReviewReason.SUCCESSOR in reasons:
        strengths.append(0.5)  # As strong as half a listing: people and two more signs agree.
    return min(1.0, max(strengths, default=0.0))


def _counts(scoring: Scoring, name: str, node: int) -> bool:
    threshold = scoring.network.rulebook.look.exposure_from.get(name, 2.0)
    return bool(scoring.review_reasons.points[name][node] < 0 or scoring.signals.risks[name].exposure[node] >= threshold)


def _line(explainer: PartyExplainer, strength: float, points: int) -> RankedLine:
    scoring = explainer.sentences.scoring
    parties, score = scoring.network.parties, explainer.party_score
    reasons = scoring.review_reasons.by_node.get(explainer.node, ())
    return RankedLine(
        entity_id=parties.ids[explainer.party],
        name=explainer.sentences.name(explainer.party),
        kind=parties.kind_of(explainer.party),
        standing=score.standing,
        value=score.value,
        state=score.state,
        look=reasons[0].value if reasons else None,
        strength=strength,
        points=points,
        disputed=any(status.disputed(scoring.network.as_of) for status in scoring.listings(explainer.party)),
        sentence=explainer.sentence,
    )

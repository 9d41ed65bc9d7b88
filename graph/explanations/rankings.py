"""Rankings of firms and agencies, the risky and the reliable, each party with one sentence.

Never persons, and nobody of unknown kind whose name could be a person's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from graph.explanations.party_explainer import PartyExplainer
from graph.explanations.sentences import Sentences
from graph.network.parties import Document
from graph.scores.scoring import Scoring
from ontology.base import Identity, ImmutableModel, PartyKind
from ontology.errors import CursorInvalid
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


def risky(scoring: Scoring, *, limit: int, language: Language = "en", after: Identity | None = None) -> tuple[RankedLine, ...]:
    """Own active listings first, by strength then points; then by association, those that bear points first; then own dealings.

    A party is in the list only where a threshold of the rulebook's `look` is passed: sharing a registered agent's address,
    bearing a listed person's name, having been listed once, or buying a little from a listed firm is not enough.
    after: the party behind which to begin. Raises CursorInvalid where it is not in the list.
    """
    order, sentences = scoring.riskiest, Sentences(scoring, language)
    first = _place_behind(scoring, order.party, after)
    shown = slice(first, first + limit)
    lines = zip(order.party[shown].tolist(), order.strength[shown].tolist(), order.points[shown].tolist(), strict=True)
    return tuple(_line(PartyExplainer(sentences, party), strength, points) for party, strength, points in lines)


@dataclass(frozen=True)
class PartyFilter:
    """Filters a ranking by place (words of the address), line of business (words of industry or scope), and size.

    volume_yuan_min: least trade volume of the party within the rulebook's window, in yuan.
    """

    place: str | None = None
    trade: str | None = None
    volume_yuan_min: float = 0.0

    def first_of(self, scoring: Scoring, parties: Iterable[int], limit: int) -> list[int]:
        """The first parties that pass the filter."""
        volume = scoring.signals.circulation.trades.volume if self.volume_yuan_min > 0 else None
        documents = scoring.network.parties.documents
        large = (party for party in parties if volume is None or volume[scoring.network.nodes[party]] >= self.volume_yuan_min)
        anywhere = self.place is None and self.trade is None
        return list(islice((party for party in large if anywhere or self._fits(documents[party])), limit))

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
    scoring: Scoring,
    *,
    limit: int,
    language: Language = "en",
    party_filter: PartyFilter = ANYBODY,
    after: Identity | None = None,
) -> tuple[RankedLine, ...]:
    """Firms and agencies with nothing found against them, the highest score first, evidence and trust among equals.

    after: the party behind which to begin. Raises CursorInvalid where it is not in the list.
    """
    sentences = Sentences(scoring, language)
    first = _place_behind(scoring, scoring.most_reliable, after)
    best = party_filter.first_of(scoring, scoring.most_reliable[first:].tolist(), limit)
    accounts = (PartyExplainer(sentences, party) for party in best)
    return tuple(_line(explainer, 0.0, 0).model_copy(update={"sentence": explainer.merits}) for explainer in accounts)


def _place_behind(scoring: Scoring, order: NDArray[np.int64], after: Identity | None) -> int:
    """The place in an order of parties that follows the party `after`; the first one without it."""
    if after is None:
        return 0
    places = np.flatnonzero(order == scoring.network.parties.index.get(after, -1))
    if not len(places):
        raise CursorInvalid
    return int(places[0]) + 1


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

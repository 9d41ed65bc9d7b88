"""Who to look at first, and who is reliable: firms and agencies in order, each with one sentence.

Never persons, and nobody of unknown kind whose name could be a person's.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from graph.explanations.scores import Account
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

    A party is in the list only where a mark of the rulebook's `look` is passed: sharing a registered agent's address,
    bearing a listed person's name, having been listed once, or buying a little from a listed firm is not enough.
    """
    ordered = [*_listed(scoring), *_by_association(scoring)][:limit]
    tellings = Sentences(scoring, language)
    return tuple(_line(Account(tellings, party), strength, points) for party, strength, points in ordered)


@dataclass(frozen=True)
class Wanted:
    """Whom a reader asks for: a place, a line of business (words of its address, and of its industry or scope), a size.

    volume_yuan_min: least trade told of the party within the rulebook's window.
    """

    place: str | None = None
    trade: str | None = None
    volume_yuan_min: float = 0.0

    def among(self, scoring: Scoring, parties: Iterable[int]) -> list[int]:
        """Those of the parties that are wanted."""
        volume = scoring.signals.circulation.trades.volume if self.volume_yuan_min > 0 else None
        documents = scoring.network.parties.documents
        large = (one for one in parties if volume is None or volume[scoring.network.nodes[one]] >= self.volume_yuan_min)
        return [one for one in large if self._fits(documents[one])]

    def _fits(self, document: Document) -> bool:
        attributes = document.get("attributes") or {}
        where = (document.get("place"), *(one["text"] for one in document.get("addresses") or ()))
        what = (attributes.get("industry"), attributes.get("scope"))
        return _says(self.place, where) and _says(self.trade, what)


def _says(wanted: str | None, told: Iterable[str | None]) -> bool:
    """Whether one of the texts holds the wanted words; anything does where none are wanted."""
    return wanted is None or any(wanted.casefold() in text.casefold() for text in told if text)


ANYBODY = Wanted()


def reliable(scoring: Scoring, *, limit: int, language: Language = "en", wanted: Wanted = ANYBODY) -> tuple[RankedLine, ...]:
    """Firms and agencies with nothing found against them, the highest score first, evidence and trust among equals."""
    evidence, trust, nodes = scoring.signals.evidence.value, scoring.signals.trust.value, scoring.network.nodes
    scored = [scoring.score(party) for party in wanted.among(scoring, _scorable(scoring))]
    good = [one for one in scored if one.value is not None and one.standing is Standing.NOTHING_FOUND]
    good.sort(key=lambda one: (-(one.value or 0), -evidence[nodes[one.party]], -trust[nodes[one.party]], one.party))
    tellings = Sentences(scoring, language)
    accounts = (Account(tellings, one.party) for one in good[:limit])
    return tuple(_line(account, 0.0, 0).model_copy(update={"sentence": account.merits}) for account in accounts)


def _scorable(scoring: Scoring) -> list[int]:
    """Firms and agencies, a branch only as its head office."""
    found: list[int] = np.flatnonzero(scoring.network.receives).tolist()
    return found


def _listed(scoring: Scoring) -> list[tuple[int, float, int]]:
    """Firms and agencies with a listing in force of their own; the head office of a listed branch is listed, too."""
    network, book = scoring.network, scoring.network.rulebook
    named = [party for party, told in network.listings.items() if any(one.active for one in told)]
    found = []
    for party in sorted({*named, *(int(network.nodes[one]) for one in named)}):
        if not network.parties.personal[party]:
            rules = [one.rule for one in scoring.listings(party) if one.rule]
            strength = min(1.0, sum(book.strength(rule) for rule in rules))
            found.append((party, strength, sum(rule.points_for(network.parties.kind_of(party)) for rule in rules)))
    return sorted(found, key=lambda one: (-one[1], one[2], network.parties.ids[one[0]]))


def _by_association(scoring: Scoring) -> Iterator[tuple[int, float, int]]:
    looks, ids = scoring.looks, scoring.network.parties.ids
    listed = {
        int(scoring.network.nodes[party]) for party, told in scoring.network.listings.items() if any(one.active for one in told)
    }
    weighed = []
    for node, why in looks.of.items():
        if node not in listed:
            points = sum(float(points[node]) for points in looks.points.values())
            bears = any(look in (ReviewReason.OWNED, ReviewReason.EXPOSED) for look in why)
            order = (OWN_DEALINGS.issuperset(why), not bears, -_strength(scoring, node, why), ids[node])
            weighed.append((order, node, points))
    for (_, _, strength, _), node, points in sorted(weighed):
        yield node, -strength, round(points)


def _strength(scoring: Scoring, node: int, why: tuple[ReviewReason, ...]) -> float:
    """What orders parties by association: the greatest of the exposures and cases that put them there."""
    found = [float(risk.exposure[node]) for name, risk in scoring.signals.risks.items() if _counts(scoring, name, node)]
    if ReviewReason.OWNED in why:
        found.append(1.0)
    if ReviewReason.RING in why:
        found.append(scoring.signals.ring_of[node].strength)
    if ReviewReason.REPORTED in why:
        found.append(-float(scoring.signals.evidence.value[node]))
    if ReviewReason.SUCCESSOR in why:
        found.append(0.5)  # As strong as half a listing: people and two more signs agree.
    return min(1.0, max(found, default=0.0))


def _counts(scoring: Scoring, name: str, node: int) -> bool:
    mark = scoring.network.rulebook.look.exposure_from.get(name, 2.0)
    return bool(scoring.looks.points[name][node] < 0 or scoring.signals.risks[name].exposure[node] >= mark)


def _line(account: Account, strength: float, points: int) -> RankedLine:
    scoring = account.tellings.scoring
    parties, scored = scoring.network.parties, account.scored
    looks = scoring.looks.of.get(account.node, ())
    return RankedLine(
        entity_id=parties.ids[account.party],
        name=account.tellings.name(account.party),
        kind=parties.kind_of(account.party),
        standing=scored.standing,
        value=scored.value,
        state=scored.state,
        look=looks[0].value if looks else None,
        strength=strength,
        points=points,
        disputed=any(one.disputed(scoring.network.as_of) for one in scoring.listings(account.party)),
        sentence=account.sentence,
    )

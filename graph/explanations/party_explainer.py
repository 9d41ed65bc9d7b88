"""Explains a score: lines with titles, at most four reasons, what would change it, and a summary sentence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graph.explanations.hops import Hop
from graph.explanations.paths import PATHS_MAX, best_paths
from graph.explanations.sentences import Sentences
from graph.network.listings import ListingStatus
from graph.scores.review_reasons import ReviewReason
from graph.scores.score_lines import Line
from graph.scores.scoring import PartyScore
from ontology.consent import NOBODY, Permission
from ontology.registration import reason_code
from ontology.score import Area, Counterfactual, LineKind, Reason, Score, ScoreLine
from ontology.signal import Exposure, Path, Step

REASONS_MAX = 4
MERITS_MAX = 2  # A line of a list, not the whole account.
PERFORMED = "performed"  # The ground of removal of whoever does what a court ordered.
EARNED = (LineKind.LISTING, LineKind.POSITIVE, LineKind.TRUST, LineKind.EVIDENCE, LineKind.EXPOSURE)


@dataclass(frozen=True)
class ExposurePath:
    """A path in one profile: its hops, its sentence, and how much of the exposure it covers."""

    profile: str
    listed: int
    hops: tuple[Hop, ...]
    sentence: str
    path: Path


@dataclass(frozen=True)
class PartyExplainer:
    """Sentences, lines and paths of one party, each computed on first use."""

    sentences: Sentences
    party: int
    permission: Permission = NOBODY

    @cached_property
    def node(self) -> int:
        """The node of the party."""
        return int(self.sentences.network.nodes[self.party])

    @cached_property
    def party_score(self) -> PartyScore:
        """The party's score under the rulebook."""
        return self.sentences.scoring.score(self.party, self.permission)

    @property
    def person(self) -> bool:
        """Whether it is, or may be, a natural person: then no other party's listing is mentioned."""
        return bool(self.sentences.network.parties.personal[self.party])

    @cached_property
    def exposure_paths(self) -> tuple[ExposurePath, ...]:
        """Paths from listed parties, profile by profile in the rulebook's order, the strongest first."""
        risks = {} if self.person else self.sentences.scoring.signals.risks
        return tuple(path for name, risk in risks.items() if risk.exposure[self.node] > 0 for path in self._paths(name))

    @cached_property
    def exposures(self) -> tuple[Exposure, ...]:
        """The exposures above 0, by profile, with their contributions and paths."""
        risks = {} if self.person else self.sentences.scoring.signals.risks
        return tuple(self._exposure(name) for name, risk in risks.items() if risk.exposure[self.node] > 0)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Lines in whole points, exposures split by listed party; listings alone where there is no score."""
        if self.party_score.rounded is None:
            return self.party_score.listings
        scoring = self.sentences.scoring
        return scoring.score_from(self.party, scoring.listings(self.party), scoring.lines(self.party, self.permission)).lines

    @cached_property
    def sentence(self) -> str:
        """The summary in one sentence: the listing, or why to review the party, or that nothing was found."""
        w, own_listings = self.sentences.wording, self.sentences.scoring.listings(self.party)
        if own_listings:
            return w.sentences(self.sentences.listings_of(self.party, own_listings))
        if self.review_sentences:
            return w.sentences(self.sentences.absence(self.party), self.review_sentences[0])
        return self.sentences.quiet(self.party, person=self.person)

    @property
    def merits(self) -> str:
        """Why a party is reliable, in one sentence: no listing, and its two best reasons."""
        good_reasons = [reason.sentence for reason in self.reasons() if reason.points > 0][:MERITS_MAX]
        return " ".join([self.sentences.wording.sentences(self.sentences.absence(self.party)), *good_reasons])

    def score(self) -> Score:
        """The score with its lines, reasons, counterfactuals and sentences."""
        return self.score_of(
            self.lines,
            tuple(self._line(line) for line in self.lines),
            reasons=self.reasons(),
            counterfactuals=self.counterfactuals(),
            exposures=self.exposures,
            sentence=self.sentence,
        )

    def score_of(self, lines: Iterable[Line], shown_lines: tuple[ScoreLine, ...], **account: Any) -> Score:
        """The score with these lines, as they are and as they are shown, and what else is told of it."""
        network, party_score = self.sentences.network, self.party_score
        book, language = network.rulebook, self.sentences.language
        scored = party_score.value is not None
        return Score(
            entity_id=network.parties.ids[self.party],
            kind=network.parties.kind_of(self.party),
            as_of=network.as_of,
            rulebook=book.version,
            standing=party_score.standing,
            value=party_score.value,
            state=party_score.state,
            state_sentence=book.score.state(party_score.state).in_language(language) if party_score.state else None,
            band=book.score.band(party_score.value).id if party_score.value is not None else None,
            areas=_area_points(lines) if scored else {},
            lines=shown_lines,
            **account,
        )

    def reasons(self) -> tuple[Reason, ...]:
        """At most four principal reasons, the greatest first."""
        reasons = self._registration_reasons()
        heaviest = sorted((line for line in self.lines if line.kind in EARNED), key=lambda line: (-abs(line.points), line.order))
        earned = [(line, self.detail(line)) for line in heaviest[: REASONS_MAX - len(reasons)]]
        return reasons + tuple(
            Reason(reason_code=line.reason, points=int(line.points), sentence=sentence, evidence_ids=line.evidence)
            for line, sentence in earned
            if sentence
        )

    def _registration_reasons(self) -> tuple[Reason, ...]:
        """The reason for a registration that is not in order; it has no points and comes before all reasons that have."""
        sentence = self.sentences.wording.sentences(self.sentences.registration(self.party))
        return (Reason(reason_code=reason_code(), points=0, sentence=sentence),) if sentence else ()

    def counterfactuals(self) -> tuple[Counterfactual, ...]:
        """The score recomputed as if one listing, its own or another party's, had never been made; only where that changes it."""
        if self.party_score.value is None:
            return ()
        changes = [
            Counterfactual(change=change, score=value) for change, value in self._replayed() if value != self.party_score.value
        ]
        return tuple(changes[:REASONS_MAX])

    def detail(self, line: Line) -> str:
        """One line of the score as a sentence."""
        if line.kind is LineKind.EVIDENCE:
            return self.sentences.wording.sentences(self.sentences.reports(self.node, f"line.{line.rule_id}"))
        sentences = {(path.profile, path.path.listed_id): path.sentence for path in reversed(self.exposure_paths)}
        return self.sentences.wording.sentences(self.sentences.line(line, sentences))

    @cached_property
    def review_sentences(self) -> tuple[str, ...]:
        """Why the party needs review, the heaviest reason first: the strongest path of an exposure past its limit, or a case."""
        reasons = () if self.person else self.sentences.scoring.review_reasons.by_node.get(self.node, ())
        texts = [self._review_sentence(look) for look in reasons] + [self.sentences.registration(self.party)]
        return tuple(dict.fromkeys(text for text in texts if text))

    def _review_sentence(self, reason: ReviewReason) -> str:
        return (
            self._strongest(reason)
            if reason in (ReviewReason.EXPOSED, ReviewReason.NEAR)
            else self.sentences.review_sentence_for(self.node, reason)
        )

    def _strongest(self, reason: ReviewReason) -> str:
        names = [name for name in self.sentences.scoring.signals.risks if self._passes(reason, name)]
        best = [path for name in names for path in self._paths(name, limit=1)]
        return max(best, key=lambda path: path.path.strength).sentence if best else ""

    def _passes(self, reason: ReviewReason, name: str) -> bool:
        """Whether it is this profile's exposure that passes the threshold."""
        scoring = self.sentences.scoring
        if reason is ReviewReason.EXPOSED:
            return bool(scoring.review_reasons.points[name][self.node] < 0)
        threshold = scoring.network.rulebook.look.exposure_from.get(name, 2.0)
        return bool(scoring.signals.risks[name].exposure[self.node] >= threshold)

    def _replayed(self) -> Iterable[tuple[str, int]]:
        scoring, w = self.sentences.scoring, self.sentences.wording
        own_listings, other_lines = scoring.listings(self.party), scoring.lines(self.party, self.permission)
        for lifted in own_listings:
            kept_listings = [status for status in own_listings if status is not lifted]
            yield (
                self._lifted(lifted) + self._ceiling(own_listings, kept_listings),
                scoring.score_from(self.party, kept_listings, other_lines).value,
            )
        yield from self._conduct(own_listings, other_lines)
        if len(own_listings) > 1:
            yield (
                w.say("counterfactual.all") + self._ceiling(own_listings, []),
                scoring.score_from(self.party, [], other_lines).value,
            )
        for listed_id, listing_ids in self._bearing():
            lines_without = scoring.lines(self.party, without=frozenset(listing_ids))
            name = self.sentences.name(scoring.network.parties.index[listed_id])
            yield w.say("counterfactual.other", name=name), scoring.score_from(self.party, own_listings, lines_without).value

    def _conduct(self, own_listings: Sequence[ListingStatus], other_lines: Sequence[Line]) -> Iterable[tuple[str, int]]:
        """Counterfactuals of a consenting person: the score without each reported failing."""
        scoring, w = self.sentences.scoring, self.sentences.wording
        failings = [line for line in other_lines if line.points < 0] if scoring.private(self.party) else []
        for failing in failings:
            lines_without = [line for line in other_lines if line is not failing]
            change = w.say("counterfactual.conduct", title=self.sentences.title(failing))
            yield change, scoring.score_from(self.party, own_listings, lines_without).value

    def _lifted(self, status: ListingStatus) -> str:
        """What ends a listing: that its case is performed, where its list ends by that, else that it is lifted."""
        w, listing = self.sentences.wording, status.listing
        if listing.case_no and status.rule and PERFORMED in status.rule.removal.grounds:
            return w.say("counterfactual.performed", case_no=listing.case_no)
        return w.say("counterfactual.own", issuer=self.sentences.issuer(listing.issuer), on=self.sentences.listed_on(listing))

    def _ceiling(self, own_listings: Sequence[ListingStatus], kept_listings: Sequence[ListingStatus]) -> str:
        """The change of the ceiling as a sentence, where it changes."""
        w, limit_today, limit_after = (
            self.sentences.wording,
            *(self.sentences.scoring.ceiling(self.party, statuses) for statuses in (own_listings, kept_listings)),
        )
        if limit_today is None or limit_today == limit_after:
            return ""
        return (
            w.say("counterfactual.ceiling_ends")
            if limit_after is None
            else w.say("counterfactual.ceiling_rises", limit=limit_after)
        )

    def _bearing(self) -> list[tuple[str, tuple[str, ...]]]:
        """Listed parties whose exposure bears points, with their listings over all profiles."""
        listings_by_party: dict[str, set[str]] = {}
        for line in self.lines:
            if line.kind is LineKind.EXPOSURE:
                listings_by_party.setdefault(str(line.facts["listed_id"]), set()).update(line.evidence)
        return [(listed, tuple(sorted(listings))) for listed, listings in listings_by_party.items()][:REASONS_MAX]

    def _line(self, line: Line) -> ScoreLine:
        return ScoreLine(
            kind=line.kind,
            rule_id=line.rule_id,
            reason_code=line.reason,
            area=line.area,
            points=int(line.points),
            title=self.sentences.title(line),
            detail=self.detail(line),
            evidence_ids=line.evidence,
            disputed=line.disputed,
        )

    def _exposure(self, name: str) -> Exposure:
        risk = self.sentences.scoring.signals.risks[name]
        paths = tuple(path.path for path in self.exposure_paths if path.profile == name)
        points = sum(int(line.points) for line in self.lines if line.kind is LineKind.EXPOSURE and line.rule_id == name)
        return Exposure(
            profile=name,
            value=float(risk.exposure[self.node]),
            points=points,
            contributions=risk.contributions(self.node),
            paths=paths,
            remainder=max(0.0, 1.0 - sum(path.covered for path in paths)),
        )

    def _paths(self, name: str, *, limit: int = PATHS_MAX) -> Iterable[ExposurePath]:
        risk, network = self.sentences.scoring.signals.risks[name], self.sentences.network
        exposure = float(risk.exposure[self.node])
        for node_path in best_paths(risk, self.node, limit=limit):
            listed_party = risk.seeds_at[node_path.listed][0].listing_status.party
            hops = self.sentences.hops(node_path)
            covered = min(1.0, node_path.strength / exposure)
            path = Path(
                listed_id=network.parties.ids[listed_party], steps=_steps(hops), strength=node_path.strength, covered=covered
            )
            yield ExposurePath(name, listed_party, hops, self.sentences.path(hops, listed_party, self.node), path)


def _area_points(lines: Iterable[Line]) -> dict[Area, int]:
    """Points by area, every area named."""
    areas = dict.fromkeys(Area, 0)
    for line in lines:
        if line.area is not None:
            areas[line.area] += int(line.points)
    return areas


def _steps(hops: tuple[Hop, ...]) -> tuple[Step, ...]:
    return tuple(
        Step(
            source_id=hop.source.id,
            target_id=hop.target.id,
            kind=hop.kind,
            tie_id=hop.tie_id,
            coefficient=hop.coefficient,
            via=hop.via.name if hop.via else None,
        )
        for hop in hops
    )

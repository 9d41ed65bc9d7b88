"""A score as it is handed out: lines with titles, at most four reasons in words, what would change it, one sentence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph.explanations.hops import Hop
from graph.explanations.paths import PATHS_MAX, best_paths
from graph.explanations.sentences import Sentences
from graph.network.standings import Listed
from graph.scores.lines import Line
from graph.scores.review_reasons import ReviewReason
from graph.scores.scoring import Scored
from ontology.consent import NOBODY, Permission
from ontology.registration import reason_code
from ontology.score import Area, Counterfactual, LineKind, Reason, Score, ScoreLine, Standing
from ontology.signal import Exposure, Path, Step

REASONS_MAX = 4
MERITS_MAX = 2  # A line of a list, not the whole account.
PERFORMED = "performed"  # The ground of removal of whoever does what a court ordered.
EARNED = (LineKind.LISTING, LineKind.POSITIVE, LineKind.TRUST, LineKind.EVIDENCE, LineKind.EXPOSURE)


@dataclass(frozen=True)
class Reached:
    """A path in one profile: its hops, its sentence, and how much of the exposure it covers."""

    profile: str
    listed: int
    hops: tuple[Hop, ...]
    sentence: str
    path: Path


@dataclass(frozen=True)
class Account:
    """Everything that is said of one party, computed when it is asked for."""

    tellings: Sentences
    party: int
    permission: Permission = NOBODY

    @cached_property
    def node(self) -> int:
        """The node the party is."""
        return int(self.tellings.network.nodes[self.party])

    @cached_property
    def scored(self) -> Scored:
        """What the rules make of it."""
        return self.tellings.scoring.score(self.party, self.permission)

    @property
    def person(self) -> bool:
        """Whether it is, or may be, a natural person: then nobody else's listing is told of it."""
        return bool(self.tellings.network.parties.personal[self.party])

    @cached_property
    def reached(self) -> tuple[Reached, ...]:
        """Paths from listed parties, profile by profile in the rulebook's order, the strongest first."""
        risks = {} if self.person else self.tellings.scoring.signals.risks
        return tuple(one for name, risk in risks.items() if risk.exposure[self.node] > 0 for one in self._paths(name))

    @cached_property
    def exposures(self) -> tuple[Exposure, ...]:
        """Exposure by profile with its contributions and paths, those that are not nothing."""
        risks = {} if self.person else self.tellings.scoring.signals.risks
        return tuple(self._exposure(name) for name, risk in risks.items() if risk.exposure[self.node] > 0)

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Lines in whole points, exposures split by listed party; listings alone where there is no score."""
        if self.scored.settled is None:
            return self.scored.listings
        scoring = self.tellings.scoring
        return scoring.settled(self.party, scoring.listings(self.party), scoring.lines(self.party, self.permission)).lines

    @cached_property
    def sentence(self) -> str:
        """The whole answer in one line: the listing, or why to look, or that nothing was found."""
        w, own = self.tellings.wording, self.tellings.scoring.listings(self.party)
        if own:
            return w.sentences(self.tellings.own_listings(self.party, own))
        if self.whys:
            return w.sentences(self.tellings.absence(self.party), self.whys[0])
        return self.tellings.quiet(self.party, person=self.person)

    @property
    def merits(self) -> str:
        """Why a party is reliable, in one line: no listing, and its two best reasons."""
        told = [reason.sentence for reason in self.reasons() if reason.points > 0][:MERITS_MAX]
        return " ".join([self.tellings.wording.sentences(self.tellings.absence(self.party)), *told])

    def score(self) -> Score:
        """The score with everything that is said of it."""
        network, scored = self.tellings.network, self.scored
        book = network.rulebook
        state = book.score.state(scored.state).in_language(self.tellings.language) if scored.state else None
        return Score(
            entity_id=network.parties.ids[self.party],
            kind=network.parties.kind_of(self.party),
            as_of=network.as_of,
            rulebook=book.version,
            standing=scored.standing,
            value=scored.value,
            state=scored.state,
            state_sentence=state,
            band=book.score.band(scored.value).id if scored.value is not None else None,
            areas=_areas(self.lines) if scored.value is not None else {},
            lines=tuple(self._line(line) for line in self.lines),
            reasons=self.reasons(),
            counterfactuals=self.counterfactuals(),
            exposures=self.exposures,
            sentence=self.sentence,
        )

    def reasons(self) -> tuple[Reason, ...]:
        """At most four principal reasons, the greatest first."""
        reasons = self._registration_reasons()
        chosen = sorted((line for line in self.lines if line.kind in EARNED), key=lambda one: (-abs(one.points), one.order))
        earned = [(line, self.detail(line)) for line in chosen[: REASONS_MAX - len(reasons)]]
        return reasons + tuple(
            Reason(reason_code=line.reason, points=int(line.points), sentence=sentence, evidence_ids=line.evidence)
            for line, sentence in earned
            if sentence
        )

    def _registration_reasons(self) -> tuple[Reason, ...]:
        """A registration that is no longer in order, which bears no points and is told before all that does."""
        sentence = self.tellings.wording.sentences(self.tellings.registration(self.party))
        return (Reason(reason_code=reason_code(), points=0, sentence=sentence),) if sentence else ()

    def counterfactuals(self) -> tuple[Counterfactual, ...]:
        """The score again, with a listing of its own or of another taken as never made; only what changes it."""
        if self.scored.value is None:
            return ()
        found = [Counterfactual(change=change, score=value) for change, value in self._replayed() if value != self.scored.value]
        return tuple(found[:REASONS_MAX])

    def detail(self, line: Line) -> str:
        """One line of the score as a sentence."""
        if line.kind is LineKind.EVIDENCE:
            return self.tellings.wording.sentences(self.tellings.reports(self.node, f"line.{line.rule_id}"))
        sentences = {(one.profile, one.path.listed_id): one.sentence for one in reversed(self.reached)}
        return self.tellings.wording.sentences(self.tellings.line(line, sentences))

    @cached_property
    def whys(self) -> tuple[str, ...]:
        """Why it is put before a person, the heaviest first: the strongest path of a profile past its mark, or the case."""
        looks = () if self.person else self.tellings.scoring.looks.of.get(self.node, ())
        told = [self._why(look) for look in looks] + [self.tellings.registration(self.party)]
        return tuple(dict.fromkeys(one for one in told if one))

    def _why(self, look: ReviewReason) -> str:
        return self._strongest(look) if look in (ReviewReason.EXPOSED, ReviewReason.NEAR) else self.tellings.look(self.node, look)

    def _strongest(self, look: ReviewReason) -> str:
        names = [name for name in self.tellings.scoring.signals.risks if self._passes(look, name)]
        best = [one for name in names for one in self._paths(name, limit=1)]
        return max(best, key=lambda one: one.path.strength).sentence if best else ""

    def _passes(self, look: ReviewReason, name: str) -> bool:
        """Whether it is this profile's exposure that passes the mark."""
        scoring = self.tellings.scoring
        if look is ReviewReason.EXPOSED:
            return bool(scoring.looks.points[name][self.node] < 0)
        mark = scoring.network.rulebook.look.exposure_from.get(name, 2.0)
        return bool(scoring.signals.risks[name].exposure[self.node] >= mark)

    def _replayed(self) -> Iterable[tuple[str, int]]:
        scoring, w = self.tellings.scoring, self.tellings.wording
        own, others = scoring.listings(self.party), scoring.lines(self.party, self.permission)
        for one in own:
            rest = [listed for listed in own if listed is not one]
            yield self._lifted(one) + self._ceiling(own, rest), scoring.settled(self.party, rest, others).value
        yield from self._conduct(own, others)
        if len(own) > 1:
            yield w.say("counterfactual.all") + self._ceiling(own, []), scoring.settled(self.party, [], others).value
        for listed_id, listing_ids in self._bearing():
            changed = scoring.lines(self.party, without=frozenset(listing_ids))
            name = self.tellings.name(scoring.network.parties.index[listed_id])
            yield w.say("counterfactual.other", name=name), scoring.settled(self.party, own, changed).value

    def _conduct(self, own: Sequence[Listed], others: Sequence[Line]) -> Iterable[tuple[str, int]]:
        """A consenting person's score without what is told of a failing."""
        scoring, w = self.tellings.scoring, self.tellings.wording
        failings = [line for line in others if line.points < 0] if scoring.private(self.party) else []
        for failing in failings:
            kept = [line for line in others if line is not failing]
            change = w.say("counterfactual.conduct", title=self.tellings.title(failing))
            yield change, scoring.settled(self.party, own, kept).value

    def _lifted(self, one: Listed) -> str:
        """What ends a listing: that its case is performed, where its list ends by that, else that it is lifted."""
        w, listing = self.tellings.wording, one.listing
        if listing.case_no and one.rule and PERFORMED in one.rule.removal.grounds:
            return w.say("counterfactual.performed", case_no=listing.case_no)
        return w.say("counterfactual.own", issuer=self.tellings.issuer(listing.issuer), on=self.tellings.listed_on(listing))

    def _ceiling(self, own: Sequence[Listed], rest: Sequence[Listed]) -> str:
        """What that does to the ceiling, where it does something."""
        w, now, then = self.tellings.wording, *(self.tellings.scoring.ceiling(self.party, listed) for listed in (own, rest))
        if now is None or now == then:
            return ""
        return w.say("counterfactual.ceiling_ends") if then is None else w.say("counterfactual.ceiling_rises", limit=then)

    def _bearing(self) -> list[tuple[str, tuple[str, ...]]]:
        """Listed parties whose exposure bears points, with their listings over all profiles."""
        found: dict[str, set[str]] = {}
        for line in self.lines:
            if line.kind is LineKind.EXPOSURE:
                found.setdefault(str(line.facts["listed_id"]), set()).update(line.evidence)
        return [(listed, tuple(sorted(listings))) for listed, listings in found.items()][:REASONS_MAX]

    def _line(self, line: Line) -> ScoreLine:
        return ScoreLine(
            kind=line.kind,
            rule_id=line.rule_id,
            reason_code=line.reason,
            area=line.area,
            points=int(line.points),
            title=self.tellings.title(line),
            detail=self.detail(line),
            evidence_ids=line.evidence,
            disputed=line.disputed,
        )

    def _exposure(self, name: str) -> Exposure:
        risk = self.tellings.scoring.signals.risks[name]
        paths = tuple(one.path for one in self.reached if one.profile == name)
        points = sum(int(line.points) for line in self.lines if line.kind is LineKind.EXPOSURE and line.rule_id == name)
        return Exposure(
            profile=name,
            value=float(risk.exposure[self.node]),
            points=points,
            contributions=risk.contributions(self.node),
            paths=paths,
            remainder=max(0.0, 1.0 - sum(path.covered for path in paths)),
        )

    def _paths(self, name: str, *, limit: int = PATHS_MAX) -> Iterable[Reached]:
        risk, network = self.tellings.scoring.signals.risks[name], self.tellings.network
        exposure = float(risk.exposure[self.node])
        for way in best_paths(risk, self.node, limit=limit):
            listed = risk.seeds_at[way.listed][0].listed.party
            hops = self.tellings.hops(way)
            covered = min(1.0, way.strength / exposure)
            path = Path(listed_id=network.parties.ids[listed], steps=_steps(hops), strength=way.strength, covered=covered)
            yield Reached(name, listed, hops, self.tellings.path(hops, listed, self.node), path)


def compact(account: Account) -> Score:
    """The score as the store keeps it for every party: lines and one sentence, no paths; one reading of the rules fewer."""
    network, scored = account.tellings.network, account.scored
    book, tellings = network.rulebook, account.tellings
    lines = scored.settled.lines if scored.settled else scored.listings
    quiet = scored.standing is Standing.NOTHING_FOUND
    return Score(
        entity_id=network.parties.ids[account.party],
        kind=network.parties.kind_of(account.party),
        as_of=network.as_of,
        rulebook=book.version,
        standing=scored.standing,
        value=scored.value,
        state=scored.state,
        state_sentence=book.score.state(scored.state).in_language(tellings.language) if scored.state else None,
        band=book.score.band(scored.value).id if scored.value is not None else None,
        areas=_areas(lines) if scored.value is not None else {},
        lines=tuple(_compact_line(tellings, line) for line in lines),
        sentence=tellings.quiet(account.party, person=account.person) if quiet else account.sentence,
    )


def _compact_line(tellings: Sentences, line: Line) -> ScoreLine:
    return ScoreLine(
        kind=line.kind,
        rule_id=line.rule_id,
        reason_code=line.reason,
        area=line.area,
        points=int(line.points),
        title=tellings.title(line),
        evidence_ids=line.evidence,
        disputed=line.disputed,
    )


def _areas(lines: Iterable[Line]) -> dict[Area, int]:
    """Points by area, every area named."""
    areas = dict.fromkeys(Area, 0)
    for line in lines:
        if line.area is not None:
            areas[line.area] += int(line.points)
    return areas


def _steps(hops: tuple[Hop, ...]) -> tuple[Step, ...]:
    return tuple(
        Step(
            source_id=one.source.id,
            target_id=one.target.id,
            kind=one.kind,
            tie_id=one.tie_id,
            coefficient=one.coefficient,
            via=one.via.name if one.via else None,
        )
        for one in hops
    )

"""Sentences about listings, paths and score lines, from the rulebook and the facts, in one language."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from graph.explanations.hops import Hop, hop
from graph.explanations.paths import NodePath
from graph.explanations.wording import Wording
from graph.network.listings import ListingStatus
from graph.network.network import Network
from graph.scores.review_reasons import ReviewReason
from graph.scores.score_lines import Line
from graph.scores.scoring import Scoring
from graph.signals.rings import Ring
from ontology.listing import Listing, Recognition
from ontology.rulebook_parts import BilingualText, Language
from ontology.score import LineKind

SHOWN_MAX = 4
HALF = 0.5
GAIN_FROM = 1.05  # Less is rounding, not credit.


@dataclass(frozen=True)
class Sentences:
    """Writes sentences about the parties of a network and their scores, in one language."""

    scoring: Scoring
    language: Language

    @property
    def network(self) -> Network:
        """The network that the sentences are about."""
        return self.scoring.network

    @cached_property
    def wording(self) -> Wording:
        """The sentence templates of the language."""
        return Wording(self.language)

    def name(self, party: int) -> str:
        """The name of the party in this language."""
        return self.network.parties.display_name(party, self.language)

    def issuer(self, name: str) -> str:
        """The name of an issuer in this language."""
        return self.network.parties.issuer(name, self.language)

    def listing(self, status: ListingStatus, *, key: str = "listed", name: str = "") -> str:
        """A listing as a sentence (`listed`), or as the apposition after a party's name (`clause`)."""
        listing, w = status.listing, self.wording
        facts = {
            "name": name,
            "issuer": self.issuer(listing.issuer),
            "on": self.listed_on(listing),
            "case_no": listing.case_no,
            "party_as": self._party_as(status),
            "disputed": w.say("disputed") if status.disputed(self.network.as_of) else "",
        }
        return w.say(f"{key}.{'case' if listing.case_no else 'plain'}", **facts)

    def listed_on(self, listing: Listing) -> str:
        """The day of a listing as part of a sentence, or that the day is unknown."""
        w = self.wording
        return w.say("listed_on", day=w.day(listing.listed_on)) if listing.listed_on else w.say("day_not_told")

    def _party_as(self, status: ListingStatus) -> str:
        """What the party is on the list; on one that the rulebook does not know with the source's own words."""
        listing, w = status.listing, self.wording
        noun = status.rule.name_in(self.language).party_as if status.rule else listing.list_type
        if status.rule and status.rule.id != self.network.rulebook.unknown_list:
            return noun
        list_name = None if status.rule and status.rule.id == listing.list_type else listing.list_type
        own_words = [text for text in (list_name, listing.programme, listing.reason) if text]
        return w.say("own_words", party_as=noun, words=w.listing(own_words)) if own_words and status.rule else noun

    def listings_of(self, party: int, statuses: Sequence[ListingStatus]) -> str:
        """A party's own listings: the first as a sentence, the others counted; a branch's or head office's is named as such."""
        first, w = statuses[0], self.wording
        branch = w.say("listed.branch", name=self.name(first.party)) if first.party != party else ""
        more_text = w.say("joint") + w.say("listed.more", count=len(statuses) - 1) if len(statuses) > 1 else ""
        return branch + self.listing(first) + more_text

    def named_listed(self, party: int) -> str:
        """The name of a listed party with its first listing as an apposition."""
        listings = self.scoring.listings(party)
        return self.listing(listings[0], key="clause", name=self.name(party)) if listings else self.name(party)

    def path(self, hops: Sequence[Hop], listed: int, party: int) -> str:
        """A path as a sentence, from the listed party on; the party asked about is called "it"."""
        ids = self.network.parties.ids
        names = {ids[party]: self.wording.say("it")}
        hop_texts = []
        for number, hop_ in enumerate(hops):
            a = self.named_listed(listed) if number == 0 else names.get(hop_.source.id, hop_.source.name)
            hop_texts.append(self._hop(hop_, a, names.get(hop_.target.id, hop_.target.name)))
        return _tidy_commas(self.wording.say("joint").join(hop_texts))

    @cached_property
    def nothing_found(self) -> dict[bool, str]:
        """The sentence for a party of which nothing was found, by whether it is a person."""
        w = self.wording
        return {False: w.sentences(w.say("not_listed"), w.say("nothing_found")), True: w.sentences(w.say("not_listed"))}

    def absence(self, party: int) -> str:
        """That the party is on no list, or that its listings are not in force: absence is stated only where it is true."""
        members = self.network.parties_of(int(self.network.nodes[party]))
        was_listed = any(self.network.listings.get(member) for member in members)
        return self._absences[was_listed]

    def quiet(self, party: int, *, person: bool) -> str:
        """The sentence for a party with no listing and no reason for review."""
        absent = self.absence(party)
        return self.nothing_found[person] if absent == self._absences[False] else self.wording.sentences(absent)

    @cached_property
    def _absences(self) -> dict[bool, str]:
        """That a party is on no list, by whether it once was."""
        return {False: self.wording.say("not_listed"), True: self.wording.say("none_in_force")}

    def chain(self, hops: Sequence[Hop]) -> str:
        """Hops as a sentence, every party by its name."""
        return _tidy_commas(self.wording.say("joint").join(self._hop(hop_, hop_.source.name, hop_.target.name) for hop_ in hops))

    def hops(self, path: NodePath) -> tuple[Hop, ...]:
        """The hops of a path with their evidence."""
        return tuple(hop(self.network, hop_edge, language=self.language) for hop_edge in path.hop_edges)

    def _hop(self, hop_: Hop, a: str, b: str) -> str:
        w = self.wording
        kind = "OWNS_UNTOLD" if hop_.kind == "OWNS" and hop_.share is None else hop_.kind
        roles = [w.say(f"role_in.{role}") for role in hop_.roles] or ["", ""]
        facts = {
            "share": w.percent(hop_.share or 0.0),
            "part": w.percent(hop_.part or 0.0),
            "via": hop_.via.name if hop_.via else "",
            "whose": w.say("its") if b == w.say("it") else w.say("whose", name=b),
            "role_a": roles[0],
            "role_b": roles[1],
        }
        if not w.has(f"hop.{kind}"):  # An operator's rulebook may name ties of its own: its label is all there is.
            label = self.network.rulebook.ties[hop_.kind].label(self.language, outward=not hop_.towards_source)
            return w.say("hop_without_sentence", a=a, b=b, label=label)
        return w.say(f"hop.{kind}.{'to_source' if hop_.towards_source else 'to_target'}", a=a, b=b, **facts)

    def line(self, line: Line, exposures: dict[tuple[str, str], str]) -> str:
        """One line of a score as a sentence. `exposures` holds path sentences by (profile, listed party)."""
        w = self.wording
        if line.kind is LineKind.LISTING:
            return self.listing(self._listing_of(line.evidence[0]))
        if line.kind is LineKind.EXPOSURE:
            return exposures.get((line.rule_id, str(line.facts.get("listed_id", ""))), "")
        if line.kind is LineKind.POSITIVE:
            return self._good(line)
        if line.kind is LineKind.EVIDENCE:
            return ""
        return w.say(
            f"line.{line.rule_id if line.kind in (LineKind.CAP, LineKind.TRUST) else line.kind.value}", limit=self._limit(line)
        )

    def reports(self, node: int, key: str) -> str:
        """Sentence on what trusted parties report on a node, by outcome."""
        experiences, trust = self.network.experiences, self.scoring.signals.trust.value
        reports = experiences.select(self.network.reports_on(node))
        reports = reports.select(trust[self.network.nodes[reports.reporter]] > 0)
        outcomes = self.network.rulebook.evidence.outcomes
        counts = Counter(reports.outcomes[code] for code in reports.outcome.tolist())
        w = self.wording
        ordered = sorted(counts.items(), key=lambda outcome_count: (outcomes[outcome_count[0]].weight or 0.0, outcome_count[0]))
        parts = [
            w.say("line.outcome", outcome=outcomes[name].in_language(self.language), count=number) for name, number in ordered
        ]
        return w.say(key, count=len(np.unique(self.network.nodes[reports.reporter])), outcomes=w.listing(parts))

    def title(self, line: Line) -> str:
        """The title of a score line."""
        return self._titles[line.rule_id]

    def review_sentence_for(self, node: int, reason: ReviewReason) -> str:
        """Why a party needs review, where no path gives the reason."""
        if reason is ReviewReason.SUCCESSOR:
            return self._succession(node)
        if reason is ReviewReason.RING:
            return self._ring(node, self.scoring.signals.ring_of[node])
        if reason is ReviewReason.REPORTED:
            return self.reports(node, "look.reported")
        return self._owned(node) if reason is ReviewReason.OWNED else ""

    def registration(self, party: int) -> str:
        """A registration that is not in order, since when, and the source's own words for it; "" where it is in order."""
        finding, w = self.network.registrations.get(party), self.wording
        if finding is None:
            return ""
        day = w.say("registration.since", day=w.day(finding.since)) if finding.since else w.say("registration.day_untold")
        words = w.say("registration.words", words=finding.words) if finding.words else ""
        return w.say(f"registration.{finding.state}", day=day, words=words)

    def ring_evidence(self, ring: Ring) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Sentences for a case and sentences against it."""
        w, gain = self.wording, self.scoring.signals.gain(ring)
        inside, good = ring.reports
        speaks = [
            (True, w.say("ring.for_closed", share=w.percent(round(ring.inner_share, 3)))),
            (True, w.say("ring.for_even", share=w.percent(round(ring.balance, 3)))),
            (True, w.say("ring.for_returned", share=w.percent(round(ring.reciprocity, 3)))) if ring.reciprocity >= HALF else None,
            self._burst(ring),
            (True, w.say("ring.for_reports", inside=inside, good=good)) if 2 * inside > good else None,
            (True, w.say("ring.for_shared", what=w.listing(self._shared(ring))))
            if ring.shared
            else (False, w.say("ring.against_unshared")),
            (False, w.say("ring.against_verified", share=w.percent(round(ring.verified, 3)))) if ring.verified > 0 else None,
            (True, w.say("ring.for_gain", times=w.number(gain))) if gain > GAIN_FROM else (False, w.say("ring.against_no_gain")),
        ]
        arguments = [argument for argument in speaks if argument]
        return tuple(text for for_, text in arguments if for_), tuple(text for for_, text in arguments if not for_)

    def _burst(self, ring: Ring) -> tuple[bool, str] | None:
        """How much of the inner trade fell into one month: most of it speaks for a case, little of it against."""
        if ring.burst is None:
            return None
        sudden = ring.burst >= HALF
        key = "ring.for_burst" if sudden else "ring.against_steady"
        return sudden, self.wording.say(key, share=self.wording.percent(round(ring.burst, 3)))

    @cached_property
    def _titles(self) -> dict[str, str]:
        """Titles by rule id: lines that stand for themselves, ceilings, profiles, recognitions, lists."""
        book, language = self.network.rulebook, self.language
        lines = {name: getattr(book.score.lines, name) for name in type(book.score.lines).model_fields}
        ceilings: dict[str, BilingualText] = {ceiling.when: ceiling for ceiling in book.score.ceilings}
        recognition_rules = {rule.id: rule for rule in (*book.positive_signals, *book.person_signals)}
        rule_texts: dict[str, BilingualText] = {**lines, **ceilings, **book.profiles, **recognition_rules}
        titles = {name: rule_text.in_language(language) for name, rule_text in rule_texts.items()}
        return titles | {rule.id: rule.name_in(language).title for rule in book.list_types}

    def _listing_of(self, statement_id: str) -> ListingStatus:
        party = int(self.network.stating["listing"][statement_id])
        return next(status for status in self.network.listings[party] if status.listing.id == statement_id)

    def _recognition_of(self, statement_id: str) -> Recognition:
        statuses = self.network.recognitions[int(self.network.stating["recognition"][statement_id])]
        return next(status.recognition for status in statuses if status.recognition.id == statement_id)

    def _good(self, line: Line) -> str:
        w, facts = self.wording, line.facts
        if "day" in facts:
            recognition = self._recognition_of(line.evidence[0])
            return w.say(
                "line.given", title=self.title(line), issuer=self.issuer(recognition.issuer), day=w.day(recognition.given_on)
            )
        if "kept" in facts:
            return w.say("line.kept", title=self.title(line), **facts)
        if "on_time" in facts:
            return w.say("line.on_time", **facts)
        if "disputes" in facts:
            return w.say("line.disputes", **facts)
        if "years" in facts:
            return w.say("line.years", **facts)
        return w.say("line.counted", title=self.title(line), count=facts["count"]) if "count" in facts else w.say("line.clean")

    def _limit(self, line: Line) -> int:
        score = self.network.rulebook.score
        ceilings = {ceiling.when: ceiling.max for ceiling in score.ceilings}
        limits = {
            "positive_cap": score.positive_cap_points,
            "exposure_cap": -score.exposure.cap_points,
            "floor": score.min,
            "top": score.max,
        }
        return (ceilings | limits).get(line.rule_id, 0)

    def _succession(self, node: int) -> str:
        w, case = self.wording, self.scoring.review_reasons.successions[node][0]
        persons = [w.say("signs.person", name=self.name(person)) for person in case.persons[:SHOWN_MAX]]
        signs = [w.say(f"signs.{sign}") for sign in case.signs]
        return _tidy_commas(w.say("look.successor", a=self.named_listed(case.old), signs=w.listing([*persons, *signs])))

    def _ring(self, node: int, ring: Ring) -> str:
        names = [self.name(member) for member in ring.members if member != node]
        more_text = self.wording.say("and_more", count=len(names) - SHOWN_MAX) if len(names) > SHOWN_MAX else ""
        other_names = self.wording.listing(names[:SHOWN_MAX]) + more_text
        key = "look.ring_confirmed" if ring.confirmed else "look.ring"
        return self.wording.say(key, others=other_names, share=self.wording.percent(round(ring.inner_share, 3)))

    def _shared(self, ring: Ring) -> list[str]:
        """Addresses and persons by name, contacts, accounts and devices counted."""
        names = [value for kind, value in ring.shared if kind in ("address", "person")]
        counts = Counter(kind for kind, _ in ring.shared if kind not in ("address", "person"))
        return [*names[:SHOWN_MAX], *(self.wording.say(f"shared.{kind}", count=count) for kind, count in sorted(counts.items()))]

    def _owned(self, node: int) -> str:
        w = self.wording
        for name, deemed in self.scoring.signals.deemed.items():
            if node in deemed.owned:
                share = min(1.0, sum(holding.share for holding in deemed.owned[node]))
                return w.say(
                    "look.owned",
                    share=w.percent(round(share, 4)),
                    rule=self.network.rulebook.profiles[name].in_language(self.language),
                )
        controller = next(deemed.control[node][0] for deemed in self.scoring.signals.deemed.values() if node in deemed.control)
        return w.say("look.controlled", name=self.name(controller))


def _tidy_commas(text: str) -> str:
    """The comma that closes an apposition goes where a stop, or the end, follows it."""
    return text.removesuffix(",").replace(",;", ";").replace(", (", " (")

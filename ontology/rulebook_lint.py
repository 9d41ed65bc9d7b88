"""The laws a rulebook must keep before it may judge anybody; each check names every breach it finds."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from ontology.base import PartyKind
from ontology.rulebook_expressions import NotInGrammar, parse
from ontology.rulebook_parts import ListType, PositiveSignal, Profile, ValidityKind
from ontology.score import Area

if TYPE_CHECKING:
    from ontology.rulebook import Rulebook

COEFFICIENT = frozenset({"share", "v", "n", "leg1", "leg2"})
WEIGHT = frozenset({"w", "v", "share"})
SIGNAL_QUANTITIES = frozenset({"on_time_rate", "dispute_rate", "invoiced", "declared", "years_active", "verified"})
TRUST_TIES = {"EXPERIENCE_positive": None, "TRADES_WITH_verified": "TRADES_WITH"}  # not kinds of tie in themselves


def findings(book: "Rulebook") -> list[str]:
    """Every breach, in the order of the laws; empty for a rulebook that may be used."""
    checks = (
        _unique,
        _reasons,
        _ends,
        _measures,
        _points,
        _list_references,
        _profiles,
        _expressions,
        _persons,
        _bands,
        _positive_signals,
    )
    return [finding for check in checks for finding in check(book)]


def _unique(book: "Rulebook") -> Iterator[str]:
    for label, ids in (
        ("list type", [r.id for r in book.list_types]),
        ("positive signal", [r.id for r in book.positive_signals]),
    ):
        yield from (f"{label} {name}: told twice" for name in sorted({name for name in ids if ids.count(name) > 1}))


def _reasons(book: "Rulebook") -> Iterator[str]:
    bearers: dict[str, set[str]] = {}
    for rule in book.list_types:
        bearers.setdefault(rule.reason, set()).add(rule.id)
    for code, ids in bearers.items():
        if len(ids) > 1:
            yield f"reason {code}: of several list types, {', '.join(sorted(ids))}; a line of a score names one of them by it"


def _known(names: Iterable[str]) -> str:
    return f"; known: {', '.join(names)}"


def _ends(book: "Rulebook") -> Iterator[str]:
    for rule in book.list_types:
        term = rule.validity
        ends = term.max_months or (term.kind is ValidityKind.SOURCE_CONTROLLED and term.recheck_days)
        if not ends:
            yield f"list type {rule.id}: it never ends; give validity.max_months, or source_controlled with recheck_days"


def _measures(book: "Rulebook") -> Iterator[str]:
    for rule in book.list_types:
        for measure, effect in rule.restrictions.items():
            if measure not in book.measures:
                yield f"list type {rule.id}: measure {measure} is not in the vocabulary{_known(book.measures)}"
            if effect not in book.effects:
                yield f"list type {rule.id}: effect {effect} of {measure} is not in the vocabulary{_known(book.effects)}"
    for name, profile in book.profiles.items():
        if profile.restriction_carried and profile.restriction_carried not in book.measures:
            yield f"profile {name}: measure {profile.restriction_carried} is not in the vocabulary"


def _points(book: "Rulebook") -> Iterator[str]:
    for rule in book.list_types:
        band = book.severities.get(rule.severity)
        if band is None:
            yield f"list type {rule.id}: severity {rule.severity} is unknown{_known(book.severities)}"
        elif not rule.band_exempt and not band.points_min <= rule.points <= band.points_max:
            yield f"list type {rule.id}: {rule.points} points are outside {band.points_min}..{band.points_max} of {rule.severity}"


def _list_references(book: "Rulebook") -> Iterator[str]:
    if book.unknown_list is not None and not book.names_list(book.unknown_list):
        yield f"unknown_list: list type {book.unknown_list} is unknown"
    for rule in book.list_types:
        for name in rule.propagation:
            if name not in book.profiles:
                yield f"list type {rule.id}: profile {name} is unknown{_known(book.profiles)}"
        if rule.appeal not in book.appeals:
            yield f"list type {rule.id}: appeal {rule.appeal} is unknown{_known(book.appeals)}"


def _profiles(book: "Rulebook") -> Iterator[str]:
    for name, profile in book.profiles.items():
        yield from (f"profile {name}: tie kind {tie.kind} is unknown" for tie in profile.ties if tie.kind not in book.ties)
        yield from (
            f"profile {name}: union of {part}, which is unknown" for part in profile.union_of if part not in book.profiles
        )
        yield from (f"profile {name}: {tie.kind} propagates to a person" for tie in profile.ties if tie.to == "person")
        yield from (f"profile {name}: {finding}" for finding in _mode(profile))
    for kind in {*book.legs.any, *book.legs.own_control_or_represent, *book.ownership.control_kinds} - book.ties.keys():
        yield f"legs: tie kind {kind} is unknown"


def _mode(profile: Profile) -> Iterator[str]:
    if profile.mode == "exposure" and not (profile.max_hops and profile.ties):
        yield "mode exposure needs max_hops and ties"
    if profile.mode == "fixed_point" and not (profile.receiver_cap and profile.union_of):
        yield "mode fixed_point needs receiver_cap and union_of"
    if profile.mode == "fixed_point" and profile.cap_points:
        yield "mode fixed_point bears no points"
    if profile.mode == "legal_extension" and not (profile.rule and profile.threshold):
        yield "mode legal_extension needs rule and threshold"


def _expressions(book: "Rulebook") -> Iterator[str]:
    for name, profile in book.profiles.items():
        for tie in profile.ties:
            yield from _formula(f"profile {name}, {tie.kind}", tie.coefficient, COEFFICIENT)
    for flow in book.trust.ties:
        yield from _formula(f"trust, {flow.kind}", flow.weight, WEIGHT)
        if TRUST_TIES.get(flow.kind, flow.kind) not in {None, *book.ties}:
            yield f"trust: tie kind {flow.kind} is unknown"
    yield from _formula("evidence.tau", book.evidence.tau.expression, frozenset({"t", "t_mean"}))
    yield from _formula("score.exposure", book.score.exposure.expression, frozenset({"exposure", "cap_points"}))
    yield from _formula("score.trust", book.score.trust.expression, frozenset({"t", "t_ref"}))
    yield from _formula("score.evidence", book.score.evidence.expression, frozenset({"e"}))
    for rule in (*book.positive_signals, *book.person_signals):
        yield from _formula(f"positive signal {rule.id}", rule.expression, SIGNAL_QUANTITIES)


def _formula(place: str, text: str | None, allowed: frozenset[str]) -> Iterator[str]:
    if text is None:
        return
    try:
        unknown = sorted(parse(text).names - allowed)
    except NotInGrammar as cause:
        yield f"{place}: {cause}"
    else:
        yield from (f"{place}: {name} is not a quantity here" for name in unknown)


def _persons(book: "Rulebook") -> Iterator[str]:
    if book.score.applies_to.get(PartyKind.PERSON):
        yield "score.applies_to: persons get no score by default"
    forbidden = "a person, area social and points need the operator's signed article (EU AI Act Art 5(1)(c))"
    if book.natural_persons.social_behaviour_score.law_allows is None:
        yield from (f"list type {rule.id}: {forbidden}" for rule in book.list_types if _social_points(rule))
        yield from (f"person signal {rule.id}: {forbidden}" for rule in book.person_signals if _social_mark(rule))


def _social_points(rule: ListType) -> bool:
    return rule.area is Area.SOCIAL and PartyKind.PERSON in rule.applies_to and rule.points_for(PartyKind.PERSON) != 0


def _social_mark(rule: PositiveSignal) -> bool:
    return rule.area is Area.SOCIAL and bool(rule.points or rule.points_per_unit or rule.expression)


def _bands(book: "Rulebook") -> Iterator[str]:
    bands, score = book.score.bands, book.score
    if bands[0].min != score.min or bands[-1].max != score.max or not _without_gaps((b.min, b.max) for b in bands):
        yield f"score.bands: they must cover {score.min}..{score.max} without a gap"


def _without_gaps(stretches: Iterable[tuple[int, int]]) -> bool:
    return all(before[1] + 1 == after[0] for before, after in pairwise(stretches))


def _positive_signals(book: "Rulebook") -> Iterator[str]:
    for rule in (*book.positive_signals, *book.person_signals):
        alternatives = [rule.points is not None, rule.points_per_unit is not None, rule.expression is not None]
        if sum(alternatives) != 1:
            yield f"positive signal {rule.id}: give exactly one of points, points_per_unit, expression"
        if rule.points is None and rule.cap is None:
            yield f"positive signal {rule.id}: a counted signal needs a cap"
    if PartyKind.PERSON not in book.score.min_coverage:
        yield "score.min_coverage: tell what a consenting person needs"

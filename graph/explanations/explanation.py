"""The explanation of one party for somebody who has never seen a graph: sentences, sources, dates, then the numbers."""

from collections.abc import Iterable
from datetime import date

from pydantic import Field

from graph.explanations.hops import Hop, Party, party
from graph.explanations.official_record import OfficialRecord, official_record
from graph.explanations.party_explainer import ExposurePath, PartyExplainer
from graph.explanations.sentences import Sentences
from graph.network.links import day_number
from graph.scores.review_reasons import ReviewReason
from graph.scores.scoring import Scoring
from ontology.base import Identity, ImmutableModel
from ontology.consent import NOBODY, Permission
from ontology.errors import EntityUnknown
from ontology.rulebook_parts import Language
from ontology.score import Score
from ontology.signal import Signal

ROLES_MAX = 50


class ExplainedPath(ImmutableModel):
    """A path from a listed party in words, with its hops and their evidence. `strength` and `covered` 0..1."""

    profile: str
    profile_title: str
    bears_points: bool
    listed: Party
    sentence: str
    strength: float
    covered: float
    hops: tuple[Hop, ...]


class ReviewCase(ImmutableModel):
    """A case for review by a person: what speaks for it and what against; never a listing."""

    kind: str = Field(pattern="^(ring|succession|ownership|control|reports)$")
    sentence: str
    parties: tuple[Party, ...]
    speaks_for: tuple[str, ...] = ()
    speaks_against: tuple[str, ...] = ()
    tie_ids: tuple[Identity, ...] = ()
    id: Identity | None = Field(None, description="Id of a ring, for `kith rings`.")
    ruling: str | None = Field(None, description="What a person said of it: confirmed, or nothing yet.")


class SourceStatement(ImmutableModel):
    """One statement the explanation rests on, and the source row it came from."""

    statement_id: Identity
    kind: str = Field(pattern="^(listing|link|recognition|experience)$")
    dataset: Identity
    row_id: Identity
    day: date | None = None


class Explanation(ImmutableModel):
    """The explanation of one party on a day."""

    party: Party
    as_of: date
    rulebook: str
    language: Language
    sentence: str
    sentences: tuple[str, ...]
    score: Score
    paths: tuple[ExplainedPath, ...] = ()
    cases: tuple[ReviewCase, ...] = ()
    roles: tuple[str, ...] = ()
    association: float = 0.0
    association_sentence: str = ""
    registration_sentence: str = Field("", description="What became of its registration, where it is no longer in order.")
    signals: tuple[Signal, ...] = ()
    sources: tuple[SourceStatement, ...] = ()
    official: OfficialRecord = Field(exclude=True, description="Shown in its own shape.")


def explain(scoring: Scoring, entity_id: str, *, language: Language = "en", permission: Permission = NOBODY) -> Explanation:
    """Explain one party. The score of a person or sole trader needs a permission. Raises EntityUnknown."""
    explainer, place = _explainer(scoring, entity_id, language, permission)
    score = explainer.score()
    return Explanation(
        party=party(scoring.network, place, language),
        as_of=scoring.network.as_of,
        rulebook=scoring.network.rulebook.version,
        language=language,
        sentence=explainer.sentence,
        sentences=tuple(dict.fromkeys(_sentences(explainer, score))),
        score=score,
        paths=_explained_paths(explainer),
        cases=tuple(_cases(explainer)),
        roles=_roles(explainer),
        association=_association(explainer),
        association_sentence=_association_sentence(explainer),
        registration_sentence=explainer.sentences.wording.sentences(explainer.sentences.registration(place)),
        signals=signals_of(scoring, place),
        sources=tuple(_sources(explainer, score)),
        official=official_record(scoring, place, score, language),
    )


def explain_paths(
    scoring: Scoring, entity_id: str, *, language: Language = "en", permission: Permission = NOBODY
) -> tuple[ExplainedPath, ...]:
    """The paths of `explain` alone. Raises EntityUnknown."""
    return _explained_paths(_explainer(scoring, entity_id, language, permission)[0])


def _explainer(scoring: Scoring, entity_id: str, language: Language, permission: Permission) -> tuple[PartyExplainer, int]:
    """Who explains the party, and the party's place in the network."""
    place = scoring.network.parties.index.get(entity_id)
    if place is None:
        raise EntityUnknown(id=entity_id)
    return PartyExplainer(Sentences(scoring, language), place, permission), place


def _explained_paths(explainer: PartyExplainer) -> tuple[ExplainedPath, ...]:
    return tuple(_explained_path(explainer, path) for path in explainer.exposure_paths)


def signals_of(scoring: Scoring, place: int) -> tuple[Signal, ...]:
    """The signals of one party that are not nothing, by name; of whoever may be a person only own listings, trust, evidence."""
    node, signals = int(scoring.network.nodes[place]), scoring.signals
    id_ = scoring.network.parties.ids[place]
    personal = bool(scoring.network.parties.personal[place])
    signal_list = []
    for name, risk in signals.risks.items():
        if risk.value[node]:
            own_part, exposure = float(risk.own_part[node]), 0.0 if personal else float(risk.exposure[node])
            signal_list.append(
                Signal(entity_id=id_, name=f"risk:{name}", value=float(risk.value[node]), own=own_part, exposure=exposure)
            )
    single = {
        "association": signals.closeness[node],
        "trust": signals.trust.value[node],
        "evidence": signals.evidence.value[node],
        "circulation": signals.circulation.strength[node] if node == place else 0.0,
    }
    if ring := signals.ring_of.get(node):
        single["ring"] = ring.strength
    single |= {
        f"ownership:{name}": sum(holding.share for holding in deemed.owned.get(node, ()))
        for name, deemed in signals.deemed.items()
    }
    signal_list += [Signal(entity_id=id_, name=name, value=float(value)) for name, value in single.items() if value]
    return tuple(sorted(signal_list, key=lambda signal: signal.name))


def _sentences(explainer: PartyExplainer, score: Score) -> Iterable[str]:
    """The answer, the score or state, the reasons that the answer has not told, what would change it."""
    w, book = explainer.sentences.wording, explainer.sentences.network.rulebook
    yield explainer.sentence
    if book.is_before_version(score.as_of):
        yield w.sentences(w.say("early", day=w.day(book.rulebook.valid_from)))
    if score.value is not None:
        band = book.score.band(score.value).in_language(explainer.sentences.language)
        yield w.sentences(w.say("score", value=score.value, max=book.score.max, band=band))
    elif score.state_sentence:
        yield score.state_sentence
    yield from (
        w.sentences(review_sentence)
        for review_sentence in explainer.review_sentences[1:]
        if review_sentence not in explainer.sentence
    )
    yield from (reason.sentence for reason in score.reasons if reason.sentence not in explainer.sentence)
    yield from _ended_listings(explainer)


def _ended_listings(explainer: PartyExplainer) -> Iterable[str]:
    w = explainer.sentences.wording
    for status in explainer.sentences.network.listings.get(explainer.party, ()):
        if status.publishable and not status.in_force and status.rule and status.ends_on and not status.listing.removed_on:
            noun = status.rule.name_in(explainer.sentences.language).party_as
            yield w.sentences(
                w.say("ended", issuer=explainer.sentences.issuer(status.listing.issuer), party_as=noun, day=w.day(status.ends_on))
            )


def _explained_path(explainer: PartyExplainer, path: ExposurePath) -> ExplainedPath:
    scoring = explainer.sentences.scoring
    return ExplainedPath(
        profile=path.profile,
        profile_title=scoring.network.rulebook.profiles[path.profile].in_language(explainer.sentences.language),
        bears_points=bool(scoring.review_reasons.points[path.profile][explainer.node] < 0)
        and not scoring.private(explainer.party),
        listed=party(scoring.network, path.listed, explainer.sentences.language),
        sentence=explainer.sentences.wording.sentences(path.sentence),
        strength=path.path.strength,
        covered=path.path.covered,
        hops=path.hops,
    )


def _cases(explainer: PartyExplainer) -> Iterable[ReviewCase]:
    """Cases the party is part of: rings, possible successions, ownership by sanctioned parties."""
    sentences, node = explainer.sentences, explainer.node
    network, signals = sentences.network, sentences.scoring.signals
    w, language = sentences.wording, sentences.language
    if explainer.person:
        return
    if ring := signals.ring_of.get(node):
        speaks_for, speaks_against = sentences.ring_evidence(ring)
        ties = tuple(network.tie_id(tie) for tie in ring.ties)
        sentence = w.sentences(sentences.review_sentence_for(node, ReviewReason.RING))
        yield ReviewCase(
            kind="ring",
            sentence=sentence,
            parties=tuple(party(network, member, language) for member in ring.members),
            speaks_for=speaks_for,
            speaks_against=speaks_against,
            tie_ids=ties,
            id=ring.id,
            ruling=ring.ruling.verdict.value if ring.ruling else None,
        )
    for case in sentences.scoring.review_reasons.successions.get(node, ()):
        ties = tuple(network.tie_id(tie) for tie in case.ties)
        sentence = w.sentences(sentences.review_sentence_for(node, ReviewReason.SUCCESSOR))
        yield ReviewCase(
            kind="succession",
            sentence=sentence,
            parties=(party(network, case.old, language), party(network, case.new, language)),
            tie_ids=ties,
        )
    if any(node in deemed.owned or node in deemed.control for deemed in signals.deemed.values()):
        owners = {holding.owner for deemed in signals.deemed.values() for holding in deemed.owned.get(node, ())}
        owners |= {controller for deemed in signals.deemed.values() for controller in deemed.control.get(node, ())}
        sentence = w.sentences(sentences.review_sentence_for(node, ReviewReason.OWNED))
        parties = tuple(party(network, owner, language) for owner in sorted(owners))
        yield ReviewCase(kind="ownership", sentence=sentence, parties=parties)


def _roles(explainer: PartyExplainer) -> tuple[str, ...]:
    """Roles and holdings of the party in firms, in the order of ties, ended ones with their end."""
    network, w = explainer.sentences.network, explainer.sentences.wording
    ties, book = network.ties, network.rulebook
    shown_kinds = {*book.legs.any, "BRANCH_OF", "SUCCEEDS"}
    role_sentences = []
    around = network.ties_at(explainer.party)
    for tie in around[ties.source[around] == explainer.party].tolist():
        kind = ties.kinds[ties.kind[tie]]
        if kind in shown_kinds:
            label = book.ties[kind].label(explainer.sentences.language)
            key = "role_ended" if ties.ended[tie] else "role"
            name = explainer.sentences.name(int(ties.target[tie]))
            role_sentences.append(w.sentences(w.say(key, label=label, name=name, day=w.day(int(ties.ended[tie])))))
    return tuple(role_sentences[:ROLES_MAX]) or ((w.sentences(w.say("no_roles")),) if explainer.person else ())


def _association(explainer: PartyExplainer) -> float:
    """0..1: the signal adds up over listed parties and rounds, the scale ends where a party is listed itself."""
    return 0.0 if explainer.person else min(1.0, float(explainer.sentences.scoring.signals.closeness[explainer.node]))


def _association_sentence(explainer: PartyExplainer) -> str:
    value, w = _association(explainer), explainer.sentences.wording
    return w.sentences(w.say("association", value=w.number(value))) if value else ""


def _sources(explainer: PartyExplainer, score: Score) -> Iterable[SourceStatement]:
    """The statements the score and the paths rest on, each with its row, in the order they are told."""
    network = explainer.sentences.network
    facts = network.facts
    statement_ids = [statement_id for line in score.lines for statement_id in line.evidence_ids]
    statement_ids += [statement_id for path in explainer.exposure_paths for hop in path.hops for statement_id in hop.link_ids]
    for kind, columns, day in (
        ("listing", facts.listings, "listed_on"),
        ("recognition", facts.recognitions, "given_on"),
        ("link", facts.links, "began_on"),
    ):
        for id_ in dict.fromkeys(statement_ids):
            if (row := network.statements[kind].get(id_)) is not None:
                day_no = day_number(columns[day][row])
                day_ = date.fromordinal(day_no) if day_no else None
                yield SourceStatement(
                    statement_id=id_, kind=kind, dataset=columns["dataset"][row], row_id=columns["row_id"][row], day=day_
                )
    if explainer.permission.consent is not None:
        yield from _dealing_statements(explainer, statement_ids)


def _dealing_statements(explainer: PartyExplainer, statement_ids: Iterable[str]) -> Iterable[SourceStatement]:
    """Dealings a consent covers that the score rests on."""
    columns = explainer.sentences.network.facts.experiences
    rows = {columns["id"][row]: row for row in explainer.sentences.network.released.row.tolist()}
    for id_ in (statement_id for statement_id in dict.fromkeys(statement_ids) if statement_id in rows):
        day_, row = date.fromisoformat(columns["happened_on"][rows[id_]]), rows[id_]
        kind, row_id = "experience", columns["row_id"][row]
        yield SourceStatement(statement_id=id_, kind=kind, dataset=columns["dataset"][row], row_id=row_id, day=day_)

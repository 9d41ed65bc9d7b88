"""The whole account of one party for somebody who has never seen a graph: sentences, sources, dates, then the numbers."""

from collections.abc import Iterable
from datetime import date

from pydantic import Field

from graph.explanations.hops import Hop, Party, party
from graph.explanations.scores import Account, Reached
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


class PathTold(ImmutableModel):
    """A path from a listed party in words, with its hops and their evidence. `strength` and `covered` 0..1."""

    profile: str
    profile_title: str
    bears_points: bool
    listed: Party
    sentence: str
    strength: float
    covered: float
    hops: tuple[Hop, ...]


class CaseTold(ImmutableModel):
    """A case for review by a person: what speaks for it and what against; never a listing."""

    kind: str = Field(pattern="^(ring|succession|ownership|control|reports)$")
    sentence: str
    parties: tuple[Party, ...]
    speaks_for: tuple[str, ...] = ()
    speaks_against: tuple[str, ...] = ()
    tie_ids: tuple[Identity, ...] = ()
    id: Identity | None = Field(None, description="Id of a ring, for `kith rings`.")
    ruling: str | None = Field(None, description="What a person said of it: confirmed, or nothing yet.")


class SourceTold(ImmutableModel):
    """One statement the account rests on, and the row it came from."""

    statement_id: Identity
    kind: str = Field(pattern="^(listing|link|recognition|experience)$")
    dataset: Identity
    row_id: Identity
    day: date | None = None


class Explanation(ImmutableModel):
    """Everything there is to say of one party on a day."""

    party: Party
    as_of: date
    rulebook: str
    language: Language
    sentence: str
    sentences: tuple[str, ...]
    score: Score
    paths: tuple[PathTold, ...] = ()
    cases: tuple[CaseTold, ...] = ()
    roles: tuple[str, ...] = ()
    association: float = 0.0
    association_sentence: str = ""
    registration_sentence: str = Field("", description="What became of its registration, where it is no longer in order.")
    signals: tuple[Signal, ...] = ()
    sources: tuple[SourceTold, ...] = ()


def explain(scoring: Scoring, entity_id: str, *, language: Language = "en", permission: Permission = NOBODY) -> Explanation:
    """The whole account of one party; a person's or sole trader's score only with permission. Raises EntityUnknown."""
    place = scoring.network.parties.index.get(entity_id)
    if place is None:
        raise EntityUnknown(id=entity_id)
    account = Account(Sentences(scoring, language), place, permission)
    score = account.score()
    return Explanation(
        party=party(scoring.network, place, language),
        as_of=scoring.network.as_of,
        rulebook=scoring.network.rulebook.version,
        language=language,
        sentence=account.sentence,
        sentences=tuple(dict.fromkeys(_sentences(account, score))),
        score=score,
        paths=tuple(_told(account, one) for one in account.reached),
        cases=tuple(_cases(account)),
        roles=_roles(account),
        association=_association(account),
        association_sentence=_association_sentence(account),
        registration_sentence=account.tellings.wording.sentences(account.tellings.registration(place)),
        signals=signals_of(scoring, place),
        sources=tuple(_sources(account, score)),
    )


def signals_of(scoring: Scoring, place: int) -> tuple[Signal, ...]:
    """The signals of one party that are not nothing, by name; of whoever may be a person only own listings, trust, evidence."""
    node, signals = int(scoring.network.nodes[place]), scoring.signals
    id_ = scoring.network.parties.ids[place]
    personal = bool(scoring.network.parties.personal[place])
    found = []
    for name, risk in signals.risks.items():
        if risk.value[node]:
            own, exposure = float(risk.own[node]), 0.0 if personal else float(risk.exposure[node])
            found.append(Signal(entity_id=id_, name=f"risk:{name}", value=float(risk.value[node]), own=own, exposure=exposure))
    single = {
        "association": signals.closeness[node],
        "trust": signals.trust.value[node],
        "evidence": signals.evidence.value[node],
        "circulation": signals.circulation.strength[node] if node == place else 0.0,
    }
    if ring := signals.ring_of.get(node):
        single["ring"] = ring.strength
    single |= {
        f"ownership:{name}": sum(one.share for one in deemed.owned.get(node, ())) for name, deemed in signals.deemed.items()
    }
    found += [Signal(entity_id=id_, name=name, value=float(value)) for name, value in single.items() if value]
    return tuple(sorted(found, key=lambda one: one.name))


def _sentences(account: Account, score: Score) -> Iterable[str]:
    """The answer, the score or state, the reasons that the answer has not told, what would change it."""
    w, book = account.tellings.wording, account.tellings.network.rulebook
    yield account.sentence
    if book.is_before_version(score.as_of):
        yield w.sentences(w.say("early", day=w.day(book.rulebook.valid_from)))
    if score.value is not None:
        band = book.score.band(score.value).in_language(account.tellings.language)
        yield w.sentences(w.say("score", value=score.value, max=book.score.max, band=band))
    elif score.state_sentence:
        yield score.state_sentence
    yield from (w.sentences(why) for why in account.whys[1:] if why not in account.sentence)
    yield from (reason.sentence for reason in score.reasons if reason.sentence not in account.sentence)
    yield from _ended(account)


def _ended(account: Account) -> Iterable[str]:
    w = account.tellings.wording
    for listed in account.tellings.network.listings.get(account.party, ()):
        if listed.shown and not listed.in_force and listed.rule and listed.ends_on and not listed.listing.removed_on:
            noun = listed.rule.name_in(account.tellings.language).party_as
            yield w.sentences(
                w.say("ended", issuer=account.tellings.issuer(listed.listing.issuer), party_as=noun, day=w.day(listed.ends_on))
            )


def _told(account: Account, reached: Reached) -> PathTold:
    scoring = account.tellings.scoring
    return PathTold(
        profile=reached.profile,
        profile_title=scoring.network.rulebook.profiles[reached.profile].in_language(account.tellings.language),
        bears_points=bool(scoring.looks.points[reached.profile][account.node] < 0) and not scoring.private(account.party),
        listed=party(scoring.network, reached.listed, account.tellings.language),
        sentence=account.tellings.wording.sentences(reached.sentence),
        strength=reached.path.strength,
        covered=reached.path.covered,
        hops=reached.hops,
    )


def _cases(account: Account) -> Iterable[CaseTold]:
    """Cases the party is part of: rings, possible successions, ownership by sanctioned parties."""
    tellings, node = account.tellings, account.node
    network, signals = tellings.network, tellings.scoring.signals
    w, language = tellings.wording, tellings.language
    if account.person:
        return
    if ring := signals.ring_of.get(node):
        speaks_for, against = tellings.ring_evidence(ring)
        ties = tuple(network.tie_id(tie) for tie in ring.ties)
        sentence = w.sentences(tellings.look(node, ReviewReason.RING))
        yield CaseTold(kind="ring", sentence=sentence, parties=tuple(party(network, one, language) for one in ring.members),
                       speaks_for=speaks_for, speaks_against=against, tie_ids=ties, id=ring.id,
                       ruling=ring.ruling.verdict.value if ring.ruling else None)  # fmt: skip
    for case in tellings.scoring.looks.successions.get(node, ()):
        ties = tuple(network.tie_id(tie) for tie in case.ties)
        sentence = w.sentences(tellings.look(node, ReviewReason.SUCCESSOR))
        yield CaseTold(
            kind="succession",
            sentence=sentence,
            parties=(party(network, case.old, language), party(network, case.new, language)),
            tie_ids=ties,
        )
    if any(node in deemed.owned or node in deemed.control for deemed in signals.deemed.values()):
        owners = {one.owner for deemed in signals.deemed.values() for one in deemed.owned.get(node, ())}
        owners |= {one for deemed in signals.deemed.values() for one in deemed.control.get(node, ())}
        sentence = w.sentences(tellings.look(node, ReviewReason.OWNED))
        parties = tuple(party(network, one, language) for one in sorted(owners))
        yield CaseTold(kind="ownership", sentence=sentence, parties=parties)


def _roles(account: Account) -> tuple[str, ...]:
    """Roles and holdings of the party in firms, in the order of ties, ended ones with their end."""
    network, w = account.tellings.network, account.tellings.wording
    ties, book = network.ties, network.rulebook
    wanted = {*book.legs.any, "BRANCH_OF", "SUCCEEDS"}
    found = []
    for tie in (ties.source == account.party).nonzero()[0].tolist():
        kind = ties.kinds[ties.kind[tie]]
        if kind in wanted:
            label = book.ties[kind].label(account.tellings.language)
            key = "role_ended" if ties.ended[tie] else "role"
            name = account.tellings.name(int(ties.target[tie]))
            found.append(w.sentences(w.say(key, label=label, name=name, day=w.day(int(ties.ended[tie])))))
    return tuple(found[:ROLES_MAX]) or ((w.sentences(w.say("no_roles")),) if account.person else ())


def _association(account: Account) -> float:
    """0..1: the signal adds up over listed parties and rounds, the scale ends where a party is listed itself."""
    return 0.0 if account.person else min(1.0, float(account.tellings.scoring.signals.closeness[account.node]))


def _association_sentence(account: Account) -> str:
    value, w = _association(account), account.tellings.wording
    return w.sentences(w.say("association", value=w.number(value))) if value else ""


def _sources(account: Account, score: Score) -> Iterable[SourceTold]:
    """The statements the score and the paths rest on, each with its row, in the order they are told."""
    network = account.tellings.network
    facts = network.facts
    wanted = [one for line in score.lines for one in line.evidence_ids]
    wanted += [one for reached in account.reached for hop in reached.hops for one in hop.link_ids]
    for kind, columns, day in (
        ("listing", facts.listings, "listed_on"),
        ("recognition", facts.recognitions, "given_on"),
        ("link", facts.links, "began_on"),
    ):
        for id_ in dict.fromkeys(wanted):
            if (row := network.statements[kind].get(id_)) is not None:
                told = day_number(columns[day][row])
                day_ = date.fromordinal(told) if told else None
                yield SourceTold(
                    statement_id=id_, kind=kind, dataset=columns["dataset"][row], row_id=columns["row_id"][row], day=day_
                )
    if account.permission.consent is not None:
        yield from _deeds(account, wanted)


def _deeds(account: Account, wanted: Iterable[str]) -> Iterable[SourceTold]:
    """Dealings a consent covers that the score rests on."""
    columns = account.tellings.network.facts.experiences
    rows = {columns["id"][row]: row for row in account.tellings.network.released.row.tolist()}
    for id_ in (one for one in dict.fromkeys(wanted) if one in rows):
        day_, row = date.fromisoformat(columns["happened_on"][rows[id_]]), rows[id_]
        kind, row_id = "experience", columns["row_id"][row]
        yield SourceTold(statement_id=id_, kind=kind, dataset=columns["dataset"][row], row_id=row_id, day=day_)

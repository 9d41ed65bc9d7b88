"""`why`, `how`, `why-not` for people: from what they typed to records, and from the answers to sentences."""

from collections.abc import Iterator, Sequence
from math import floor

from pydantic import BaseModel, ConfigDict, Field

from api.parties.search import find_party
from api.schemas.freshness import NONE_WHERE_FRESH, Freshness
from api.text.agreements import agreement_in_words, level_in_words
from api.words import Words, words
from ontology.rulebook_parts import Language
from resolution.judgements.verdicts import BY_MODEL
from resolution.match_explanations import (
    ComparedFeature,
    How,
    JoinStep,
    Obstacle,
    Why,
    WhyNot,
    explain_pair,
    explain_party,
    explain_separation,
)
from resolution.match_explanations.obstacles import Bar
from resolution.match_explanations.pair_weights import Doubt, Weights
from store.port import Store

SHOWN_MAX = 3  # Values of a field, and records of a side, in one sentence.


class WhyTold(BaseModel):
    """Why two records are one party, or how near they come to it; and in sentences."""

    model_config = ConfigDict(frozen=True)
    why: Why = Field(description="The two records, weighed.")
    sentences: tuple[str, ...] = Field(description="The same in words.")
    freshness: Freshness | None = Field(None, description=NONE_WHERE_FRESH)


class HowTold(BaseModel):
    """How a party came together; and in sentences."""

    model_config = ConfigDict(frozen=True)
    how: How = Field(description="The clustering, step by step.")
    sentences: tuple[str, ...] = Field(description="The same in words.")
    freshness: Freshness | None = Field(None, description=NONE_WHERE_FRESH)


class WhyNotTold(BaseModel):
    """What stands between two parties; and in sentences."""

    model_config = ConfigDict(frozen=True)
    why_not: WhyNot = Field(description="The two, their strongest pair and the obstacles.")
    sentences: tuple[str, ...] = Field(description="The same in words.")
    freshness: Freshness | None = Field(None, description=NONE_WHERE_FRESH)


def explain_why(store: Store, left: str, right: str, lang: Language) -> WhyTold:
    """Each is a record id, or anything that names a party. Raises EntityUnknown, EntityAmbiguous, WrongCall, NothingToDo."""
    why_answer = explain_pair(store, _records(store, left), _records(store, right))
    return WhyTold(why=why_answer, sentences=tuple(_why_sentences(why_answer, words(lang))))


def explain_how(store: Store, party: str, lang: Language) -> HowTold:
    """`party` is anything that names one. Raises EntityUnknown, EntityAmbiguous, NothingToDo."""
    how_answer = explain_party(store, find_party(store, party))
    return HowTold(how=how_answer, sentences=tuple(_how_sentences(how_answer, words(lang))))


def explain_why_not(store: Store, left: str, right: str, lang: Language) -> WhyNotTold:
    """Each is a record id, or anything that names a party; of a record its whole party is meant. Raises as `explain_why`."""
    why_not_answer = explain_separation(store, _party_records(store, left), _party_records(store, right))
    return WhyNotTold(why_not=why_not_answer, sentences=tuple(_why_not_sentences(why_not_answer, words(lang))))


def _records(store: Store, name: str) -> list[str]:
    """The record itself, or all records of the party meant."""
    return [name] if store.read("live/members_of", record_ids=[name]) else _party_records(store, name)


def _party_records(store: Store, name: str) -> list[str]:
    return [row["record_id"] for row in store.read("live/members_in", entity_ids=[find_party(store, name)])]


def _why_sentences(answer: Why, say: Words) -> Iterator[str]:
    weights = answer.weights
    ends = {"left": weights.left_id, "right": weights.right_id}
    yield say("why.together" if answer.together else "why.apart", **ends)
    if answer.alike:
        yield say("why.alike")
    yield from _weight_sentences(weights, say)
    yield from (_verdict_sentence(verdict.by, verdict.verdict.value, verdict.reason, say) for verdict in answer.verdicts)
    if answer.together and len(answer.chain) > 1:
        yield say("why.chain", steps=len(answer.chain))
        for link in answer.chain:
            reason = agreement_in_words(link.reason, say) if link.by.startswith(BY_MODEL) else link.reason
            yield say("why.joint", left=link.left_id, right=link.right_id, reason=reason or link.by)


def _weight_sentences(weights: Weights, say: Words) -> Iterator[str]:
    yield say("why.prior", bits=_bits(weights.prior_bits))
    yield from (_comparison_sentence(feature, say) for feature in weights.compared if feature.level is not None)
    if silent := [say(f"field.{feature.name}") for feature in weights.compared if feature.level is None]:
        yield say("why.silent", fields=say("list.comma").join(silent))
    enough = "why.enough" if weights.total_bits >= weights.merge_bits else "why.short"
    yield say(enough, bits=_bits(weights.total_bits), least=_bits(weights.merge_bits))
    if weights.forbidden:
        yield say("why.forbidden")
    elif weights.doubt:
        yield _doubt(weights.doubt, say)
    elif weights.against:
        yield say("why.against")
    elif not weights.allowed:
        yield say(f"why.guard.{'person' if weights.kind == 'person' else 'firm'}")


def _doubt(doubt: Doubt, say: Words) -> str:
    if not doubt.seen:
        return say("why.doubt.unseen")
    if doubt.at_home:
        key = "why.doubt.freed" if doubt.joins else "why.doubt.home"
    else:
        key = "why.doubt.alone" if doubt.joins else "why.doubt.kin"
    return say(key, seen=doubt.seen, sure=_percent(doubt.sure), needed=_percent(doubt.sure_min))


def _percent(share: float) -> str:
    return f"{floor(share * 1000) / 10:g}"


def _comparison_sentence(feature: ComparedFeature, say: Words) -> str:
    shared = say("why.share", share=f"{feature.share:.2g}") if feature.share is not None else ""
    return say(
        "why.compared",
        field=say(f"field.{feature.name}"),
        level=_level(feature, say),
        left=_values(feature.left, say),
        right=_values(feature.right, say),
        bits=_bits(feature.bits or 0.0),
        share=shared,
    )


def _level(feature: ComparedFeature, say: Words) -> str:
    """The level in words; of one that is a mere number whether it agrees."""
    words_of_level = level_in_words(feature.level or "", say)
    return words_of_level or say("level.agrees" if (feature.bits or 0.0) > 0 else "level.differs")


def _values(values: Sequence[str], say: Words) -> str:
    rest_text = say("list.more", count=len(values) - SHOWN_MAX) if len(values) > SHOWN_MAX else ""
    return (say("list.comma").join(values[:SHOWN_MAX]) or say("list.none")) + rest_text


def _bits(bits: float) -> str:
    return f"{bits:+.1f}"


def _verdict_sentence(by: str, verdict: str, reason: str, say: Words) -> str:
    return say("why.spoken", by=by, verdict=say(f"verdict.{verdict}"), reason=say("why.reason", reason=reason) if reason else "")


def _how_sentences(answer: How, say: Words) -> Iterator[str]:
    if len(answer.record_ids) == 1:
        yield say("how.one", record=answer.record_ids[0])
        return
    yield say("how.head", records=len(answer.record_ids), looked=answer.looked_at)
    yield from (_step(number, step, say) for number, step in enumerate(answer.steps, 1))


def _step(number: int, step: JoinStep, say: Words) -> str:
    strongest = step.strongest
    agrees = [feature for feature in strongest.compared if feature.bits is not None and feature.bits > 0] if strongest else []
    return say(
        f"how.{step.kind.value}{'.spoken' if step.spoken else ''}",
        number=number,
        left=_values(step.left, say),
        right=_values(step.right, say),
        bits=_bits(step.bits or 0.0),
        agrees=say("list.comma").join(f"{say(f'field.{feature.name}')} {_level(feature, say)}" for feature in agrees),
    )


def _why_not_sentences(answer: WhyNot, say: Words) -> Iterator[str]:
    for obstacle in answer.obstacles:
        yield from _obstacle(obstacle, answer, say)
    if answer.strongest:
        yield say("whynot.strongest", left=answer.strongest.left_id, right=answer.strongest.right_id)
        yield from _weight_sentences(answer.strongest, say)


def _obstacle(obstacle: Obstacle, answer: WhyNot, say: Words) -> Iterator[str]:
    strongest = answer.strongest
    bar = obstacle.bar.value
    if obstacle.bar is Bar.GUARD and strongest is not None:
        bar += ".person" if strongest.kind == "person" else ".firm"
    fields = [name if obstacle.bar is Bar.CODES else say(f"field.{name}") for name in obstacle.comparisons]
    yield say(
        f"whynot.{bar}",
        missing=f"{obstacle.missing_bits or 0.0:.1f}",
        fields=say("list.comma").join(fields) or say("list.none"),
        bits=_bits(answer.group_bits or 0.0),
    )
    yield from (_verdict_sentence(verdict.by, verdict.verdict.value, verdict.reason, say) for verdict in obstacle.verdicts)

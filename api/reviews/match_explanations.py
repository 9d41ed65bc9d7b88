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
    why: Why
    sentences: tuple[str, ...]
    freshness: Freshness | None = Field(None, description=NONE_WHERE_FRESH)


class HowTold(BaseModel):
    """How a party came together; and in sentences."""

    model_config = ConfigDict(frozen=True)
    how: How
    sentences: tuple[str, ...]
    freshness: Freshness | None = Field(None, description=NONE_WHERE_FRESH)


class WhyNotTold(BaseModel):
    """What stands between two parties; and in sentences."""

    model_config = ConfigDict(frozen=True)
    why_not: WhyNot
    sentences: tuple[str, ...]
    freshness: Freshness | None = Field(None, description=NONE_WHERE_FRESH)


def tell_why(store: Store, left: str, right: str, lang: Language) -> WhyTold:
    """Each is a record id, or anything that names a party. Raises EntityUnknown, EntityAmbiguous, WrongCall, NothingToDo."""
    found = explain_pair(store, _records(store, left), _records(store, right))
    return WhyTold(why=found, sentences=tuple(_why_sentences(found, words(lang))))


def tell_how(store: Store, party: str, lang: Language) -> HowTold:
    """`party` is anything that names one. Raises EntityUnknown, EntityAmbiguous, NothingToDo."""
    found = explain_party(store, find_party(store, party))
    return HowTold(how=found, sentences=tuple(_how_sentences(found, words(lang))))


def tell_why_not(store: Store, left: str, right: str, lang: Language) -> WhyNotTold:
    """Each is a record id, or anything that names a party; of a record its whole party is meant. Raises as `tell_why`."""
    found = explain_separation(store, _party_records(store, left), _party_records(store, right))
    return WhyNotTold(why_not=found, sentences=tuple(_why_not_sentences(found, words(lang))))


def _records(store: Store, context: str) -> list[str]:
    """The record itself, or all records of the party meant."""
    return [context] if store.read("live/members_of", record_ids=[context]) else _party_records(store, context)


def _party_records(store: Store, context: str) -> list[str]:
    return [row["record_id"] for row in store.read("live/members_in", entity_ids=[find_party(store, context)])]


def _why_sentences(found: Why, say: Words) -> Iterator[str]:
    told = found.weights
    ends = {"left": told.left_id, "right": told.right_id}
    yield say("why.together" if found.together else "why.apart", **ends)
    if found.alike:
        yield say("why.alike")
    yield from _weight_sentences(told, say)
    yield from (_spoken(one.by, one.verdict.value, one.reason, say) for one in found.verdicts)
    if found.together and len(found.chain) > 1:
        yield say("why.chain", steps=len(found.chain))
        for one in found.chain:
            reason = agreement_in_words(one.reason, say) if one.by.startswith(BY_MODEL) else one.reason
            yield say("why.joint", left=one.left_id, right=one.right_id, reason=reason or one.by)


def _weight_sentences(told: Weights, say: Words) -> Iterator[str]:
    yield say("why.prior", bits=_bits(told.prior_bits))
    yield from (_compared(one, say) for one in told.compared if one.level is not None)
    if silent := [say(f"field.{one.name}") for one in told.compared if one.level is None]:
        yield say("why.silent", fields=say("list.comma").join(silent))
    enough = "why.enough" if told.total_bits >= told.merge_bits else "why.short"
    yield say(enough, bits=_bits(told.total_bits), least=_bits(told.merge_bits))
    if told.forbidden:
        yield say("why.forbidden")
    elif told.doubt:
        yield _doubt(told.doubt, say)
    elif told.against:
        yield say("why.against")
    elif not told.allowed:
        yield say(f"why.guard.{'person' if told.kind == 'person' else 'firm'}")


def _doubt(told: Doubt, say: Words) -> str:
    if not told.seen:
        return say("why.doubt.unseen")
    key = "why.doubt.kin" if not told.joins else "why.doubt.alone" if told.alone else "why.doubt.freed"
    return say(key, seen=told.seen, sure=_percent(told.sure), needed=_percent(told.sure_min))


def _percent(share: float) -> str:
    return f"{floor(share * 1000) / 10:g}"


def _compared(one: ComparedFeature, say: Words) -> str:
    shared = say("why.share", share=f"{one.share:.2g}") if one.share is not None else ""
    return say(
        "why.compared",
        field=say(f"field.{one.name}"),
        level=_level(one, say),
        left=_values(one.left, say),
        right=_values(one.right, say),
        bits=_bits(one.bits or 0.0),
        share=shared,
    )


def _level(one: ComparedFeature, say: Words) -> str:
    """The level in words; of one that is a mere number whether it agrees."""
    told = level_in_words(one.level or "", say)
    return told or say("level.agrees" if (one.bits or 0.0) > 0 else "level.differs")


def _values(told: Sequence[str], say: Words) -> str:
    more = say("list.more", count=len(told) - SHOWN_MAX) if len(told) > SHOWN_MAX else ""
    return (say("list.comma").join(told[:SHOWN_MAX]) or say("list.none")) + more


def _bits(bits: float) -> str:
    return f"{bits:+.1f}"


def _spoken(by: str, verdict: str, reason: str, say: Words) -> str:
    return say("why.spoken", by=by, verdict=say(f"verdict.{verdict}"), reason=say("why.reason", reason=reason) if reason else "")


def _how_sentences(found: How, say: Words) -> Iterator[str]:
    if len(found.record_ids) == 1:
        yield say("how.one", record=found.record_ids[0])
        return
    yield say("how.head", records=len(found.record_ids), looked=found.looked_at)
    yield from (_step(number, step, say) for number, step in enumerate(found.steps, 1))


def _step(number: int, step: JoinStep, say: Words) -> str:
    strongest = step.strongest
    agrees = [one for one in strongest.compared if one.bits is not None and one.bits > 0] if strongest else []
    return say(
        f"how.{step.kind.value}{'.spoken' if step.spoken else ''}",
        number=number,
        left=_values(step.left, say),
        right=_values(step.right, say),
        bits=_bits(step.bits or 0.0),
        agrees=say("list.comma").join(f"{say(f'field.{one.name}')} {_level(one, say)}" for one in agrees),
    )


def _why_not_sentences(found: WhyNot, say: Words) -> Iterator[str]:
    for one in found.obstacles:
        yield from _obstacle(one, found, say)
    if found.strongest:
        yield say("whynot.strongest", left=found.strongest.left_id, right=found.strongest.right_id)
        yield from _weight_sentences(found.strongest, say)


def _obstacle(one: Obstacle, found: WhyNot, say: Words) -> Iterator[str]:
    told = found.strongest
    bar = one.bar.value
    if one.bar is Bar.GUARD and told is not None:
        bar += ".person" if told.kind == "person" else ".firm"
    fields = [one_ if one.bar is Bar.CODES else say(f"field.{one_}") for one_ in one.comparisons]
    yield say(
        f"whynot.{bar}",
        missing=f"{one.missing_bits or 0.0:.1f}",
        fields=say("list.comma").join(fields) or say("list.none"),
        bits=_bits(found.group_bits or 0.0),
    )
    yield from (_spoken(said.by, said.verdict.value, said.reason, say) for said in one.verdicts)

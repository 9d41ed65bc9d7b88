"""The largest parties and what holds them together, for people: names, and sentences."""

from collections.abc import Iterator

from pydantic import Field

from api.context.request_context import RequestContext
from api.parties.summaries import party_refs
from api.reviews.ledger_lines import record_refs
from api.schemas.parties import PartyRef
from api.schemas.reviews import RecordRef
from api.text.agreements import agreement_in_words
from api.words import Words, words
from ontology.base import ImmutableModel, PartyKind
from resolution.entities.chains import LOOKED_AT_MAX, Alarm, Chain, Joint, find_chains
from resolution.live.memory import list_crowds
from resolution.records.identifiers import schemes

LINES = ("phone", "email")
SHOWN_MIN = 7  # Characters; of a shorter one the ends would be nearly all.


class JointTold(ImmutableModel):
    """A pair of records on which one side of a party depends, and how to judge it."""

    joint: Joint = Field(description="The pair and what it holds together.")
    left: RecordRef = Field(description="The one record.")
    right: RecordRef = Field(description="The other record.")
    sentence: str = Field(description="The same in words.")


class ChainTold(ImmutableModel):
    """One large party, what holds it together, and why to look at it."""

    party: PartyRef = Field(description="The party.")
    records: int = Field(description="Number of its records.")
    pieces: int = Field(description="Groups it would fall into without its weak pairs.")
    alarms: tuple[Alarm, ...] = Field(description="Why to look at it; empty where there is no reason.")
    joints: tuple[JointTold, ...] = Field(description="The pairs of records that hold it together, the weakest first.")
    sentences: tuple[str, ...] = Field(description="The same in words.")


class CrowdedValue(ImmutableModel):
    """A value that far more parties bear than its kind allows: it carries nothing, for or against."""

    kind: PartyKind = Field(description="Kind of the parties that bear it.")
    field: str = Field(description="A scheme of identifiers, or phone, email, website, address, day.")
    shown: str = Field(description="The value; of a person's number, a phone or a mailbox the ends alone.")
    parties: int = Field(description="Differently named parties that bear it, at the last full run.")
    sentence: str = Field(description="The same in words.")


class Chains(ImmutableModel):
    """The largest parties, those to look at first, and values that too many bear."""

    alarming: int = Field(description="How many of them to look at.")
    chains: tuple[ChainTold, ...] = Field(description="The parties with most records.")
    crowded: tuple[CrowdedValue, ...] = Field((), description="Most bearers first.")


def largest_parties(context: RequestContext, *, limit: int) -> Chains:
    """The parties of most records with their weakest joints. Nothing is parted: a person's `different` does that."""
    largest, say = find_chains(context.store, limit=limit), words(context.lang)
    parties = party_refs(context, (chain.entity_id for chain in largest))
    ends = {end for chain in largest for joint in chain.joints for end in (joint.left_id, joint.right_id)}
    refs = record_refs(context.store, ends)
    shown_chains = tuple(
        ChainTold(
            party=parties[chain.entity_id],
            records=chain.records,
            pieces=chain.pieces,
            alarms=chain.alarms,
            joints=tuple(
                JointTold(joint=joint, left=refs[joint.left_id], right=refs[joint.right_id], sentence=_joint(joint, say))
                for joint in chain.joints
            ),
            sentences=tuple(_sentences(chain, say)),
        )
        for chain in largest
    )
    crowded = tuple(_crowded(crowd, say) for crowd in list_crowds(context.store)[:limit])
    return Chains(alarming=sum(1 for chain in shown_chains if chain.alarms), chains=shown_chains, crowded=crowded)


def _crowded(crowd: tuple[PartyKind, str, str, int], say: Words) -> CrowdedValue:
    kind, field, value, parties = crowd
    shown_value = _ends(value) if field in LINES or (field in schemes() and not schemes()[field].told) else value
    sentence = say("chains.crowded", field=field, value=shown_value, parties=parties)
    return CrowdedValue(kind=kind, field=field, shown=shown_value, parties=parties, sentence=sentence)


def _ends(value: str) -> str:
    """First three and last two characters, the rest hidden; nothing of a short one."""
    return f"{value[:3]}{'*' * (len(value) - 5)}{value[-2:]}" if len(value) > SHOWN_MIN else "*" * len(value)


def _sentences(chain: Chain, say: Words) -> Iterator[str]:
    if Alarm.SIZE in chain.alarms:
        yield say("chains.large", records=chain.records)
    if Alarm.BRIDGE in chain.alarms:
        yield say("chains.bridge")
    if chain.records > LOOKED_AT_MAX:
        yield say("chains.too_large", most=LOOKED_AT_MAX)
    elif chain.pieces > 1:
        yield say("chains.pieces", pieces=chain.pieces)
    elif not chain.joints:
        yield say("chains.firm")


def _joint(joint: Joint, say: Words) -> str:
    sides = {"left": joint.left_records, "right": joint.right_records}
    if joint.bits is None:
        return say("chains.person", by=joint.by, reason=joint.reason or say("list.none"), **sides)
    weighs = say(
        "chains.weighs", bits=f"{joint.bits:.1f}", needed=f"{joint.needed_bits:.1f}", reason=agreement_in_words(joint.reason, say)
    )
    key = "chains.alone" if joint.alone else "chains.across"
    return f"{say(key, crossing=joint.crossing, **sides)} {weighs}"

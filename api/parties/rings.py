"""Cases of circular trade that may conjure credit, and people's rulings on them."""

from datetime import date, datetime

from pydantic import Field

from api.context.change_marks import mark_facts
from api.context.pages import WHOLE_LIST, PageRequest, page_behind
from api.context.request_context import RequestContext
from api.schemas.freshness import NONE_WHERE_FRESH, Freshness
from api.schemas.pages import Next
from api.schemas.parties import End
from graph.explanations.sentences import Sentences
from graph.scores.scoring import Scoring
from graph.signals.rings import Ring
from ontology.base import Identity, ImmutableModel
from ontology.errors import CaseUnknown, WrongCall
from ontology.limits import refuse_unstorable
from ontology.personal_ids import mask
from ontology.ring import RingRuling, RingVerdict
from store.changes import Change, note_change
from store.port import Store
from store.rows import to_row


class RingLine(ImmutableModel):
    """One case, with what speaks for it and what against. Never a listing by itself."""

    id: Identity = Field(description="Id of the case.")
    shape: str = Field(description="mutual: trade both ways; circle: one way round.")
    parties: tuple[End, ...] = Field(description="The parties that trade with each other.")
    strength: float = Field(description="How closed and how even the trade is, 0..1.")
    conjured_gain: float = Field(description="Trust of its members divided by their trust without the inner trade.")
    speaks_for: tuple[str, ...] = Field(description="What speaks for it, in words.")
    speaks_against: tuple[str, ...] = Field(description="What speaks against it, in words.")
    verdict: RingVerdict | None = Field(None, description="What a person said of it; None while nobody did.")
    by: str | None = Field(None, description="Who said so.")
    reason: str | None = Field(None, description="Why, in the person's own words.")
    decided_at: datetime | None = Field(None, description="When it was said, in UTC.")


class RingLines(ImmutableModel):
    """Cases, the strongest first."""

    as_of: date = Field(description="The day that is answered for.")
    rings: tuple[RingLine, ...] = Field(description="The cases, the strongest first.")
    next: Next = None
    freshness: Freshness | None = Field(None, description=NONE_WHERE_FRESH)


def ring_cases(context: RequestContext, *, dismissed: bool = False, page: PageRequest = WHOLE_LIST) -> RingLines:
    """Cases of the day; with `dismissed` also those that a person dismissed. Raises CursorInvalid."""
    scoring = context.scoring()
    sentences = Sentences(scoring, context.lang)
    rings = [ring for ring in scoring.signals.rings if dismissed or not ring.dismissed]
    cases = page_behind(rings, page, id_of=lambda ring: ring.id, question=f"rings {context.as_of} {dismissed}")
    return RingLines(as_of=context.as_of, rings=tuple(_line(sentences, ring) for ring in cases.lines), next=cases.next)


def rule_on_ring(
    context: RequestContext, case_id: str, verdict: RingVerdict, *, by: str, reason: str, now: datetime
) -> RingRuling:
    """Add a person's ruling on a case. The next propagation applies it; `reopened` takes back the last one.

    Raises CaseUnknown, and WrongCall where there is nothing to reopen.
    """
    refuse_unstorable(by=by, reason=reason)
    scoring = context.scoring()
    ring = next((ring for ring in scoring.signals.rings if ring.id == case_id), None)
    if ring is None:
        raise CaseUnknown(id=case_id)
    if verdict is RingVerdict.REOPENED and ring.ruling is None:
        raise WrongCall(case=case_id, reason="nobody has ruled on it", remedy="Confirm or dismiss it first.")
    word = {
        "case_id": case_id,
        "verdict": verdict,
        "by": mask(by),
        "reason": mask(reason),
        "decided_at": now,
        "shape": ring.shape,
    }
    record_ids = _records(context.store, scoring, ring)
    with context.store.transaction():
        ruling = RingRuling.model_validate({"id": _next_id(context.store), **word})
        context.store.write("rings/put_rulings", rows=[to_row(ruling)])
        context.store.write("rings/put_records", rows=({"ruling_id": ruling.id, "record_id": id_} for id_ in record_ids))
        mark_facts(context.store)
        note_change(context.store, Change.RULED)
    return ruling


def _next_id(store: Store) -> str:
    """Ids count up, so that the last word is the last one whatever a clock says."""
    last = store.read("rings/last")
    return f"RR-{int(last[0]['id'].removeprefix('RR-')) + 1 if last else 1:06}"


def _records(store: Store, scoring: Scoring, ring: Ring) -> list[str]:
    """Records of the members, branches of one head office among them."""
    network = scoring.network
    parties = [party for node in ring.members for party in network.parties_of(node)]
    return [row["id"] for party in parties for row in store.read("network/records_of", entity_id=network.parties.ids[party])]


def _line(sentences: Sentences, ring: Ring) -> RingLine:
    parties, ruling = sentences.network.parties, ring.ruling
    speaks_for, against = sentences.ring_evidence(ring)
    return RingLine(
        id=ring.id,
        shape=ring.shape,
        parties=tuple(
            End(id=parties.ids[member], name=sentences.name(member), kind=parties.kind_of(member).value)
            for member in ring.members
        ),
        strength=ring.strength,
        conjured_gain=sentences.scoring.signals.gain(ring),
        speaks_for=speaks_for,
        speaks_against=against,
        verdict=ruling.verdict if ruling else None,
        by=ruling.by if ruling else None,
        reason=ruling.reason if ruling else None,
        decided_at=ruling.decided_at if ruling else None,
    )

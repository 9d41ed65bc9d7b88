"""The demo: takes a sample region through all stages, and ranks the counterparties of one firm."""

from datetime import date
from pathlib import Path

from api.context.kept_answers import ties_of
from api.context.pages import PageRequest
from api.context.request_context import RequestContext
from api.parties.rankings import reliable_parties, risky_parties
from api.parties.search import find_party
from api.runs.journey import journey
from api.schemas.parties import PartyLine
from api.settings import Settings
from api.text.progress import ReportProgress, no_progress
from api.wiring import open_store, rulebook, settings_of
from ontology.base import ImmutableModel
from ontology.rulebook_parts import TieClass
from samples import Sample, write_sample

RANKED_MAX = 1000
WHOLE_RANKING = PageRequest(RANKED_MAX)
TRADE = {TieClass.TRADE, TieClass.AWARD, TieClass.GUARANTEE}
"""Classes of tie that make another party a counterparty."""


class Demonstration(ImmutableModel):
    """What the demo made and found."""

    store: str
    suppliers: str
    as_of: date
    our_firm: str
    files: int
    records: int
    parties: int
    seconds: dict[str, float]
    riskiest: tuple[PartyLine, ...]
    reliable: tuple[PartyLine, ...]


def demonstrate(
    home: Path, *, seed: int, firms: int, settings: Settings, riskiest: int, reliable: int, report: ReportProgress = no_progress
) -> Demonstration:
    """Make a region in `home`, load it into `home`/kith.db, and ask about the counterparties of its SME."""
    sample = write_sample(home, seed=seed, firms=firms)
    store_file = home.resolve() / "kith.db"
    for ending in ("", "-wal", "-shm"):
        store_file.with_name(store_file.name + ending).unlink(missing_ok=True)
    address, day = f"sqlite:///{store_file}", date.fromisoformat(sample.as_of)
    demo_settings = settings_of(address, **{**settings.model_dump(exclude={"store"}), "today": day})
    store = open_store(demo_settings, create=True)
    try:
        run = journey(store, sample.sources, settings=demo_settings, report=report)
        context = RequestContext(store, rulebook(demo_settings), day, demo_settings.lang)
        return Demonstration(
            store=address,
            suppliers=str(sample.suppliers),
            as_of=day,
            our_firm=sample.our_firm,
            files=len(run.files),
            records=sum(file.statements.get("records", 0) for file in run.files),
            parties=run.parties,
            seconds=run.seconds,
            riskiest=_first_among(risky_parties(context, WHOLE_RANKING).results, counterparties(context, sample), riskiest),
            reliable=_first_among(reliable_parties(context, WHOLE_RANKING).results, counterparties(context, sample), reliable),
        )
    finally:
        store.close()


def counterparties(context: RequestContext, sample: Sample) -> set[str]:
    """Parties that trade with the sample's SME, award it contracts, or are linked with it by a guarantee."""
    sme_id = find_party(context.store, sample.our_firm_record)
    kinds = {kind for kind, rule in context.rulebook.ties.items() if rule.tie_class in TRADE}
    ends = {end for tie in ties_of(context, [sme_id]) if tie.kind in kinds for end in (tie.source_id, tie.target_id)}
    return ends - {sme_id}


def _first_among(ranking: tuple[PartyLine, ...], party_ids: set[str], count: int) -> tuple[PartyLine, ...]:
    return tuple(party for party in ranking if party.id in party_ids)[:count]

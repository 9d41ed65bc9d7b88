"""Every number of every profile of a sample region is followed down to the source rows, and none is there that nobody follows."""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from math import prod
from pathlib import Path
from typing import Any

import pytest

from api.context.request_context import RequestContext
from api.parties.dealings import party_dealings
from api.parties.profiles import profile
from api.parties.records import party_records
from api.parties.source_rows import RowUnknown, source_row
from api.parties.ties import party_ties
from api.runs.journey import journey
from api.schemas.parties import Profile
from api.settings import Settings
from api.wiring import rulebook
from ontology.registration import reason_code
from ontology.score import LineKind
from samples import write_sample
from store.open import open_store

pytestmark = pytest.mark.slow
FIRMS = 160
FROM_THE_RULEBOOK = {
    "ruler.min", "ruler.max", "ruler.bands[].min", "ruler.bands[].max",
}  # fmt: skip
FOLLOWED = {
    "party.score", "party.listed_count", "party.ties", "records", "sources",
    "score.value", "score.lines[].points", "score.reasons[].points", "score.counterfactuals[].score",
    "score.areas.administrative", "score.areas.commercial", "score.areas.social", "score.areas.judicial",
    "score.exposures[].value", "score.exposures[].points", "score.exposures[].remainder",
    "score.exposures[].contributions[].value", "score.exposures[].paths[].strength", "score.exposures[].paths[].covered",
    "score.exposures[].paths[].steps[].coefficient",
    "sealed", "listings[].points", "recognitions[].points",
    "paths[].strength", "paths[].covered", "paths[].hops[].share", "paths[].hops[].amount", "paths[].hops[].coefficient",
    "owners.owners[].stake", "owners.owners[].direct", "owners.untold", "owners.holdings[].share",
    "owners.holdings[].told[].share",
    "dealings.total", "dealings.counterparties", "dealings.on_time", "dealings.late", "dealings.defaulted",
    "dealings.delivered", "dealings.not_delivered",
}  # fmt: skip
BY_NAME = re.compile(r"owners\.owners\[\]\.by_source\..+")


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RequestContext]:
    folder: Path = tmp_path_factory.mktemp("numbers")
    sample = write_sample(folder / "region", seed=5, firms=FIRMS)
    store = open_store(address := f"sqlite:///{folder / 'kith.db'}")
    today = date.fromisoformat(sample.as_of)
    settings = Settings(store=address, today=today, id_key_file=folder / "id.key")  # type: ignore[arg-type]
    journey(store, sample.sources, settings=settings)
    yield RequestContext(store, rulebook(settings), today, "en")
    store.close()


@pytest.fixture(scope="module")
def profiles(context: RequestContext) -> list[Profile]:
    return [profile(context, row["id"]) for row in context.store.read("entities/all")]


def test_sealed_listings_are_those_that_their_issuers_took_off(context: RequestContext, profiles: list[Profile]) -> None:
    for one in profiles:
        rows = context.store.read("network/listings_of", entity_id=one.party.id)
        removed = [row for row in rows if row["removed_on"] and row["removed_on"] <= context.as_of.isoformat()]
        assert one.sealed <= len(removed)
        assert (one.sealed > 0) == bool(removed)
    assert any(one.sealed for one in profiles)


def numbers(told: Any, at: str = "") -> Iterator[str]:
    """Where numbers stand in an answer, list places left out."""
    if isinstance(told, dict):
        for key, value in told.items():
            yield from numbers(value, f"{at}.{key}" if at else key)
    elif isinstance(told, list):
        for value in told:
            yield from numbers(value, f"{at}[]")
    elif isinstance(told, int | float) and not isinstance(told, bool):
        yield at


def test_there_is_no_number_that_nobody_follows(profiles: list[Profile]) -> None:
    found = {at for one in profiles for at in numbers(json.loads(one.model_dump_json(by_alias=True)))}
    assert {at for at in found - FOLLOWED - FROM_THE_RULEBOOK if not BY_NAME.fullmatch(at)} == set()


def rows(context: RequestContext, row_ids: Iterable[str]) -> int:
    """How many rows there are behind these ids; every one must be found, with something in it."""
    found = 0
    for row_id in set(row_ids):
        try:
            assert any(source_row(context.store, row_id).values.values())
        except RowUnknown:
            pytest.fail(f"{row_id} leads to no source row")
        found += 1
    return found


def statements(context: RequestContext) -> dict[str, str]:
    """Row by statement."""
    told: dict[str, str] = {}
    for name in ("listings", "recognitions", "links", "experiences"):
        columns = context.store.columns(f"network/{name}")
        told |= dict(zip(columns["id"], columns["row_id"], strict=True))
    return told


def test_the_lines_of_every_score_add_up_and_lead_to_rows(context: RequestContext, profiles: list[Profile]) -> None:
    row_of, followed = statements(context), 0
    for one in profiles:
        score, party = one.score, one.party.id
        if score.value is not None:
            assert sum(line.points for line in score.lines) == score.value == one.party.score
            assert {area: sum(line.points for line in score.lines if line.area is area) for area in score.areas} == score.areas
        for line in score.lines:
            if line.kind in (LineKind.BASE, LineKind.CAP, LineKind.CEILING, LineKind.FLOOR):
                assert line.title, "a line of the rulebook has its name there"
            elif line.evidence_ids:
                followed += rows(context, (row_of[id_] for id_ in line.evidence_ids))
            elif line.kind is LineKind.POSITIVE and line.rule_id in ("longevity", "court_clean_5y"):
                followed += rows(context, (record.row_id for record in party_records(context, party).records))
            elif line.kind is LineKind.TRUST:
                behind = [row for tie in party_ties(context, party).ties for row in tie.row_ids]
                behind += [dealt.row_id for dealt in party_dealings(context, party).dealings]
                assert rows(context, behind), "trust comes over ties and dealings"
            else:
                assert rows(context, (dealt.row_id for dealt in party_dealings(context, party).dealings)), line
        points = {line.rule_id: line.points for line in score.lines}
        unpaid = [reason for reason in score.reasons if reason.reason_code == reason_code()]  # Told with the records; no points.
        assert all(reason.points in points.values() for reason in score.reasons if reason not in unpaid)
        assert all(reason.points == 0 and one.registration_sentence for reason in unpaid)
        assert all(350 <= told.score <= 950 and told.score != score.value for told in score.counterfactuals)
    assert followed > FIRMS


def test_every_exposure_is_its_contributions_and_every_path_its_hops(context: RequestContext, profiles: list[Profile]) -> None:
    row_of, followed = statements(context), 0
    for one in profiles:
        for exposure in one.score.exposures:
            assert sum(told.value for told in exposure.contributions) == pytest.approx(exposure.value, abs=1e-9)
            listings = [id_ for told in exposure.contributions for id_ in told.listing_ids]
            followed += rows(context, (row_of[id_] for id_ in listings))
            told = [
                line.points for line in one.score.lines if line.kind is LineKind.EXPOSURE and line.rule_id == exposure.profile
            ]
            assert sum(told) == exposure.points
            assert exposure.remainder == pytest.approx(max(0.0, 1 - sum(path.covered for path in exposure.paths)))
            for path in exposure.paths:
                assert path.strength <= prod(step.coefficient for step in path.steps) + 1e-12
                assert path.covered == pytest.approx(min(1.0, path.strength / exposure.value))
        for shown in one.paths:
            assert shown.strength <= prod(hop.coefficient for hop in shown.hops) + 1e-12
            for hop in shown.hops:
                assert rows(context, hop.row_ids)
                followed += 1
    assert followed > 20


def test_every_stake_and_every_count_is_that_of_its_rows(context: RequestContext, profiles: list[Profile]) -> None:
    row_of = statements(context)
    stakes = dealings = 0
    for one in profiles:
        for holding in one.owners.holdings:
            stakes += rows(context, (told.row_id for told in holding.told))
            assert holding.share is None or any(told.share is not None for told in holding.told)
        direct = {holding.owner.id: holding.share for holding in one.owners.holdings}
        for owner in one.owners.owners:
            assert owner.direct is None or owner.direct == pytest.approx(direct[owner.party.id], abs=0.01) or one.owners.above_one
        told = party_dealings(context, one.party.id)
        dealings += rows(context, (line.row_id for line in told.dealings))
        assert one.dealings.total == told.total == len(told.dealings)
        counted = (one.dealings.on_time, one.dealings.late, one.dealings.defaulted, one.dealings.delivered)
        assert sum(counted) + one.dealings.not_delivered <= told.total
        held = party_records(context, one.party.id).records
        assert one.records == len(held) == rows_or_records(context, [record.row_id for record in held], len(held))
        assert one.sources == len({record.dataset for record in held})
        assert one.party.ties == len(party_ties(context, one.party.id).ties) or one.party.ties > 0
        rows(context, (row_of[listing.id] for listing in one.listings))
        rows(context, (row_of[mark.id] for mark in one.recognitions))
        assert one.party.listed_count == sum(listing.in_force for listing in one.listings)
    assert stakes > 50
    assert dealings > 100


def rows_or_records(context: RequestContext, row_ids: list[str], records: int) -> int:
    """The number of records, once each is seen to stand in a row; one row may tell several records."""
    assert 0 < rows(context, row_ids) <= records
    return records

"""The network of a day is loaded once, shared by threads, and loaded anew when the store has changed."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from api.context.explanations import explain_party
from api.context.network_cache import KEPT_MAX
from api.context.request_context import RequestContext
from api.parties.search import find_party
from api.runs.journey import propagate_signals
from ontology.score import Standing
from store.open import open_store
from tests.api.cli.test_commands import store_file
from tests.api.regions import Region


@pytest.fixture
def context(made: Region, tmp_path: Path) -> Iterator[RequestContext]:
    """A question of a copy of the region, so that the test may change it."""
    with closing(sqlite3.connect(store_file(made))) as held, closing(sqlite3.connect(tmp_path / "k.db")) as copy:
        held.backup(copy)
    store = open_store(f"sqlite:///{tmp_path / 'k.db'}")
    yield replace(made.context(), store=store)
    store.close()


def test_eight_threads_share_one_network(context: RequestContext) -> None:
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: context.scoring(), range(16)))
    assert len({id(one) for one in found}) == 1


def test_a_store_that_was_propagated_again_is_loaded_again(context: RequestContext, made: Region) -> None:
    before = context.scoring()
    party = before.network.parties.ids[0]
    propagate_signals(context.store, settings=made.settings, seeds=[party])
    assert context.scoring() is not before
    assert context.scoring().signals.seeds == (party,)


def test_each_day_has_its_own_network_and_few_are_kept_beside_that_of_the_usual_day(context: RequestContext) -> None:
    usual = context.scoring()
    past = [replace(context, as_of=date(year, 1, 1)) for year in range(2015, 2015 + KEPT_MAX)]
    first, *_, last = [context.networks.scoring(one) for one in past]
    assert context.networks.scoring(past[-1]) is last
    assert context.networks.scoring(past[0]) is not first
    assert context.scoring() is usual


def test_a_past_day_tells_what_was_in_force_then(context: RequestContext, made: Region) -> None:
    party = find_party(context.store, made.story("defaulters_subsidiary", "risky")[0]["record_id"])
    assert explain_party(context, party).score.standing is Standing.BY_ASSOCIATION
    assert explain_party(replace(context, as_of=date(2015, 1, 1)), party).score.standing is Standing.NOTHING_FOUND

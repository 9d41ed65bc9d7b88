"""A look opens what the last run kept; it derives a network only where nothing fits, and is never of another state unsaid."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

import graph.pipeline
from api.context import network_cache
from api.context.freshness import freshness_of
from api.context.network_cache import NetworkCache
from api.context.pages import PageRequest
from api.context.request_context import RequestContext
from api.parties.profiles import profile
from api.parties.rankings import reliable_parties, risky_parties
from api.runs.journey import propagate_signals
from api.runs.single_records import put_document
from api.settings import Settings
from graph.explanations.rankings import ANYBODY
from ontology.base import PartyKind
from resolution.live import Live
from store.open import open_store
from store.port import Store
from tests.api.regions import Region
from tests.stores import copy_file


@pytest.fixture
def derived(monkeypatch: pytest.MonkeyPatch) -> list[date]:
    """Days whose networks were derived."""
    days: list[date] = []
    derive = network_cache.derive_network

    def counted(store: Store, **more: object) -> object:
        days.append(more["as_of"])  # type: ignore[arg-type]
        return derive(store, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(network_cache, "derive_network", counted)
    return days


def anew(context: RequestContext) -> RequestContext:
    """The same question in a process that has asked nothing yet."""
    return replace(context, networks=NetworkCache())


def test_a_look_derives_nothing_after_a_run(region: Region, derived: list[date]) -> None:
    context = anew(region.context())
    riskiest = risky_parties(context, PageRequest(20))
    assert riskiest.results
    assert reliable_parties(context, PageRequest(20), ANYBODY).results
    assert profile(context, riskiest.results[0].id).paths is not None
    assert not derived


def test_another_day_is_derived_once_and_kept(region: Region, derived: list[date]) -> None:
    earlier = replace(region.context(), as_of=region.context().as_of - timedelta(30))
    first = anew(earlier).scoring()
    assert derived == [earlier.as_of]
    again = anew(earlier).scoring()
    assert derived == [earlier.as_of]
    assert [*first.network.parties.ids] == [*again.network.parties.ids]
    assert first.riskiest.party.tolist() == again.riskiest.party.tolist()


def test_looks_at_other_days_never_push_out_the_usual_one(copy: Region, derived: list[date]) -> None:
    context = copy.context()

    def look_at_other_days() -> int:
        for days in range(1, 6):
            anew(replace(context, as_of=context.as_of - timedelta(days))).scoring()
        return len(derived)

    assert look_at_other_days() == 5
    assert anew(context).scoring()
    assert len(derived) == 5
    put_firm(copy, "岚汀市晓岚新设贸易有限公司")
    assert anew(context).scoring()
    assert look_at_other_days() == 11
    assert anew(context).scoring()
    assert len(derived) == 11


def test_a_run_after_nothing_changed_computes_nothing(region: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    first = propagate_signals(region.store, settings=region.settings)

    def load(*_: object, **__: object) -> None:
        raise AssertionError("the network was read")

    monkeypatch.setattr(graph.pipeline, "load", load)
    again = propagate_signals(region.store, settings=region.settings)
    assert again.unchanged
    assert (again.parties, again.ties, again.signals, again.scores) == (first.parties, first.ties, first.signals, first.scores)
    assert not any(again.written.values())


def test_a_run_that_a_write_crossed_is_not_taken_for_the_state_after_it(copy: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    load = graph.pipeline.load

    def load_and_be_crossed(store: Store, **more: object) -> object:
        network = load(store, **more)  # type: ignore[arg-type]
        put_firm(copy, "岚汀市晓岚新设贸易有限公司")
        return network

    later = copy.settings.model_copy(update={"today": copy.context().as_of + timedelta(1)})
    monkeypatch.setattr(graph.pipeline, "load", load_and_be_crossed)
    propagate_signals(copy.store, settings=later)
    monkeypatch.setattr(graph.pipeline, "load", load)
    looked_at = anew(replace(copy.context(), as_of=copy.context().as_of + timedelta(1))).scoring()
    assert "岚汀市晓岚新设贸易有限公司" in [*looked_at.network.parties.names]
    assert not propagate_signals(copy.store, settings=later).unchanged
    assert propagate_signals(copy.store, settings=later).unchanged


def test_without_the_kept_file_a_run_computes_and_keeps_it_again(region: Region) -> None:
    propagate_signals(region.store, settings=region.settings)
    for folder in region.store.kept_folders:
        shutil.rmtree(folder, ignore_errors=True)
    assert not propagate_signals(region.store, settings=region.settings).unchanged
    assert propagate_signals(region.store, settings=region.settings).unchanged


def test_another_day_or_other_vetted_parties_are_a_change(region: Region) -> None:
    propagate_signals(region.store, settings=region.settings)
    day = region.context().as_of
    later = region.settings.model_copy(update={"today": day + timedelta(1)})
    assert not propagate_signals(region.store, settings=later).unchanged
    assert not propagate_signals(region.store, settings=region.settings).unchanged
    seed = reliable_parties(anew(region.context()), PageRequest(1), ANYBODY).results[0].id
    assert not propagate_signals(region.store, settings=region.settings, seeds=[seed]).unchanged
    assert propagate_signals(region.store, settings=region.settings, seeds=[seed]).unchanged
    assert not propagate_signals(region.store, settings=region.settings).unchanged


@pytest.fixture
def copy(made: Region, tmp_path: Path) -> Iterator[Region]:
    """The region in a file of its own, with what is kept beside it."""
    source = Path(str(made.settings.store.get_secret_value()).removeprefix("sqlite:///"))
    target = tmp_path / source.name
    copy_file(source, target)
    shutil.copytree(source.with_name(f"{source.name}-kept"), tmp_path / f"{source.name}-kept")
    store = open_store(f"sqlite:///{target}")
    settings = Settings(store=f"sqlite:///{target}", today=made.settings.today, id_key_file=made.settings.id_key_file)
    propagate_signals(store, settings=settings)  # Other tests may have ruled on rings of the region it is copied from.
    yield replace(made, store=store, settings=settings)
    store.close()


def test_a_store_moved_with_what_is_kept_beside_it_is_looked_at_as_before(copy: Region, derived: list[date]) -> None:
    assert anew(copy.context()).scoring()
    assert not derived


def test_a_store_moved_alone_is_derived_once(copy: Region, derived: list[date]) -> None:
    shutil.rmtree(copy.store.kept_folders[0])
    assert anew(copy.context()).scoring()
    assert anew(copy.context()).scoring()
    assert len(derived) == 1


def test_where_the_folder_takes_no_file_the_users_cache_does(
    copy: Region, derived: list[date], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    beside, cached = copy.store.kept_folders
    shutil.rmtree(beside)
    beside.write_text("in the way")
    assert anew(copy.context()).scoring()
    assert [file.suffix for file in cached.iterdir()] == [".network"]
    assert anew(copy.context()).scoring()
    assert len(derived) == 1


def test_a_store_that_changed_is_looked_at_as_it_is_now_where_it_is_small(copy: Region, derived: list[date]) -> None:
    new_id = put_firm(copy, "岚汀市晓岚新设贸易有限公司")
    assert profile(anew(copy.context()), new_id).party.name == "岚汀市晓岚新设贸易有限公司"
    assert len(derived) == 1


def test_a_large_store_that_changed_is_looked_at_as_of_the_last_run_and_says_so(
    copy: Region, derived: list[date], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network_cache, "DERIVED_MAX", 0)
    before = risky_parties(anew(copy.context()), PageRequest(20))
    new_id = put_firm(copy, "岚汀市晓岚新设贸易有限公司")
    context = anew(copy.context())
    assert risky_parties(context, PageRequest(20)).results == before.results
    fresh = freshness_of(context)
    assert fresh
    assert "records" in fresh.waiting
    assert not derived
    assert profile(context, new_id).party.id == new_id
    assert len(derived) == 1


def test_what_is_taken_out_of_a_store_does_not_stay_in_what_is_kept(copy: Region) -> None:
    from api.runs.journey import unload_sources
    from resolution.sources.unloading import find_sources

    unload_sources(copy.store, find_sources(copy.store, "court_defaulters"))
    assert not [file for folder in copy.store.kept_folders if folder.exists() for file in folder.iterdir()]


def put_firm(region: Region, name: str) -> str:
    """Put a record of a new firm; the id of its party."""
    record = {"id": "crm:new-1", "dataset": "crm", "source_class": "1", "kind": PartyKind.FIRM.value, "names": [{"text": name}]}
    put = put_document(Live(region.store), record, settings=region.settings)
    return put.changed.parties[0].id


@pytest.mark.parametrize("verb", ["show", "explain", "owners", "paths", "risky"])
def test_a_look_at_a_kept_network_loads_nothing_heavy(made: Region, verb: str) -> None:
    party = risky_parties(anew(made.context()), PageRequest(1)).results[0].id
    call = [verb, *([party] if verb != "risky" else []), "--store", str(made.settings.store.get_secret_value())]
    script = f"""import sys
sys.argv = ["kith", *{call!r}, "--as-of", {made.sample.as_of!r}]
from api.cli import main
try:
    main()
except SystemExit as end:
    print(end.code)
print([name for name in ("numba", "scipy", "duckdb", "pyarrow", "splink", "rapidfuzz") if name in sys.modules])"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True)
    assert done.stdout.splitlines()[-2:] == ["0", "[]"]

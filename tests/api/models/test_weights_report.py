"""`kith model show`, `kith resolve --model`: the weights as they are, as a page, and another model in their place."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from api.cli import build
from api.models.weights_page import as_html
from api.models.weights_report import models_of, show_models
from api.settings import Settings
from ontology.base import PartyKind
from ontology.errors import ModelInvalid, WrongCall
from resolution.comparisons.model import model
from resolution.comparisons.model_choice import read_model
from resolution.pipeline import resolve
from store.open import open_store
from store.port import Store
from store.rows import to_row
from tests.resolution.aliases.test_aliases import NOON, RECORDS

RUN = CliRunner()
BOTH = (PartyKind.PERSON, PartyKind.FIRM)


def written(folder: Path, kind: PartyKind, **changed: Any) -> Path:
    file = folder / f"{kind}.json"
    file.write_text(model(kind).model_copy(update=changed).model_dump_json(), "utf-8")
    return file


def test_every_level_is_shown_with_its_bits(sqlite_store: Store) -> None:
    for shown in show_models(sqlite_store, (), kinds=BOTH).models:
        own = model(shown.kind)
        told = {one.name: {level.label: level.bits for level in one.levels} for one in shown.comparisons}
        assert told == {name: {label: odds.bits for label, odds in levels.items()} for name, levels in own.comparisons.items()}
        assert shown.counted is None


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_stands_alone(sqlite_store: Store, lang: str) -> None:
    page = as_html(show_models(sqlite_store, (), kinds=BOTH), lang=lang)
    assert not re.search(r"<script|https?:|<link|@import|url\(", page)
    levels = sum(len(levels) for kind in BOTH for levels in model(kind).comparisons.values())
    assert page.count("<rect") == levels


def test_another_model_is_resolved_with_shown_and_given_up_again(store: Store, tmp_path: Path) -> None:
    store.write("sources/put_records", rows=[to_row(record) for record in RECORDS])
    other = read_model(written(tmp_path, PartyKind.FIRM, version="firm-own", merge_bits=500.0, group_bits=500.0))
    first = resolve(store, now=NOON)
    again = resolve(store, now=NOON, models=[other])
    (shown,) = show_models(store, (other,), kinds=[PartyKind.FIRM]).models
    assert shown.counted is not None
    assert (shown.version, shown.counted.model, shown.counted.records) == ("firm-own", "firm-own", len(RECORDS))
    assert again.entities >= first.entities
    assert resolve(store, now=NOON).entities == first.entities


def test_a_model_of_the_settings_is_read_and_one_given_stands_over_it(tmp_path: Path) -> None:
    settings = Settings(firm_model=written(tmp_path, PartyKind.FIRM, version="one"))
    assert [one.version for one in models_of(settings)] == ["one"]
    (tmp_path / "more").mkdir()
    given = written(tmp_path / "more", PartyKind.FIRM, version="two")
    assert [one.version for one in models_of(settings, [given])] == ["two"]
    with pytest.raises(WrongCall):
        models_of(settings, [given, given])
    with pytest.raises(WrongCall):
        models_of(Settings(person_model=given))


@pytest.mark.parametrize("text", ["{}", "nothing", '{"version": "x"}'])
def test_what_is_no_model_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "m.json").write_text(text)
    with pytest.raises(ModelInvalid, match=r"m\.json"):
        read_model(tmp_path / "m.json")


def test_a_model_with_other_levels_or_no_chance_is_refused(tmp_path: Path) -> None:
    told = json.loads(model(PartyKind.FIRM).model_dump_json())
    told["comparisons"]["days"]["exact"]["u"] = 0.0
    (tmp_path / "zero.json").write_text(json.dumps(told))
    del told["comparisons"]["days"]
    (tmp_path / "short.json").write_text(json.dumps(told))
    for name in ("zero.json", "short.json"):
        with pytest.raises(ModelInvalid):
            read_model(tmp_path / name)


def test_the_command_prints_both_kinds_or_writes_the_page(tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path / 'k.db'}"
    open_store(store).close()
    told = RUN.invoke(build(), ["model", "show", "--store", store])
    assert told.exit_code == 0, told.output
    assert "person-" in told.stdout
    assert "firm-" in told.stdout
    done = RUN.invoke(build(), ["model", "show", "firm", "--html", str(tmp_path / "m.html"), "--store", store])
    assert "m.html" in done.stdout
    assert (tmp_path / "m.html").read_text("utf-8").startswith("<!doctype html>")
    found = json.loads(RUN.invoke(build(), ["model", "show", "firm", "--json", "--store", store]).stdout)
    assert [one["kind"] for one in found["models"]] == ["firm"]

import contextlib
import copy
from collections.abc import Callable
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ontology.base import PartyKind, SourceClass
from ontology.errors import RulebookInvalid
from ontology.listing import Listing
from ontology.rulebook import build_rulebook, default_rulebook, load_rulebook
from ontology.rulebook_expressions import NotInGrammar, parse
from ontology.rulebook_terms import add_months, ends_on, in_force

DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))


def content() -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load(files("ontology").joinpath("rulebooks/default.yaml").read_text("utf-8"))
    return copy.deepcopy(told)


def rule(told: dict[str, Any], id_: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in told["list_types"] if one["id"] == id_)
    return found


def listing(listed_on: date | None, list_type: str = "serious_violation", **more: Any) -> Listing:
    stated = {"id": "B1", "dataset": "court", "source_class": SourceClass.PUBLIC, "row_id": "f#1", "issuer": "SAMR"}
    return Listing(list_type=list_type, record_id="r", listed_on=listed_on, **(stated | more))


def test_the_default_rulebook_passes_its_own_lint() -> None:
    book = default_rulebook()
    assert (len(book.list_types), len(book.positive_signals)) == (28, 17), "a rule came or went: write the new counts here"


def test_the_content_changes_only_together_with_its_version() -> None:
    """A score names the version it follows: whoever changes a rule raises the version, and both are written here."""
    book = default_rulebook()
    version, content_hash = "kith-default 2026.11.3", "8a7104263e3afd41"
    changed = f"the rules changed: raise `version` and `supersedes` in default.yaml; here hash {book.content_hash[:16]}"
    assert (book.version, book.content_hash[:16]) == (version, content_hash), changed


def test_the_hash_follows_the_content() -> None:
    told = content()
    assert build_rulebook(told).content_hash == default_rulebook().content_hash
    rule(told, "serious_violation")["points"] = -161
    assert build_rulebook(told).content_hash != default_rulebook().content_hash


def test_the_rule_for_unknown_lists_is_never_a_block_and_makes_a_check_say_look() -> None:
    book = default_rulebook()
    unknown = book.list_type("a_list_of_tomorrow")
    assert unknown is not None
    assert (unknown.id, unknown.check, unknown.points, unknown.severity) == (book.unknown_list, "look", 0, "minor")
    assert set(unknown.restrictions.values()) == {"advise"}
    assert not book.names_list("a_list_of_tomorrow")


@given(DAYS)
def test_a_listing_without_a_day_is_in_force_until_its_source_ends_it(day: date) -> None:
    book = default_rulebook()
    for rule in book.list_types:
        still = listing(None, rule.id)
        assert ends_on(still, rule) is None
        assert in_force(still, rule, day)
        ended = listing(None, rule.id, removed_on=day)
        assert not in_force(ended, rule, day)
        assert in_force(ended, rule, date.fromordinal(day.toordinal() - 1))


def test_a_listing_that_its_source_will_take_off_later_stands_until_then() -> None:
    rule_ = default_rulebook().list_type("court_judgment_default")
    assert rule_ is not None
    still = listing(date(2024, 3, 1), rule_.id, removed_on=date(2027, 1, 31))
    assert (ends_on(still, rule_), in_force(still, rule_, date(2026, 11, 22))) == (date(2027, 1, 31), True)
    assert ends_on(listing(date(2024, 3, 1), rule_.id), rule_) == date(2026, 3, 1)


BREACHES: dict[str, tuple[Callable[[dict[str, Any]], Any], str]] = {
    "a list type without an end": (
        lambda b: rule(b, "abnormal_operations").update(validity={"kind": "until_repaired"}),
        "never ends",
    ),
    "a measure outside the vocabulary": (
        lambda b: rule(b, "wage_arrears")["restrictions"].update(train_travel="block"),
        "train_travel",
    ),
    "an effect outside the vocabulary": (lambda b: rule(b, "wage_arrears")["restrictions"].update(honours="shame"), "shame"),
    "points outside the severity's band": (lambda b: rule(b, "serious_violation").update(points=-20), "outside"),
    "a general list costing as much as a serious one": (lambda b: rule(b, "credit_inflation").update(points=-180), "outside"),
    "a rule for unknown lists that is no list type": (lambda b: b.update(unknown_list="nowhere"), "nowhere"),
    "an unknown severity": (lambda b: rule(b, "wage_arrears").update(severity="grave"), "grave"),
    "an unknown profile": (lambda b: rule(b, "wage_arrears").update(propagation=["family"]), "family"),
    "an unknown tie kind": (lambda b: b["profiles"]["corporate"]["ties"][0].update(kind="MARRIED_TO"), "MARRIED_TO"),
    "propagation to a person": (lambda b: b["profiles"]["corporate"]["ties"][3].update(to="person"), "to a person"),
    "code in place of a formula": (
        lambda b: b["profiles"]["corporate"]["ties"][0].update(coefficient="__import__('os').getpid()"),
        "not in the grammar",
    ),
    "a formula over an unknown quantity": (
        lambda b: b["profiles"]["corporate"]["ties"][0].update(coefficient="0.8*rumour"),
        "rumour",
    ),
    "a person with social points": (
        lambda b: rule(b, "wage_arrears").update(points_apply_to=["firm", "person"]),
        "signed article",
    ),
    "a scored person": (lambda b: b["score"]["applies_to"].update(person=True), "persons get no score"),
    "bands with a gap": (lambda b: b["score"]["bands"][1].update(min=551), "without a gap"),
    "points on association": (lambda b: b["profiles"]["association"].update(cap_points=-10), "bears no points"),
    "a good mark told in two ways": (lambda b: b["positive_signals"][0].update(points_per_unit=2), "exactly one"),
    "a field nobody declared": (lambda b: rule(b, "wage_arrears").update(shaming_page=True), "shaming_page"),
    "two lists under one reason": (
        lambda b: rule(b, "serious_violation").update(reason="A01"),
        "reason A01: of several list types",
    ),
    "an appeal nobody answers": (lambda b: rule(b, "serious_violation").update(appeal="issuer"), "known: source_issued"),
    "a list without its issuer": (
        lambda b: rule(b, "serious_violation").pop("issuer_kind"),
        "list_types.serious_violation.issuer_kind",
    ),
    "the same list twice": (lambda b: b["list_types"].append(b["list_types"][0]), "twice"),
}


@pytest.mark.parametrize("breach", BREACHES)
def test_the_lint_refuses(breach: str) -> None:
    told = content()
    change, expected = BREACHES[breach]
    change(told)
    with pytest.raises(RulebookInvalid) as refused:
        build_rulebook(told)
    assert any(expected in finding for finding in refused.value.facts["findings"])  # type: ignore[attr-defined]


def test_the_lint_names_every_breach_at_once() -> None:
    told = content()
    for change, _ in list(BREACHES.values())[:4]:
        change(told)
    with pytest.raises(RulebookInvalid) as refused:
        build_rulebook(told)
    assert refused.value.facts["found"] == 4


def test_a_file_that_is_no_rulebook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text("- just\n- a list\n", "utf-8")
    with pytest.raises(RulebookInvalid):
        load_rulebook(path)
    with pytest.raises(RulebookInvalid):
        load_rulebook(tmp_path / "absent.yaml")


@pytest.mark.parametrize(
    ("text", "quantities", "value"),
    [
        ("0.8*share", {"share": 0.5}, 0.4),
        ("leg1*leg2/(n-1)", {"leg1": 0.5, "leg2": 0.5, "n": 3}, 0.125),
        ("20 * (abs(1 - invoiced / declared) <= 0.1)", {"invoiced": 95.0, "declared": 100.0}, 20.0),
        ("clip(60 * (on_time_rate - 0.8) / 0.2, 0, 60)", {"on_time_rate": 0.9}, 30.0),
        ("min(1, 2, -x)", {"x": 3}, -3),
    ],
)
def test_formulas_give_their_value(text: str, quantities: dict[str, float], value: float) -> None:
    assert parse(text).value(quantities) == pytest.approx(value)


@pytest.mark.parametrize(
    "text",
    [
        "share.real",
        "share ** 2",
        "lambda: 1",
        "[1]",
        "open('x')",
        "min(1)",
        "x if y else z",
        "1 < x < 2",
        "True",
        "'a'",
        "min(x, y=1)",
        "",
        "(" * 90,
    ],
)
def test_what_is_not_in_the_grammar_is_refused(text: str) -> None:
    with pytest.raises(NotInGrammar):
        parse(text)


@given(st.text(max_size=60))
def test_no_text_makes_the_parser_do_anything_but_parse_or_refuse(text: str) -> None:
    with contextlib.suppress(NotInGrammar):
        parse(text)


def test_months_clip_to_the_end_of_the_month() -> None:
    assert add_months(date(2026, 8, 31), 3) == date(2026, 11, 30)
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert add_months(date(2026, 3, 31), -1) == date(2026, 2, 28)


@given(DAYS, st.integers(0, 400))
def test_later_months_are_later_days(day: date, months: int) -> None:
    assert add_months(day, months) < add_months(day, months + 1)


@pytest.mark.shared
def test_the_vectors_of_expiry(shared_data: Path) -> None:
    vectors = yaml.safe_load((shared_data / "rules/test_vectors.yaml").read_text("utf-8"))["expiry"]
    book = default_rulebook()
    for vector in vectors:
        found = book.list_type(vector["rule"])
        assert found
        told = listing(date.fromisoformat(vector["listed"]), vector["rule"])  # YAML 1.1 reads the key "on" as true.
        assert in_force(told, found, date.fromisoformat(vector[True])) is vector["active"], vector


@pytest.mark.shared
def test_the_vectors_of_bands(shared_data: Path) -> None:
    vectors = yaml.safe_load((shared_data / "rules/test_vectors.yaml").read_text("utf-8"))["bands"]
    assert [default_rulebook().score.band(value).id for value, _ in vectors] == [band for _, band in vectors]


@given(DAYS, DAYS, st.none() | DAYS, st.none() | DAYS, st.sampled_from([one.id for one in default_rulebook().list_types]))
def test_a_listing_never_outlives_its_stated_end_its_removal_or_its_rule(
    listed: date, on: date, stated: date | None, removed: date | None, list_type: str
) -> None:
    found = default_rulebook().list_type(list_type)
    assert found
    told = listing(listed, list_type, ends_on=stated, removed_on=removed)
    end = ends_on(told, found)
    assert in_force(told, found, on) == (listed <= on and (end is None or on < end))
    for day in (stated, removed, add_months(listed, found.validity.max_months) if found.validity.max_months else None):
        assert day is None or (end is not None and end <= day)


def test_an_extension_counts_only_where_the_source_tells_it() -> None:
    court = default_rulebook().list_type("court_judgment_default")
    assert court
    assert ends_on(listing(date(2024, 1, 31), court.id), court) == date(2026, 1, 31)
    assert ends_on(listing(date(2024, 1, 31), court.id, ends_on=date(2027, 6, 1)), court) == date(2027, 6, 1)
    assert ends_on(listing(date(2024, 1, 31), court.id, ends_on=date(2040, 1, 1)), court) == date(2029, 1, 31)


def test_wage_arrears_bear_points_for_firms_and_never_for_persons() -> None:
    wages = default_rulebook().list_type("wage_arrears")
    assert wages
    assert (wages.points_for(PartyKind.FIRM), wages.points_for(PartyKind.PERSON)) == (-150, 0)

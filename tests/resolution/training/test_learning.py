"""Learning without labels: laws of the counts, and what Splink's EM finds in a set whose truth is known."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.models.evaluations import Measure
from api.models.training import Figures, learn_model, refuse_other, refuse_worse
from ontology.base import PartyKind
from ontology.errors import ModelNoBetter, NothingToDo, WrongCall
from ontology.record import Address, Record
from resolution.comparisons.declarations import comparisons
from resolution.comparisons.model import Model, Odds, check_fits, model
from resolution.comparisons.model_choice import read_model
from resolution.judgements.verdicts import Verdicts
from resolution.records.analysed import analyse
from resolution.training.blocks import BLOCKS, build_blocks, draw_positions, hash_fractions, pair_by_shared_value
from resolution.training.counting import Counts, as_odds, bounded, estimate_m, estimate_u
from resolution.training.labels import Labels
from resolution.training.training import WHOLE, LabelledPairs, label_pairs, learn
from store.port import Store
from store.rows import to_rows
from tests.resolution.parties import person

PERSON = model(PartyKind.PERSON)
NOBODY = Labels({}, Verdicts(), 0.0)
SYLLABLES = ("bel", "cor", "dan", "fes", "gil", "hum", "kar", "lon", "mir", "nop", "ras", "tev", "vol", "wyn", "zad")
PARTIES, WRONG_DAY, MOVED = 1_200, 0.1, 0.3


def counts(levels: Mapping[str, list[float]], asked: float) -> Counts:
    return Counts(
        {name: np.array(own) for name, own in levels.items()}, {name: float(sum(own)) for name, own in levels.items()}, asked
    )


def nothing() -> dict[str, list[float]]:
    return {told.name: [0.0] * len(told.levels) for told in comparisons(PartyKind.PERSON)}


@given(st.integers(0, 10**9), st.integers(0, 10**6))
def test_a_level_that_no_pair_shows_keeps_its_weight(pairs: int, ones: int) -> None:
    levels = nothing()
    levels["genders"] = [float(pairs), 0.0]
    two = estimate_u(PERSON, counts(nothing(), 0.0), counts(levels, float(pairs)), pairs)
    seen = nothing() | {"genders": [float(ones), 0.0]}
    m = estimate_m(PERSON, seen, {name: sum(own) for name, own in seen.items()}, two)
    for told in comparisons(PartyKind.PERSON):
        for at, odds in enumerate(PERSON.odds(told)):
            if told.name != "genders" or at:
                assert np.log2(m[told.name][at] / two.chances[told.name][at]) == pytest.approx(odds.bits, abs=1e-6)


def test_a_level_seen_often_enough_goes_by_what_was_seen() -> None:
    near, random = nothing(), nothing()
    near["genders"], random["genders"] = [100.0, 300.0], [500.0, 500.0]
    two = estimate_u(PERSON, counts(near, 400.0), counts(random, 1000.0), 100_000)
    assert two.chances["genders"] == pytest.approx([50_100 / 100_400, 50_300 / 100_400], rel=0.02)
    seen = nothing() | {"genders": [9_000.0, 1_000.0]}
    assert estimate_m(PERSON, seen, {name: sum(own) for name, own in seen.items()}, two)["genders"] == pytest.approx(
        [0.9, 0.1], rel=0.02
    )


@given(st.lists(st.tuples(st.floats(1e-6, 0.5), st.floats(1e-6, 0.5)), min_size=20, max_size=20))
def test_names_that_agree_better_never_weigh_less(chances: list[tuple[float, float]]) -> None:
    m, u = (
        {told.name: [getattr(odds, which) for odds in PERSON.odds(told)] for told in comparisons(PartyKind.PERSON)}
        for which in "mu"
    )
    m["names"], u["names"] = [one for one, _ in chances], [two for _, two in chances]
    bits = [odds.bits for odds in as_odds(PERSON, m, u)["names"].values()]
    assert all(higher >= lower - 0.01 for higher, lower in pairwise(bits))


def test_what_one_store_shows_is_bounded_by_what_was_believed_of_the_field() -> None:
    chances = {name: dict(levels) for name, levels in PERSON.comparisons.items()}
    chances["contacts"]["one"] = Odds(m=0.9, u=1e-12)
    odds = bounded(PERSON, chances)
    assert odds["contacts"]["one"].m == 0.9
    assert odds["contacts"]["one"].bits == pytest.approx(
        max(one.bits for one in PERSON.comparisons["contacts"].values()) + 3, abs=0.01
    )
    assert {name: levels for name, levels in odds.items() if name != "contacts"} == {
        name: levels for name, levels in PERSON.comparisons.items() if name != "contacts"
    }


def made() -> tuple[list[Record], dict[str, str]]:
    """Two records of each person, drawn with a fixed seed: a tenth of the days are other ones, three homes in ten moved."""
    draw = Random(37)
    records, truth = [], {}
    for party in range(PARTIES):
        name = " ".join("".join(draw.choices(SYLLABLES, k=2)) for _ in range(2))
        day, home = _day(draw), _home(draw)
        for twin in range(2):
            born = _day(draw) if twin and draw.random() < WRONG_DAY else day
            lives = _home(draw) if twin and draw.random() < MOVED else home
            one = person(f"{party}-{twin}", name, born_on=born, addresses=(Address(text=lives, postcode=lives),))
            records.append(one)
            truth[one.id] = str(party)
    return records, truth


def _day(draw: Random) -> str:
    return f"{draw.randint(1950, 1979)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"


def _home(draw: Random) -> str:
    return f"{draw.choice('ABCDEFGH')}{draw.choice('KLMNOP')}{draw.randint(1, 40)} {draw.randint(1, 9)}{draw.choice('QRST')}X"


@pytest.fixture(scope="module")
def persons() -> LabelledPairs:
    return label_pairs(PartyKind.PERSON, map(analyse, made()[0]), NOBODY, held_out=False)


@pytest.fixture(scope="module")
def learned(persons: LabelledPairs) -> Model:
    return learn(PERSON, persons, provenance="a made set")[0]


def test_em_finds_how_often_days_of_one_person_differ(learned: Model) -> None:
    check_fits(learned)
    told = learned.comparisons["days"]
    assert sum(told[level].m for level in ("rare", "unusual", "exact")) == pytest.approx(1 - WRONG_DAY, abs=0.03)
    other_days = ("far", "wholly", "years_apart", "different", "nearby", "same_year", "close", "near")
    assert sum(told[level].m for level in other_days) == pytest.approx(WRONG_DAY, abs=0.03)
    assert learned.comparisons["ids"]["exclusive"].bits == pytest.approx(PERSON.comparisons["ids"]["exclusive"].bits, abs=0.01)
    assert (learned.merge_bits, learned.random_match) == (PERSON.merge_bits, PERSON.random_match)
    assert "Splink's EM" in learned.made


def test_what_is_learned_does_not_hang_on_the_order_of_records(learned: Model) -> None:
    again = label_pairs(PartyKind.PERSON, map(analyse, made()[0][::-1]), NOBODY, held_out=False)
    assert learn(PERSON, again, provenance="a made set")[0] == learned


def test_some_of_the_records_teach_what_all_of_them_do(persons: LabelledPairs, learned: Model) -> None:
    drawn = draw_positions(hash_fractions(persons.records), len(persons.records) * 2 // 3)
    assert len(drawn) == len(persons.records) * 2 // 3
    assert np.all(np.diff(drawn) > 0)
    sizes = replace(WHOLE, records=len(drawn))
    days = learn(PERSON, persons, provenance="a made set", sizes=sizes)[0].comparisons["days"]
    for level in ("exact", "different", "wholly"):
        assert days[level].m == pytest.approx(learned.comparisons["days"][level].m, abs=0.05)


def test_few_records_teach_nothing_and_it_is_said(persons: LabelledPairs) -> None:
    few = label_pairs(PartyKind.PERSON, persons.records[:60], NOBODY, held_out=False)
    with pytest.raises(NothingToDo):
        learn(PERSON, few, provenance="a few")


def test_pairs_of_a_block_share_its_value_and_none_crowds_out_the_others() -> None:
    crowd = [analyse(person(f"c{n}", "Ann Lee", born_on="1970-01-02")) for n in range(40)]
    two = [analyse(person(f"t{n}", "Bo Fell", born_on="1971-03-04")) for n in range(2)]
    left, right = pair_by_shared_value([*crowd, *two], BLOCKS["days"], pairs_max=45)
    assert len(left) == 45
    assert (40, 41) in set(zip(left.tolist(), right.tolist(), strict=True))
    assert set(build_blocks(crowd, pairs_max=10)) == {"names", "days"}


@pytest.mark.parametrize(("precision", "f1"), [(0.99, 0.948), (0.98, 0.97)])
def test_a_model_that_finds_less_or_joins_more_wrongly_is_refused(precision: float, f1: float) -> None:
    was, now = (_figures(*one) for one in ((0.99, 0.95), (precision, f1)))
    with pytest.raises(ModelNoBetter):
        refuse_worse(was, now)
    refuse_worse(was, was)


def _figures(precision: float, f1: float) -> Figures:
    told = Measure(precision=precision, recall=0.9, f1=f1)
    return Figures(version="v", pairs=told, b_cubed=None, clusters=None)


def test_a_model_that_joins_far_other_pairs_is_refused_where_nobody_can_tell() -> None:
    refuse_other(1000, 1080)
    for after in (850, 1150):
        with pytest.raises(ModelNoBetter):
            refuse_other(1000, after)


def test_firms_are_not_learned_without_labels(sqlite_store: Store, tmp_path: Path) -> None:
    with pytest.raises(WrongCall):
        learn_model(sqlite_store, PartyKind.FIRM, tmp_path / "firm.json")


def test_a_store_teaches_its_own_model(sqlite_store: Store, tmp_path: Path) -> None:
    records, truth = made()
    sqlite_store.write("sources/put_records", rows=list(to_rows(records)))
    labels = tmp_path / "truth.csv"
    labels.write_text("record_id,cluster\n" + "".join(f"{one},{cluster}\n" for one, cluster in truth.items()), "utf-8")
    done = learn_model(sqlite_store, PartyKind.PERSON, tmp_path / "own.json", truth=labels)
    assert done.before is not None
    assert done.after is not None
    assert done.after.pairs.f1 >= done.before.pairs.f1 - 0.01
    assert read_model(tmp_path / "own.json").version == done.version != done.before.version

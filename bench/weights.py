"""The weights of persons counted anew on labelled sets, and how far the shipped ones stand from them.

python -m bench weights [--data FOLDER] [--synthetic PERSONS.parquet] [--out MODEL.json] writes docs/benchmarks/weights.md, and
the counted model to --out; nothing that is shipped is changed. Sets are those of decision 14: a fifth of historical_50k by whole
clusters (by hash of the cluster), febrl4, and 100,000 synthetic persons (the shared data's tools/make_person_records.py, seed 7;
made where --synthetic is not given, for which polars must be there). Chances are counted set by set, with nothing believed
beforehand, and each is the mean over the sets that tell of its field. What no set tells stays as it is shipped.
"""

import argparse
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np

from api.models.evaluations import evaluate
from bench import sets
from bench.machine import described
from bench.scale import made as made_persons
from ontology.base import PartyKind
from resolution.comparisons.declarations import Comparison, comparisons
from resolution.comparisons.model import Model, Odds, model
from resolution.judgements.verdicts import Verdicts
from resolution.records.analysed import Analysed
from resolution.training.counting import Chances, Counts, as_odds, count
from resolution.training.labels import Labels
from resolution.training.training import labelled, parties, prepared_by, random_pairs

PERSONS, SEED, FIFTH = 100_000, 7, 0.2
SETS_OF = {
    "names": ("historical", "febrl4", "synthetic"),
    "days": ("historical", "febrl4"),  # Days of synthetic persons hardly ever differ.
    "places": ("historical", "febrl4", "synthetic"),
    "occupations": ("historical", "synthetic"),
    "genders": ("historical",),
}
"""Comparison -> sets it is counted on; the others (ids, contacts, of_firms) are set by hand."""
BITS_MAX = {"places": 18.0, "days": 15.0}  # However seldom two parties agree so: sets are small beside the world.
RISING_FROM, RISE = 14.0, 0.35  # Names that agree by so many bits and more: bits a bit, on a line through their mean.
HALF = 0.5  # A level seen on one side only counts as half a sighting on the other.


@dataclass(frozen=True)
class Counted:
    """Levels of one set: among pairs of one party, pairs of two that share a key, random ones; and how many pairs share none."""

    one: Counts
    near: Counts
    random: Counts
    others: int

    def m(self, told: Comparison) -> list[float]:
        """Share of the pairs of one party in each level, 0..1."""
        pairs = self.one.pairs[told.name]
        return [float(seen) / pairs for seen in self.one.levels[told.name]]

    def u(self, told: Comparison) -> list[float]:
        """Share of all pairs of two parties in each level, 0..1: near ones counted in full, random ones stand for the rest."""
        each = max(self.others / max(self.random.asked, 1.0), 1.0)
        pairs = self.near.pairs[told.name] + each * self.random.pairs[told.name]
        both = zip(self.near.levels[told.name], self.random.levels[told.name], strict=True)
        return [float(near + each * random) / pairs for near, random in both]

    def least(self, told: Comparison) -> tuple[float, float]:
        """Half a sighting, among pairs of one party and of two."""
        each = max(self.others / max(self.random.asked, 1.0), 1.0)
        two = self.near.pairs[told.name] + each * self.random.pairs[told.name]
        return HALF / self.one.pairs[told.name], HALF / two


def counted(records: Sequence[Analysed], truth: Mapping[str, str], share: float = 1.0) -> Counted:
    """Levels over the labelled pairs of a share of the clusters, whole ones, by hash."""
    held = labelled(PartyKind.PERSON, records, Labels(truth, Verdicts(), share), held_out=True)
    prepared = prepared_by(model(PartyKind.PERSON), held)
    one, near, random = (count(prepared, *ends) for ends in (held.one, held.near, random_pairs(held)))
    return Counted(one, near, random, held.others)


def weights(found: Mapping[str, Counted]) -> Model:
    """The shipped model with its counted chances in the place of the shipped ones, version and sources told."""
    shipped = model(PartyKind.PERSON)
    m: Chances = {}
    u: Chances = {}
    for told in comparisons(PartyKind.PERSON):
        own = [found[name] for name in SETS_OF.get(told.name, ()) if name in found and found[name].one.pairs[told.name]]
        pairs = [_mean(told, at, odds, own) for at, odds in enumerate(shipped.odds(told))]
        m[told.name], u[told.name] = [one for one, _ in pairs], [two for _, two in pairs]
    told_by_none = {name for name in m if (m[name], u[name]) == _as_shipped(shipped, name)}
    chances = {
        name: shipped.comparisons[name] if name in told_by_none else _shaped(name, levels)
        for name, levels in as_odds(shipped, m, u).items()
    }
    sources = "; ".join(
        f"{name}: {one.one.asked:.0f} pairs of one party, {one.near.asked:.0f} near, {one.random.asked:.0f} random"
        for name, one in found.items()
    )
    made = (
        f"m and u counted on labelled pairs by python -m bench weights, synthetic seed {SEED}, the mean of the sets ({sources})"
    )
    new = shipped.model_copy(update={"comparisons": chances, "made": f"{made}. docs/decisions/0037"})
    mark = blake2b(new.model_dump_json().encode(), digest_size=4).hexdigest()
    return new.model_copy(update={"version": f"person-counted+{mark}"})


def _as_shipped(shipped: Model, name: str) -> tuple[list[float], list[float]]:
    odds = shipped.comparisons[name].values()
    return [one.m for one in odds], [one.u for one in odds]


def _mean(told: Comparison, at: int, shipped: Odds, own: Sequence[Counted]) -> tuple[float, float]:
    """m and u of a level; the shipped ones where no set shows it."""
    if not own:
        return shipped.m, shipped.u
    m, u = (float(np.mean(column)) for column in zip(*((one.m(told)[at], one.u(told)[at]) for one in own), strict=True))
    if not m and not u:
        return shipped.m, shipped.u
    least_m, least_u = (min(column) for column in zip(*(one.least(told) for one in own), strict=True))
    return max(m, least_m), max(u, least_u)


def _shaped(name: str, levels: dict[str, Odds]) -> dict[str, Odds]:
    """Capped where the sets are too small to tell more; the rarest names on a line. m stays, u follows."""
    top = BITS_MAX.get(name, np.inf)
    shipped = model(PartyKind.PERSON).comparisons[name]
    kept = {label for label, odds in levels.items() if odds == shipped[label] or odds.bits <= top}
    capped = {label: odds if label in kept else _weighing(odds, top) for label, odds in levels.items()}
    if name != "names":
        return capped
    told = next(one for one in comparisons(PartyKind.PERSON) if one.name == name)
    rare = {level.label: level.at_least for level in told.levels if level.at_least >= RISING_FROM}
    m = np.array([levels[label].m for label in rare])
    together = np.log2(m.sum() / sum(levels[label].u for label in rare))
    middle = float((m * np.array(list(rare.values()))).sum() / m.sum())
    return capped | {label: _weighing(levels[label], together + RISE * (at - middle)) for label, at in rare.items()}


def _weighing(odds: Odds, bits: float) -> Odds:
    return Odds(m=odds.m, u=float(f"{odds.m / 2**bits:.4g}"))


def apart(new: Model) -> list[tuple[str, str, float, float, float]]:
    """Comparison, level, shipped and counted bits, and m of the counted levels; those of fields set by hand are left out."""
    shipped = model(PartyKind.PERSON)
    return [
        (told.name, level.label, odds.bits, counted_.bits, counted_.m)
        for told in comparisons(PartyKind.PERSON)
        if told.name in SETS_OF
        for level, odds, counted_ in zip(told.levels, shipped.odds(told), new.odds(told), strict=True)
        if (odds.m, odds.u) != (counted_.m, counted_.u)
    ]


def page(new: Model, measured: Sequence[str]) -> str:
    """What was counted, how close it comes, and what either set of weights makes of the sets."""
    rows = apart(new)
    off = np.array([abs(was - now) for _, _, was, now, _ in rows])
    by_m = np.array([m for *_, m in rows])
    told = (
        f"{new.version}: {new.made}.\n\nOf {len(rows)} counted levels {int((off <= 1).sum())} lie within a bit of those shipped "
        f"(within half a bit {int((off <= 0.5).sum())}, within two {int((off <= 2).sum())}); median {np.median(off):.2f} bits; "
        f"{(off * by_m).sum() / by_m.sum():.2f} bits on the mean of the levels that pairs of one party fall into."
    )
    levels = [f"| {name} | {label} | {was:+.2f} | {now:+.2f} | {now - was:+.2f} | {m:.4g} |" for name, label, was, now, m in rows]
    return "\n".join(
        [
            f"# Weights of persons, counted anew\n\n{described()}\n\n`python -m bench weights`\n\n{told}\n",
            "| set | weights | pair P | pair R | pair F1 | B-cubed F1 |\n|---|---|---|---|---|---|",
            *measured,
            "\n| comparison | level | shipped, bits | counted, bits | apart | m |\n|---|---|---|---|---|---|",
            *levels,
            "",
        ]
    )


def measured(name: str, new: Model, records: Sequence[Analysed], labels: Labels) -> list[str]:
    """One row with the shipped weights and one with the counted ones, of the records that are held out."""
    rows = []
    for title, own in (("shipped", model(PartyKind.PERSON)), ("counted", new)):
        found = {record: part[0] for part in parties(own, records, labels) for record in part}
        told = evaluate(found, {one: labels.truth[one] for one in found}, pairs_max=0)
        figures = f"{told.pairs.precision:.4f} | {told.pairs.recall:.4f} | {told.pairs.f1:.4f} | {told.b_cubed.f1:.4f}"
        rows.append(f"| {name} | {title} | {figures} |")
    return rows


def main(words: list[str]) -> str:
    """`weights [--data FOLDER] [--synthetic FILE] [--out FILE]`: the page to keep."""
    asked = argparse.ArgumentParser(prog="python -m bench weights", description=__doc__)
    asked.add_argument("--data", type=Path, default=Path(os.environ.get("KITH_DATA") or "../shared/data"))
    asked.add_argument("--synthetic", type=Path)
    asked.add_argument("--out", type=Path)
    given = asked.parse_args(words)
    with tempfile.TemporaryDirectory() as place:
        persons = given.synthetic or made_persons(PERSONS, Path(place) / "persons.parquet")
        told = {name: read(given.data / "resolution") for name, read in sets.SETS.items()} | {
            "synthetic": sets.synthetic(persons)
        }
        records = {name: sets.records(one) for name, one in told.items()}
    shares = {"historical": FIFTH, "febrl4": 1.0, "synthetic": 1.0}
    new = weights({name: counted(records[name], told[name].truth, share) for name, share in shares.items()})
    if given.out:
        given.out.write_text(new.model_dump_json(indent=1) + "\n", "utf-8")
    rows = [row for name, title in TITLES.items() for row in measured(title, new, records[name], _rest(name, told[name].truth))]
    return page(new, rows)


TITLES = {
    "historical": "historical_50k, the four fifths not counted on",
    "febrl4": "febrl4 (counted on)",
    "truthset": "truth set, persons",
    "synthetic": f"{PERSONS:,} synthetic persons (counted on)",
}


def _rest(name: str, truth: Mapping[str, str]) -> Labels:
    """All of a set, but for what was counted of historical_50k."""
    if name != "historical":
        return Labels(truth, Verdicts(), 1.0)
    fifth = Labels(truth, Verdicts(), FIFTH)
    return Labels({record: cluster for record, cluster in truth.items() if not fifth.is_held_out(record)}, Verdicts(), 1.0)

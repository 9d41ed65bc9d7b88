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
from bench.machine import describe_machine
from bench.scale import make_persons
from ontology.base import PartyKind
from resolution.comparisons.declarations import Comparison, comparisons
from resolution.comparisons.model import Model, Odds, model
from resolution.judgements.verdicts import Verdicts
from resolution.records.analysed import Analysed
from resolution.training.counting import Chances, Counts, as_odds
from resolution.training.counting import count_levels as count_pair_levels
from resolution.training.labels import Labels
from resolution.training.training import cluster_held_out, label_pairs, prepared_by, random_pairs

PERSONS, SEED, COUNTED_SHARE = 100_000, 7, 0.2
SETS_BY_COMPARISON = {
    "names": ("historical", "febrl4", "synthetic"),
    "days": ("historical", "febrl4"),  # Days of synthetic persons hardly ever differ.
    "places": ("historical", "febrl4", "synthetic"),
    "occupations": ("historical", "synthetic"),
    "genders": ("historical",),
}
"""Comparison -> sets it is counted on; the others (ids, contacts, of_firms) are set by hand."""
BITS_MAX = {"places": 18.0, "days": 15.0}  # However seldom two parties agree so: sets are small beside the world.
RISING_FROM, BITS_PER_BIT = 14.0, 0.35  # Names that agree by so many bits and more: bits a bit, on a line through their mean.
HALF_SIGHTING = 0.5  # A level seen on one side only counts as half a sighting on the other.


@dataclass(frozen=True)
class LevelCounts:
    """Levels of one set: among pairs of one party, pairs of two that share a key, random ones; and how many pairs share none."""

    same_party: Counts
    near: Counts
    random: Counts
    pairs_apart: int

    def m(self, comparison: Comparison) -> list[float]:
        """Share of the pairs of one party in each level, 0..1."""
        pairs = self.same_party.pairs[comparison.name]
        return [float(count) / pairs for count in self.same_party.levels[comparison.name]]

    def u(self, comparison: Comparison) -> list[float]:
        """Share of all pairs of two parties in each level, 0..1: near ones counted in full, random ones stand for the rest."""
        pairs_per_sample = max(self.pairs_apart / max(self.random.pair_total, 1.0), 1.0)
        pairs = self.near.pairs[comparison.name] + pairs_per_sample * self.random.pairs[comparison.name]
        level_counts = zip(self.near.levels[comparison.name], self.random.levels[comparison.name], strict=True)
        return [float(near + pairs_per_sample * random) / pairs for near, random in level_counts]

    def least(self, comparison: Comparison) -> tuple[float, float]:
        """Half a sighting, among pairs of one party and of two."""
        pairs_per_sample = max(self.pairs_apart / max(self.random.pair_total, 1.0), 1.0)
        pairs_of_two = self.near.pairs[comparison.name] + pairs_per_sample * self.random.pairs[comparison.name]
        return HALF_SIGHTING / self.same_party.pairs[comparison.name], HALF_SIGHTING / pairs_of_two


def count_levels(records: Sequence[Analysed], truth: Mapping[str, str], share: float = 1.0) -> LevelCounts:
    """Levels over the labelled pairs of a share of the clusters, whole ones, by hash."""
    labelled_pairs = label_pairs(PartyKind.PERSON, records, Labels(truth, Verdicts(), share), held_out=True)
    prepared = prepared_by(model(PartyKind.PERSON), labelled_pairs)
    pairs_to_count = (labelled_pairs.same_party, labelled_pairs.near, random_pairs(labelled_pairs))
    same_party, near, random = (count_pair_levels(prepared, *ends) for ends in pairs_to_count)
    return LevelCounts(same_party, near, random, labelled_pairs.distant_count)


def weights(counts_by_set: Mapping[str, LevelCounts]) -> Model:
    """The shipped model with its counted chances in the place of the shipped ones, version and sources told."""
    shipped = model(PartyKind.PERSON)
    m: Chances = {}
    u: Chances = {}
    for comparison in comparisons(PartyKind.PERSON):
        available = [counts_by_set[name] for name in SETS_BY_COMPARISON.get(comparison.name, ()) if name in counts_by_set]
        informative_sets = [counts for counts in available if counts.same_party.pairs[comparison.name]]
        level_chances = [_mean(comparison, level, odds, informative_sets) for level, odds in enumerate(shipped.odds(comparison))]
        m[comparison.name] = [level_m for level_m, _ in level_chances]
        u[comparison.name] = [level_u for _, level_u in level_chances]
    unchanged = {name for name in m if (m[name], u[name]) == _as_shipped(shipped, name)}
    chances = {
        name: shipped.comparisons[name] if name in unchanged else _shape_levels(name, levels)
        for name, levels in as_odds(shipped, m, u).items()
    }
    sources = "; ".join(
        f"{name}: {counts.same_party.pair_total:.0f} pairs of one party, {counts.near.pair_total:.0f} near, "
        f"{counts.random.pair_total:.0f} random"
        for name, counts in counts_by_set.items()
    )
    description = (
        f"m and u counted on labelled pairs by python -m bench weights, synthetic seed {SEED}, the mean of the sets ({sources})"
    )
    counted_model = shipped.model_copy(update={"comparisons": chances, "made": f"{description}. docs/decisions/0037"})
    fingerprint = blake2b(counted_model.model_dump_json().encode(), digest_size=4).hexdigest()
    return counted_model.model_copy(update={"version": f"person-counted+{fingerprint}"})


def _as_shipped(shipped: Model, name: str) -> tuple[list[float], list[float]]:
    odds = shipped.comparisons[name].values()
    return [level_odds.m for level_odds in odds], [level_odds.u for level_odds in odds]


def _mean(comparison: Comparison, level: int, shipped: Odds, informative_sets: Sequence[LevelCounts]) -> tuple[float, float]:
    """m and u of a level; the shipped ones where no set shows it."""
    if not informative_sets:
        return shipped.m, shipped.u
    chances = ((counts.m(comparison)[level], counts.u(comparison)[level]) for counts in informative_sets)
    m, u = (float(np.mean(column)) for column in zip(*chances, strict=True))
    if not m and not u:
        return shipped.m, shipped.u
    least_m, least_u = (min(column) for column in zip(*(counts.least(comparison) for counts in informative_sets), strict=True))
    return max(m, least_m), max(u, least_u)


def _shape_levels(name: str, levels: dict[str, Odds]) -> dict[str, Odds]:
    """Capped where the sets are too small to tell more; the rarest names on a line. m stays, u follows."""
    bits_max = BITS_MAX.get(name, np.inf)
    shipped = model(PartyKind.PERSON).comparisons[name]
    within_cap = {label for label, odds in levels.items() if odds == shipped[label] or odds.bits <= bits_max}
    capped = {label: odds if label in within_cap else _odds_of_bits(odds, bits_max) for label, odds in levels.items()}
    if name != "names":
        return capped
    names_comparison = next(comparison for comparison in comparisons(PartyKind.PERSON) if comparison.name == name)
    rare = {level.label: level.at_least for level in names_comparison.levels if level.at_least >= RISING_FROM}
    m = np.array([levels[label].m for label in rare])
    mean_bits = np.log2(m.sum() / sum(levels[label].u for label in rare))
    mean_at_least = float((m * np.array(list(rare.values()))).sum() / m.sum())
    bits = {label: mean_bits + BITS_PER_BIT * (at_least - mean_at_least) for label, at_least in rare.items()}
    return capped | {label: _odds_of_bits(levels[label], bits[label]) for label in rare}


def _odds_of_bits(odds: Odds, bits: float) -> Odds:
    return Odds(m=odds.m, u=float(f"{odds.m / 2**bits:.4g}"))


def compare_levels(new: Model) -> list[tuple[str, str, float, float, float]]:
    """Comparison, level, shipped and counted bits, and m of the counted levels; those of fields set by hand are left out."""
    shipped = model(PartyKind.PERSON)
    return [
        (comparison.name, level.label, odds.bits, counted_odds.bits, counted_odds.m)
        for comparison in comparisons(PartyKind.PERSON)
        if comparison.name in SETS_BY_COMPARISON
        for level, odds, counted_odds in zip(comparison.levels, shipped.odds(comparison), new.odds(comparison), strict=True)
        if (odds.m, odds.u) != (counted_odds.m, counted_odds.u)
    ]


def page(new: Model, set_rows: Sequence[str]) -> str:
    """What was counted, how close it comes, and what either set of weights makes of the sets."""
    rows = compare_levels(new)
    differences = np.array([abs(shipped_bits - counted_bits) for _, _, shipped_bits, counted_bits, _ in rows])
    level_m = np.array([m for *_, m in rows])
    summary = (
        f"{new.version}: {new.made}.\n\nOf {len(rows)} counted levels {int((differences <= 1).sum())} lie within a bit of those "
        f"shipped (within half a bit {int((differences <= 0.5).sum())}, within two {int((differences <= 2).sum())}); "
        f"median {np.median(differences):.2f} bits; "
        f"{(differences * level_m).sum() / level_m.sum():.2f} bits on the mean of the levels that pairs of one party fall into."
    )
    levels = [
        f"| {name} | {label} | {shipped_bits:+.2f} | {counted_bits:+.2f} | {counted_bits - shipped_bits:+.2f} | {m:.4g} |"
        for name, label, shipped_bits, counted_bits, m in rows
    ]
    return "\n".join(
        [
            f"# Weights of persons, counted anew\n\n{describe_machine()}\n\n`python -m bench weights`\n\n{summary}\n",
            "| set | weights | pair P | pair R | pair F1 | B-cubed F1 |\n|---|---|---|---|---|---|",
            *set_rows,
            "\n| comparison | level | shipped, bits | counted, bits | apart | m |\n|---|---|---|---|---|---|",
            *levels,
            "",
        ]
    )


def measure_set(name: str, new: Model, records: Sequence[Analysed], labels: Labels) -> list[str]:
    """One row with the shipped weights and one with the counted ones, of the records that are held out."""
    rows = []
    for title, used_model in (("shipped", model(PartyKind.PERSON)), ("counted", new)):
        clusters = {record: party[0] for party in cluster_held_out(used_model, records, labels) for record in party}
        evaluation = evaluate(clusters, {record: labels.truth[record] for record in clusters}, pairs_max=0)
        pairs = evaluation.pairs
        figures = f"{pairs.precision:.4f} | {pairs.recall:.4f} | {pairs.f1:.4f} | {evaluation.b_cubed.f1:.4f}"
        rows.append(f"| {name} | {title} | {figures} |")
    return rows


def main(arguments: list[str]) -> str:
    """`weights [--data FOLDER] [--synthetic FILE] [--out FILE]`: the page to keep."""
    parser = argparse.ArgumentParser(prog="python -m bench weights", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("KITH_DATA") or "../shared/data"))
    parser.add_argument("--synthetic", type=Path)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        persons = options.synthetic or make_persons(PERSONS, Path(folder) / "persons.parquet")
        labelled_sets = {name: read(options.data / "resolution") for name, read in sets.SETS.items()} | {
            "synthetic": sets.synthetic(persons)
        }
        records = {name: sets.records(labelled_set) for name, labelled_set in labelled_sets.items()}
    shares = {"historical": COUNTED_SHARE, "febrl4": 1.0, "synthetic": 1.0}
    counted_model = weights(
        {name: count_levels(records[name], labelled_sets[name].truth, share) for name, share in shares.items()}
    )
    if options.out:
        options.out.write_text(counted_model.model_dump_json(indent=1) + "\n", "utf-8")
    rows = [
        row
        for name, title in TITLES.items()
        for row in measure_set(title, counted_model, records[name], _labels_to_measure(name, labelled_sets[name].truth))
    ]
    return page(counted_model, rows)


TITLES = {
    "historical": "historical_50k, the four fifths not counted on",
    "febrl4": "febrl4 (counted on)",
    "truthset": "truth set, persons",
    "synthetic": f"{PERSONS:,} synthetic persons (counted on)",
}


def _labels_to_measure(name: str, truth: Mapping[str, str]) -> Labels:
    """All of a set, but for what was counted of historical_50k."""
    if name != "historical":
        return Labels(truth, Verdicts(), 1.0)
    counted_labels = Labels(truth, Verdicts(), COUNTED_SHARE)
    return Labels(
        {record: cluster for record, cluster in truth.items() if not counted_labels.is_held_out(record)}, Verdicts(), 1.0
    )

"""Bitcoin-OTC: does the product's own evidence tell fraud from honest traders, through its ordinary commands?

python -m bench ratings [--data FOLDER] writes docs/benchmarks/ratings.md. Bar: AUC >= 0.965.
Protocol: trusted are user 1 and those user 1 rated at least 5; ratings of at least 5 either way from a trusted to a labelled user
are removed, because the labels were made from them; the rest is loaded, and the trusted are the seeds.
Data: S. Kumar et al. 2016 and 2018 (Bitcoin-OTC), labels of REV2.
"""

import argparse
import csv
import io
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.stats import rankdata

from bench.machine import describe_machine
from bench.processes import KITH, measure

Real = NDArray[np.float64]
DAY = "2016-02-01"  # The week after the last rating.
BAR = 0.965
STRONG_RATING = 5  # A rating that made a label.
ROUNDS = 300
FOLDS = 5


@dataclass(frozen=True)
class Ratings:
    """`rater` and `rated` are places in `users`, `weight` -1..1; `trusted` are places, `fraud` -1 unknown, 0 honest, 1 fraud."""

    users: list[str]
    rater: NDArray[np.int64]
    rated: NDArray[np.int64]
    weight: Real
    trusted: NDArray[np.int64]
    fraud: NDArray[np.int64]
    rows: list[list[str]]


def read(folder: Path) -> tuple[Ratings, int]:
    """The ratings that may be used, and how many were removed because a label was made from them."""
    with (folder / "otc_network.csv").open(encoding="utf-8") as lines:
        rows = list(csv.reader(lines))
    with (folder / "otc_gt.csv").open(encoding="utf-8") as lines:
        labels = {user: int(label) for user, label in csv.reader(lines)}
    trusted = {"1"} | {rated for rater, rated, rating, _ in rows if rater == "1" and int(rating) >= STRONG_RATING}
    usable_rows = [row for row in rows if not (row[0] in trusted and row[1] in labels and abs(int(row[2])) >= STRONG_RATING)]
    users = sorted({user for row in usable_rows for user in row[:2]} | labels.keys(), key=int)
    number_of = {user: number for number, user in enumerate(users)}
    fraud = np.full(len(users), -1, np.int64)
    for user, label in labels.items():
        fraud[number_of[user]] = int(label < 0)
    ratings = Ratings(
        users=users,
        rater=np.array([number_of[row[0]] for row in usable_rows]),
        rated=np.array([number_of[row[1]] for row in usable_rows]),
        weight=np.array([int(row[2]) / 10 for row in usable_rows]),
        trusted=np.array([number_of[user] for user in sorted(trusted, key=int) if user in number_of]),
        fraud=fraud,
        rows=usable_rows,
    )
    return ratings, len(rows) - len(usable_rows)


def score_with_kith(ratings: Ratings, folder: Path) -> dict[str, Real]:
    """Trust and evidence of every user, from ingest, resolve, propagate and `signals --csv` in processes of their own."""
    source, seeds = folder / "otc_network.csv", folder / "trusted.txt"
    with source.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows(ratings.rows)
    seeds.write_text("".join(f"otc_ratings:{ratings.users[user]}\n" for user in ratings.trusted), "utf-8")
    environment = {"KITH_STORE": f"sqlite:///{folder / 'kith.db'}", "KITH_ID_KEY_FILE": str(folder / "id.key"), "KITH_TODAY": DAY}
    for command in (("ingest", "--as", "otc_ratings", str(source)), ("resolve",), ("propagate", "--seeds", str(seeds))):
        measure(*KITH, *command, "--json", environment=environment)
    table = csv.DictReader(io.StringIO(measure(*KITH, "signals", "--csv", environment=environment).output))
    by_name = {row["name"].removeprefix("trader "): row for row in table}
    assert len(by_name) == len(set(ratings.rater.tolist()) | set(ratings.rated.tolist())), "traders were joined"
    return {
        name: np.array([float(by_name[user][name]) if user in by_name else 0.0 for user in ratings.users]) for name in SIGNALS
    }


SIGNALS = ("evidence", "trust")


def fairness_goodness(ratings: Ratings) -> Real:
    """Goodness of every user (Kumar et al. 2016, Edge weight prediction in weighted signed networks)."""
    count = len(ratings.users)
    into, out = np.bincount(ratings.rated, minlength=count), np.bincount(ratings.rater, minlength=count)
    fair, good = np.ones(count), np.ones(count)
    for _ in range(ROUNDS):
        good = np.bincount(ratings.rated, fair[ratings.rater] * ratings.weight, count) / np.maximum(into, 1)
        fair = 1 - np.bincount(ratings.rater, np.abs(ratings.weight - good[ratings.rated]) / 2, count) / np.maximum(out, 1)
    return good


def signed_walk(ratings: Ratings, *, restart: float = 0.15, balance: float = 0.5, distrust: float = 0.8) -> Real:
    """Signed random walk with restart at the trusted: positive less negative (Jung, Jin, Sael, Kang 2016, SRWR)."""
    count = len(ratings.users)
    strength = np.bincount(ratings.rater, np.abs(ratings.weight), count)
    part = ratings.weight / np.maximum(strength, 1e-300)[ratings.rater]
    plus = sparse.csr_matrix((np.maximum(part, 0), (ratings.rated, ratings.rater)), shape=(count, count))
    minus = sparse.csr_matrix((np.maximum(-part, 0), (ratings.rated, ratings.rater)), shape=(count, count))
    start = restart_vector(ratings)
    good, bad = start.copy(), np.zeros(count)
    for _ in range(ROUNDS):
        good, bad = (
            (1 - restart) * (plus @ good + balance * (minus @ bad) + (1 - distrust) * (plus @ bad)) + restart * start,
            (1 - restart) * (minus @ good + distrust * (plus @ bad) + (1 - balance) * (minus @ bad)),
        )
    return good - bad


def restart_vector(ratings: Ratings) -> Real:
    """One shared among the trusted."""
    start = np.zeros(len(ratings.users))
    start[ratings.trusted] = 1 / len(ratings.trusted)
    return start


def association(ratings: Ratings, listed: NDArray[np.int64]) -> Real:
    """The damped fixed point from listed users over all ratings as ties, whatever was said: columns sum to 0.7."""
    count = len(ratings.users)
    ends = np.concatenate((ratings.rater, ratings.rated)), np.concatenate((ratings.rated, ratings.rater))
    ties = sparse.csr_matrix((np.ones(len(ends[0])), ends), shape=(count, count))
    ties = sparse.diags(0.7 / np.maximum(np.asarray(ties.sum(axis=1)).ravel(), 1)) @ ties
    seeds = np.zeros(count)
    seeds[listed] = 1.0
    near = seeds.copy()
    for _ in range(ROUNDS):
        near = seeds + ties @ near
    return near


def association_auc(ratings: Ratings) -> float:
    """Mean over folds: four fifths of the known frauds are listed, the rest has to be found among the honest."""
    frauds = np.random.default_rng(1).permutation(np.flatnonzero(ratings.fraud == 1))
    honest = np.flatnonzero(ratings.fraud == 0)
    auc_by_fold = []
    for hidden in np.array_split(frauds, FOLDS):
        near = association(ratings, np.setdiff1d(frauds, hidden))
        scored_users = np.concatenate((hidden, honest))
        auc_by_fold.append(auc(-near[scored_users], ratings.fraud[scored_users]))
    return float(np.mean(auc_by_fold))


def auc(value: Real, fraud: NDArray[np.int64]) -> float:
    """Chance that an honest user stands above a fraud, ties half (Mann and Whitney 1947)."""
    honest = fraud == 0
    good, bad = int(honest.sum()), int((fraud == 1).sum())
    ranks = rankdata(value)[honest].sum()
    return float((ranks - good * (good + 1) / 2) / (good * bad))


def page(ratings: Ratings, removed: int, results: dict[str, float]) -> str:
    """The page to keep."""
    labelled = ratings.fraud >= 0
    silent = int(labelled.sum() - len(np.intersect1d(np.flatnonzero(labelled), ratings.rated)))
    rows = "\n".join(
        f"| {name} | {'**' if n == 0 else ''}{value:.4f}{'**' if n == 0 else ''} |"
        for n, (name, value) in enumerate(results.items())
    )
    return TEXT.format(
        machine=describe_machine(), ratings=f"{len(ratings.rows):,}", removed=removed, users=f"{len(ratings.users):,}",
        trusted=len(ratings.trusted), honest=int((ratings.fraud == 0).sum()), fraud=int((ratings.fraud == 1).sum()),
        silent=silent, bar=BAR, rows=rows, association=results[ASSOCIATION], folds=FOLDS,
    )  # fmt: skip


ASSOCIATION = "association alone, signs ignored"
TEXT = """# Ratings: Bitcoin-OTC

{machine}

`python -m bench ratings`. {users} traders, {ratings} ratings from -10 to 10; {honest} labelled honest and {fraud}
labelled fraud (REV2). Trusted: user 1 and whom user 1 rated 5 or more ({trusted}). The labels were made from what the
trusted said, so the {removed} ratings of at least 5 either way from a trusted to a labelled trader are removed before
anything else. After that {silent} labelled traders have no rating left: every method has to give them 0, and they cost
every method the same.

The product's figures come from its ordinary commands and nothing else:

```
kith ingest --as otc_ratings otc_network.csv      # the file without those ratings
kith resolve
kith propagate --seeds trusted.txt                # positive ratings are trust ties, all ratings are experiences
kith signals --csv
```

AUC: the chance that an honest trader stands above a fraud; 0.5 is a coin. Bar {bar}.

| method | AUC |
|---|---|
{rows}

Fairness-Goodness and the signed random walk (restart 0.15, balance 0.5 and 0.8) are written out in bench/ratings.py and
run to rest on the same ratings.

## What association alone gives
Little: {association:.2f}. Four fifths of the frauds are put on a list, closeness to them is the product's damped fixed
point over all ratings as ties, and the last fifth has to be found among the honest ({folds} turns, their mean). Frauds
deal with honest people: that is what fraud is. To be near a fraud is to have been dealt with by one, so closeness names
victims as readily as culprits. That is why association is shown apart, bears no points and is never a listing. In the
product these traders are persons, and a person receives nobody's exposure at all: its association is 0 by law, and the
figure above is what it would be if they were firms.

Evidence is what tells them apart: what those who dealt with a trader said, weighed by how far the vetted trust the
speaker. It needs a start: without anybody trusted there is no evidence, and a trader that only strangers rated stays
at 0, which says "not known" and not "bad".
"""


def run(folder: Path) -> tuple[Ratings, int, dict[str, float]]:
    """All methods on one reading of the data."""
    ratings, removed = read(folder)
    with tempfile.TemporaryDirectory() as store_folder:
        kith = score_with_kith(ratings, Path(store_folder))
    values = {
        "kith evidence": kith["evidence"],
        "signed random walk with restart (SRWR)": signed_walk(ratings),
        "Fairness-Goodness": fairness_goodness(ratings),
        "trust alone (kith)": kith["trust"],
    }
    labelled = ratings.fraud >= 0
    results = {name: auc(value[labelled], ratings.fraud[labelled]) for name, value in values.items()}
    return ratings, removed, {**results, ASSOCIATION: association_auc(ratings)}


def main(arguments: list[str]) -> str:
    """`ratings [--data FOLDER]`: the page to keep."""
    parser = argparse.ArgumentParser(prog="python -m bench ratings", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("KITH_DATA", "../shared/data")) / "networks")
    return page(*run(parser.parse_args(arguments).data))

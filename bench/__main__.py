"""`python -m bench [NAME …]`: run benchmarks one after the other; each writes its page under docs/benchmarks."""

import sys
from pathlib import Path

from bench import (
    aliases,
    api,
    fuzz,
    journey,
    live,
    looks,
    ratings,
    resolution,
    rings,
    scale,
    soak,
    sources,
    splink_scores,
    suggestions,
    unseen,
    variants,
    weights,
)
from bench.faults import page as faults
from bench.screening import page as screening
from bench.signals import page as signals

PAGES = Path(__file__).resolve().parent.parent / "docs" / "benchmarks"
BENCHES = {
    "aliases": aliases.main,
    "api": api.main,
    "faults": faults.main,
    "fuzz": fuzz.main,
    "journey": journey.main,
    "live": live.main,
    "looks": looks.main,
    "ratings": ratings.main,
    "resolution": resolution.main,
    "rings": rings.main,
    "scale": scale.main,
    "screening": screening.main,
    "signals": signals.main,
    "soak": soak.main,
    "sources": sources.main,
    "splink": splink_scores.main,
    "suggestions": suggestions.main,
    "unseen": unseen.main,
    "variants": variants.main,
    "weights": weights.main,
}


def run(arguments: list[str]) -> None:
    """Run one benchmark with its own words, or all of them with their defaults."""
    for name in arguments[:1] or BENCHES:
        page = BENCHES[name](arguments[1:])
        PAGES.mkdir(parents=True, exist_ok=True)
        (PAGES / f"{name}.md").write_text(page, "utf-8")
        print(page)


if __name__ == "__main__":
    run(sys.argv[1:])

"""A small sample region, loaded, resolved and propagated through the real road, for tests of the ways in."""

import csv
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from api.context.request_context import RequestContext
from api.http.dependencies import AppState
from api.runs.journey import Journey, journey
from api.settings import Settings
from api.wiring import rulebook, version
from samples import Sample, write_sample
from store.port import Store

SEED = 3
FIRMS = 160


@dataclass(frozen=True)
class Region:
    """A store that holds a region; tests only read it."""

    store: Store
    sample: Sample
    settings: Settings
    went: Journey

    @property
    def state(self) -> AppState:
        """What the app is built over."""
        return AppState(self.settings, self.store, rulebook(self.settings), version())

    def context(self, lang: str = "en") -> RequestContext:
        """A question on the region's day."""
        state = self.state
        return RequestContext(self.store, state.rulebook, date.fromisoformat(self.sample.as_of), "zh" if lang == "zh" else "en")

    @property
    def counts(self) -> dict[str, int]:
        """How much of everything the store holds."""
        return {row["what"]: row["n"] for row in self.store.read("counts/overview")}

    @property
    def stories(self) -> list[dict[str, str]]:
        """Rows of truth/stories.csv."""
        with self.sample.truth_stories.open(encoding="utf-8") as lines:
            return list(csv.DictReader(lines))

    def story(self, name: str, role: str) -> list[dict[str, str]]:
        """The parties of one story in one role."""
        return [row for row in self.stories if (row["story"], row["role"]) == (name, role)]


def build(store: Store, folder: Path, address: str) -> Region:
    """Make, load, resolve, propagate."""
    sample = write_sample(folder, seed=SEED, firms=FIRMS)
    settings = Settings(store=address, today=date.fromisoformat(sample.as_of), id_key_file=folder / "id.key")
    return Region(store, sample, settings, journey(store, sample.sources, settings=settings))


def resident_ids(region: Region) -> list[str]:
    """Every resident id that stands in a text file of the sample."""
    files = [path for path in region.sample.sources if path.suffix in (".csv", ".jsonl", ".json")]
    text = "".join(path.read_text("utf-8", "ignore") for path in files)
    return sorted(set(re.findall(r"(?<![0-9A-Z])[1-9]\d{5}(?:19|20)\d{2}[01]\d[0-3]\d\d{3}[\dX](?![0-9A-Z])", text)))

"""A pack's own test: what comes out of its sample, against what its author wrote down as right."""

from collections.abc import Iterator
from datetime import date
from difflib import unified_diff
from pathlib import Path
from typing import Any

import yaml

from ontology.documents import read_yaml
from ontology.errors import MappingInvalid
from ontology.personal_ids import PersonalIdKey
from resolution.sources.packs.pack import EXPECTED, SAMPLE, Pack

SAMPLE_KEY: PersonalIdKey = b"the key of samples"  # Hashes of made-up ids in expected.yaml are the same everywhere.
SAMPLE_DAY = date(2026, 11, 22)
"""The day that samples are read on: what is late or has ended then."""


def sample_files(pack: Pack) -> list[Path]:
    """The made-up files of a pack. Raises MappingInvalid where it has none."""
    folder = pack.folder / SAMPLE
    files = sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []
    if not files:
        raise MappingInvalid(
            pack=pack.pack, problem="no sample", remedy=f"Put made-up files in the publisher's layout into {SAMPLE}/."
        )
    return files


def expected_facts(pack: Pack) -> Any:
    """What the author says that the sample states; None where nothing was written down yet."""
    path = pack.folder / EXPECTED
    return read_yaml(path.read_text("utf-8")) if path.is_file() else None


def write_expected_facts(pack: Pack, facts: dict[str, Any]) -> Path:
    """Write down what the sample states now; to be read through by a person before it counts."""
    path = pack.folder / EXPECTED
    path.write_text(facts_text(facts), "utf-8")
    return path


def facts_text(facts: Any) -> str:
    """Facts as the text of a page."""
    return yaml.safe_dump(facts, allow_unicode=True, sort_keys=False, width=120)


def differences(expected: Any, facts: Any) -> Iterator[str]:
    """Lines that differ, `-` as expected and `+` as it came out; none where all is as expected."""
    before, after = (facts_text(content).splitlines() for content in (expected, facts))
    yield from unified_diff(before, after, "expected", "came out", lineterm="", n=2)

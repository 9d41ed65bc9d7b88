"""A pack's own test: what comes out of its sample, against what its author wrote down as right."""

from collections.abc import Iterator
from datetime import date
from difflib import unified_diff
from pathlib import Path
from typing import Any

import yaml

from ontology.documents import read_yaml_page
from ontology.errors import MappingInvalid, SourceUnreadable
from ontology.files import lies_within, read_whole
from ontology.personal_ids import PersonalIdKey
from resolution.sources.packs.pack import EXPECTED, SAMPLE, Pack

SAMPLE_KEY: PersonalIdKey = b"the key of samples"  # Hashes of made-up ids in expected.yaml are the same everywhere.
EXPECTED_BYTES_MAX = 1 << 20
SAMPLE_DAY = date(2026, 11, 22)
"""The day that samples are read on: what is late or has ended then."""


def sample_files(pack: Pack) -> list[Path]:
    """The made-up files of a pack. Raises MappingInvalid where it has none."""
    folder = pack.folder / SAMPLE
    is_own = folder.is_dir() and lies_within(folder, pack.folder)
    files = sorted(path for path in folder.iterdir() if path.is_file() and lies_within(path, pack.folder)) if is_own else []
    if not files:
        raise MappingInvalid(
            pack=pack.pack, problem="no sample", remedy=f"Put made-up files in the publisher's layout into {SAMPLE}/."
        )
    return files


def expected_facts(pack: Pack) -> Any:
    """What the author says that the sample states; None where nothing was written down yet."""
    path = _expected_page(pack)
    try:
        return read_yaml_page(read_whole(path, EXPECTED_BYTES_MAX).decode("utf-8-sig")) if path.is_file() else None
    except (yaml.YAMLError, UnicodeDecodeError, SourceUnreadable) as cause:
        problem = f"not readable: {cause}"[:200].replace("\n", " ")
        raise MappingInvalid(pack=f"{pack.pack}/{EXPECTED}", problem=problem, remedy="Write it anew: --write.") from cause


def write_expected_facts(pack: Pack, facts: dict[str, Any]) -> Path:
    """Write down what the sample states now; to be read through by a person before it counts."""
    path = _expected_page(pack)
    path.write_text(facts_text(facts), "utf-8")
    return path


def _expected_page(pack: Pack) -> Path:
    """Where it stands. Raises MappingInvalid where a link stands there: what it leads to is none of the pack's."""
    path = pack.folder / EXPECTED
    if path.is_symlink():
        problem, remedy = "a link in the place of a page", "Put the page itself there."
        raise MappingInvalid(pack=f"{pack.pack}/{EXPECTED}", problem=problem, remedy=remedy)
    return path


def facts_text(facts: Any) -> str:
    """Facts as the text of a page."""
    return yaml.safe_dump(facts, allow_unicode=True, sort_keys=False, width=120)


def differences(expected: Any, facts: Any) -> Iterator[str]:
    """Lines that differ, `-` as expected and `+` as it came out; none where all is as expected."""
    before, after = (facts_text(content).splitlines() for content in (expected, facts))
    yield from unified_diff(before, after, "expected", "came out", lineterm="", n=2)

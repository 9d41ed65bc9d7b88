"""Networks kept in files beside a store, so that a look opens what the last run derived: never the only copy of anything."""

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from graph.kept.array_file import NotKept, read_arrays, write_arrays
from graph.kept.network_parts import network_from_arrays, network_to_arrays
from graph.kept.signal_parts import scoring_from_arrays, scoring_to_arrays
from graph.scores.scoring import Scoring
from ontology.errors import NotAFileOfItsOwn
from ontology.rulebook import Rulebook
from store.private_files import make_private_folder

FORM = "1"  # Counts up with what is derived or how it is laid out: files of another form are not read.
SUFFIX = ".network"
FILES_MAX = 3  # The network of the usual day and the two other days looked at last.
DRAFT_AGE_S = 3600  # Nobody writes a file for so long.
Stamp = Mapping[str, str]
"""What a kept network belongs to: state of the store, day, rulebook, program."""


def keep_network(folders: Iterable[Path], scoring: Scoring, stamp: Stamp) -> Path | None:
    """Keep a network with its scores in the first folder that takes it; None where none does: then it is derived at a look."""
    arrays = None
    for folder in folders:
        try:
            make_private_folder(folder)
            arrays = arrays or {**network_to_arrays(scoring.network), **scoring_to_arrays(scoring)}
            target = folder / _name(scoring.network.as_of, stamp)
            write_arrays(target, arrays, stamp={**stamp, "form": FORM})
        except (OSError, NotAFileOfItsOwn):
            continue
        _remove_others(target, scoring.network.as_of)
        return target
    return None


def open_network(
    folders: Sequence[Path], stamp: Stamp, *, rulebook: Rulebook, as_of: date, seeds: tuple[str, ...]
) -> Scoring | None:
    """The network kept with this stamp; None where there is none, or its file is cut short, foreign or of another form."""
    for folder in folders:
        source = folder / _name(as_of, stamp)
        try:
            arrays = read_arrays(source, stamp={**stamp, "form": FORM})
            scoring = scoring_from_arrays(arrays, network_from_arrays(arrays, rulebook=rulebook, as_of=as_of), seeds=seeds)
        except (NotKept, KeyError):
            continue
        touch_network(folders, stamp, as_of)
        return scoring
    return None


def touch_network(folders: Iterable[Path], stamp: Stamp, as_of: date) -> None:
    """Count a kept network as just looked at: the files looked at last are those that stay."""
    for folder in folders:
        with suppress(OSError):
            os.utime(folder / _name(as_of, stamp))


def forget_networks(folders: Iterable[Path]) -> None:
    """Remove every kept network: what was taken out of a store is not to stay in them."""
    for folder in folders:
        for file in _files(folder):
            with suppress(OSError):
                file.unlink()


def _name(as_of: date, stamp: Stamp) -> str:
    state = "\n".join(f"{name}={stamp[name]}" for name in sorted(stamp))
    return f"{as_of.isoformat()}-{hashlib.blake2b(state.encode(), digest_size=12).hexdigest()}{SUFFIX}"


def _remove_others(target: Path, as_of: date) -> None:
    """Those of earlier states of the day, past FILES_MAX those looked at longest ago, and drafts that a killed run left."""
    stale_before = _looked_at(target) - DRAFT_AGE_S
    for draft in target.parent.glob(f".*{SUFFIX}.*"):
        if _looked_at(draft) < stale_before:
            with suppress(OSError):
                draft.unlink()
    others = [file for file in _files(target.parent) if file != target]
    same_day = [file for file in others if file.name.startswith(f"{as_of.isoformat()}-")]
    other_days = sorted((file for file in others if file not in same_day), key=_looked_at, reverse=True)
    for file in (*same_day, *other_days[FILES_MAX - 1 :]):
        with suppress(OSError):
            file.unlink()


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(file for file in folder.iterdir() if file.suffix == SUFFIX)
    except OSError:
        return []


def _looked_at(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except OSError:
        return 0.0

"""Which elements of an unknown XML file are its rows: the repeated ones and others like them, or the whole document."""

from collections import defaultdict
from pathlib import Path

from resolution.sources.reading import Reading, repeated_element
from resolution.sources.reading.xml_rows import open_elements

PARTS_OF_A_DOCUMENT = 6  # As many different parts right below the root, few of them repeated, are those of one document.
REPEATED_SHARE_MAX = 0.5
ALIKE_MIN = 0.3  # Share of parts that two kinds of rows have in common at least.
DOCUMENT_DEPTH = 2


def record_elements(path: Path, reading: Reading) -> tuple[str, ...]:
    """The elements that are rows, by their paths. Raises SourceUnreadable where the file is no XML."""
    best = tuple(repeated_element(path, reading).split("."))
    children: dict[tuple[str, ...], set[str]] = defaultdict(set)
    counts: dict[tuple[str, ...], int] = defaultdict(int)
    for steps, _ in open_elements(path, reading):
        counts[steps] += 1
        if len(steps) > 1:
            children[steps[:-1]].add(steps[-1])
    if _is_document(best[:1], children, counts, best):
        return (best[0],)
    like = [
        steps
        for steps in counts
        if len(steps) == len(best) > DOCUMENT_DEPTH
        and steps[0] == best[0]
        and steps[1] != best[1]
        and _is_alike(children[steps], children[best])
    ]
    return (".".join(best), *map(".".join, like))


def _is_document(
    root: tuple[str, ...], children: dict[tuple[str, ...], set[str]], counts: dict[tuple[str, ...], int], best: tuple[str, ...]
) -> bool:
    """Whether the file is one document of many parts, and no list of rows."""
    parts = children[root]
    repeated = sum(counts[(*root, part)] > 1 for part in parts)
    return len(best) > 1 and len(parts) >= PARTS_OF_A_DOCUMENT and repeated <= REPEATED_SHARE_MAX * len(parts)


def _is_alike(parts: set[str], others: set[str]) -> bool:
    return bool(parts and others) and len(parts & others) >= ALIKE_MIN * min(len(parts), len(others))

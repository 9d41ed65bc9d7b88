"""Finds datasets whose files hold the same bytes as another dataset's: both are one source."""

from collections.abc import Mapping, Sequence
from typing import Any


def copied_datasets(files: Mapping[str, Sequence[Any]]) -> dict[str, str]:
    """Original dataset by copied dataset: all files of a copy have the bytes of the original's files.

    >>> copied_datasets({"dataset": ["crm", "crm", "copy"], "content_id": ["aa", "bb", "bb"]})
    {'copy': 'crm'}
    """
    contents: dict[str, set[str]] = {}
    for dataset, content in zip(files["dataset"], files["content_id"], strict=True):
        contents.setdefault(dataset, set()).add(content or f"unknown bytes of {dataset}")
    holders = {
        name: [candidate for candidate, candidate_files in contents.items() if own_files <= candidate_files]
        for name, own_files in contents.items()
    }
    first = {
        name: min(candidates, key=lambda candidate: (-len(contents[candidate]), candidate))
        for name, candidates in holders.items()
    }
    return {name: original for name, original in first.items() if original != name}

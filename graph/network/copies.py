"""Datasets that are another one under a second name: their files hold the same bytes, so both are one source."""

from store.port import Columns


def copied_datasets(files: Columns) -> dict[str, str]:
    """Datasets whose files all have the bytes of another dataset's files, and that other one.

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

"""The user's cache folder: what can be fetched or derived again lies there."""

import os
from pathlib import Path


def user_cache(*names: str) -> Path:
    """A folder of kith's in the user's cache, made by whoever writes into it."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "kith", *names)

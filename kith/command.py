"""The `kith` command, as the installed program calls it."""

from api.cli import main

__all__ = ["main"]

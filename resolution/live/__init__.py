"""Live resolution: keeps the parties of a full run up to date as single records are put, deleted or judged."""

from resolution.live.changes import Changed, ChangedParty, Live

__all__ = ["Changed", "ChangedParty", "Live"]

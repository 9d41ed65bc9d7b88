"""One record in, changed parties out: the resolution of a full run, kept up record by record."""

from resolution.live.changes import Changed, ChangedParty, Live

__all__ = ["Changed", "ChangedParty", "Live"]

"""One record in, changed parties out: the resolution of a full run, kept up record by record."""

from resolution.live.changes import Changed, Live, Party

__all__ = ["Changed", "Live", "Party"]

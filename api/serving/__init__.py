"""The processes of `kith serve`: one that answers, or several under a supervisor."""

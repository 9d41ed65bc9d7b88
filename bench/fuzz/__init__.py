"""Random wrong input, for minutes: what comes back may only be a clear error."""

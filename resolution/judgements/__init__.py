"""Judges pairs of records from evidence and people's verdicts: same, different or unsure."""

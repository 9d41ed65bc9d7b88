"""Signals at size, beside other engines."""

"""Tests of the graph formats."""

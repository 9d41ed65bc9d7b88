"""Pairs -> evidence levels (RapidFuzz) -> match weights (Splink), by one declaration of each comparison."""

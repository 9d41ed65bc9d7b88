"""Mappings drafted from a file: what its columns say, whom they speak of, and the page that says so."""

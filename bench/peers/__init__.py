"""Other tools, asked the same questions on the same data."""

"""Names that clusters show to be one another's: proposed from the records, accepted or refused by a person, then compared."""

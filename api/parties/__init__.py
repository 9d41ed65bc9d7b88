"""What is said of one party or of lists of parties: facts from below in the shapes of `api.schemas`."""

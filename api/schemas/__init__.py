"""The shapes of answers, one file a noun. OpenAPI, and with it the types of the pages, are generated from here."""

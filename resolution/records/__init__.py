"""Record -> analysed record: names, identifiers, addresses, dates and contacts in a form that can be compared."""

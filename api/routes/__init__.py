"""The HTTP routes, one file a noun. A route asks a person's question, calls one function, returns its type."""

"""Long work of a server: begun by one request, done by processes of its own, looked after by other requests."""

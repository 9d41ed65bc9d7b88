"""The server around the routes: connections, origins, keys, sessions, deadlines."""

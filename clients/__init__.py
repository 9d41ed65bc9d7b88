"""Clients of kith's API: `python/` is the distribution `kith-client`; the modules here write the generated part of it."""

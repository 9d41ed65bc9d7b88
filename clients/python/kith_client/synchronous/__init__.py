# Written by `python -m clients.generate` from asynchronous/__init__.py: do not edit.
"""The client, synchronous."""

from kith_client.synchronous.client import Kith

__all__ = ["Kith"]

"""The client, asynchronous."""

from kith_client.asynchronous.client import AsyncKith

__all__ = ["AsyncKith"]

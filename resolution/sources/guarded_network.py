"""Connections to other machines: to public addresses only, to the very address that was looked at, and none without an end."""

import ipaddress
import socket
import ssl
import time
from typing import Any

import httpcore
import httpx

NAT64 = ipaddress.ip_network("64:ff9b::/96")


def is_public(number: str) -> bool:
    """Whether an address is one of the public network; so must be one of IPv4 that stands within one of IPv6.

    >>> is_public("93.184.216.34"), is_public("64:ff9b::7f00:1"), is_public("2002:7f00:1::"), is_public("169.254.169.254")
    (True, False, False, False)
    """
    address = ipaddress.ip_address(number)
    inner: ipaddress.IPv4Address | None = None
    if isinstance(address, ipaddress.IPv6Address):
        is_within = address in NAT64 or int(address) >> 32 == 0
        inner = (
            address.ipv4_mapped or address.sixtofour or (ipaddress.IPv4Address(int(address) & 0xFFFFFFFF) if is_within else None)
        )
    return address.is_global and not address.is_multicast and (inner is None or inner.is_global)


class GuardedNetwork(httpcore.NetworkBackend):
    """Opens connections to public addresses only, and to the very address that was looked at."""

    def __init__(self) -> None:
        self._network = httpcore.SyncBackend()

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None, socket_options: Any = None
    ) -> httpcore.NetworkStream:
        """See `httpcore.NetworkBackend`. Raises httpcore.ConnectError for an address within."""
        try:
            entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError as cause:
            raise httpcore.ConnectError(f"no such host: {host}") from cause
        numbers = [str(entry[4][0]) for entry in entries]
        if within := next((number for number in numbers if not is_public(number)), None):
            raise httpcore.ConnectError(f"{host} is {within}, an address of a private network")
        return self._network.connect_tcp(numbers[0], port, timeout, local_address, socket_options)

    def connect_unix_socket(self, path: str, timeout: float | None = None, socket_options: Any = None) -> httpcore.NetworkStream:
        """Never opened."""
        raise httpcore.ConnectError("no files are asked")

    def sleep(self, seconds: float) -> None:
        """See `httpcore.NetworkBackend`."""
        self._network.sleep(seconds)


class BoundedNetwork(httpcore.NetworkBackend):
    """A network whose connections end so many seconds after they were asked for, however the other side drips."""

    def __init__(self, network: httpcore.NetworkBackend, seconds: float) -> None:
        self._network, self._seconds = network, seconds

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None, socket_options: Any = None
    ) -> httpcore.NetworkStream:
        """See `httpcore.NetworkBackend`."""
        end = time.monotonic() + self._seconds
        return _BoundedStream(self._network.connect_tcp(host, port, self._seconds, local_address, socket_options), end)

    def connect_unix_socket(self, path: str, timeout: float | None = None, socket_options: Any = None) -> httpcore.NetworkStream:
        """Never opened."""
        raise httpcore.ConnectError("no files are asked")

    def sleep(self, seconds: float) -> None:
        """See `httpcore.NetworkBackend`."""
        self._network.sleep(seconds)


class _BoundedStream(httpcore.NetworkStream):
    """A connection until a moment of the monotonic clock."""

    def __init__(self, stream: httpcore.NetworkStream, end: float) -> None:
        self._stream, self._end = stream, end

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._left(httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._left(httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._left(httpcore.ConnectTimeout))
        return _BoundedStream(stream, self._end)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)

    def _left(self, error: type[httpcore.TimeoutException]) -> float:
        left_s = self._end - time.monotonic()
        if left_s <= 0:
            raise error("the connection took too long")
        return left_s


def use_network(client: httpx.Client, network: httpcore.NetworkBackend) -> httpx.Client:
    """The client, asking by way of this network alone."""
    client._transport._pool._network_backend = network  # type: ignore[attr-defined]  # No other door is offered.
    return client

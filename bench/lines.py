"""A lean HTTP client: one connection that is kept, one request at a time, as little work a request as can be."""

import asyncio
from typing import NamedTuple


class Answer(NamedTuple):
    """What came back."""

    status: int
    head: bytes
    body: bytes

    def header(self, name: bytes) -> str:
        """One header; empty if it is not there."""
        place = self.head.lower().find(b"\r\n" + name.lower() + b":")
        return "" if place < 0 else self.head[place + len(name) + 3 :].partition(b"\r\n")[0].strip().decode()


class Line(asyncio.Protocol):
    """A connection."""

    def __init__(self) -> None:
        self.buffer = b""
        self.waiting: asyncio.Future[Answer] | None = None
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.buffer = self.buffer + data if self.buffer else data
        found = whole(self.buffer)
        if found is not None and self.waiting is not None and not self.waiting.done():
            self.buffer = b""
            self.waiting.set_result(found)

    def connection_lost(self, exc: Exception | None) -> None:
        self.transport = None
        if self.waiting is not None and not self.waiting.done():
            self.waiting.set_exception(ConnectionResetError("the house hung up"))

    @property
    def is_open(self) -> bool:
        """Whether it can be used again."""
        return self.transport is not None and not self.transport.is_closing()

    def ask(self, request: bytes) -> "asyncio.Future[Answer]":
        """Send a request; its answer comes later."""
        if self.transport is None:
            raise ConnectionResetError("the house hung up")
        self.waiting = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        return self.waiting

    def close(self) -> None:
        """Hang up."""
        if self.transport is not None:
            self.transport.close()


async def dial(port: int) -> Line:
    """A new connection."""
    _, line = await asyncio.get_running_loop().create_connection(Line, "127.0.0.1", port)
    return line


def whole(data: bytes) -> Answer | None:
    """The answer, once all of it is there."""
    end = data.find(b"\r\n\r\n")
    if end < 0:
        return None
    head = data[:end]
    status = int(head[9:12])
    low = head.lower()
    place = low.find(b"content-length:")
    if place >= 0:
        size = int(low[place + 15 :].partition(b"\r\n")[0])
        return Answer(status, head, data[end + 4 : end + 4 + size]) if len(data) >= end + 4 + size else None
    if b"transfer-encoding: chunked" in low:
        return Answer(status, head, unchunked(data[end + 4 :])) if data.endswith(b"0\r\n\r\n") else None
    return Answer(status, head, b"")


def unchunked(data: bytes) -> bytes:
    """The body of pieces put together."""
    parts = []
    while data:
        size, _, rest = data.partition(b"\r\n")
        count = int(size, 16)
        parts.append(rest[:count])
        data = rest[count + 2 :]
        if count == 0:
            break
    return b"".join(parts)


def request(method: str, path: str, port: int, *, body: bytes = b"", cookies: str = "", kind: str = "application/x-www-form-urlencoded", more: str = "") -> bytes:  # fmt: skip
    """The bytes of a request."""
    head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
    if cookies:
        head += f"Cookie: {cookies}\r\n"
    head += more
    if method == "POST":
        head += f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
    return head.encode() + b"\r\n" + body

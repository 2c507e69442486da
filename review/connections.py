"""Connections to the desk: each must ask in time, and few are open at once, or whoever reaches it could hold it up."""

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

IN_TIME = 30.0  # seconds in which a whole request must come: a megabyte, over a slow line
MOST_OPEN = 200
BACKLOG = 64  # accepted at a time, before those too many are closed


class Prompt(H11Protocol):
    """A connection that is closed where no whole request comes in time, or where newer ones need its place: those whose
    request is whole stay longest."""

    began = 0.0
    late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take it up, and let go of one too many."""
        super().connection_made(transport)
        self.began = self.loop.time()
        self._expect()
        if len(self.connections) > MOST_OPEN:
            old = [one for one in self.connections if isinstance(one, Prompt)]
            min(old, key=lambda one: (one.is_answered, one.began)).give_way()

    @property
    def is_answered(self) -> bool:
        """Whether a whole request came, and its answer is on its way."""
        return bool(self.conn.their_state is h11.DONE)

    def give_way(self) -> None:
        """Close it at once."""
        self.connections.discard(self)
        self.transport.abort()

    def _expect(self) -> None:
        self.late = self.late or self.loop.call_later(IN_TIME, self.give_way)

    def _forget(self) -> None:
        if self.late:
            self.late.cancel()
            self.late = None

    def data_received(self, data: bytes) -> None:
        """Read on; the time counts from the first byte of each request to its last."""
        self._expect()
        super().data_received(data)
        if self.is_answered:
            self._forget()

    def on_response_complete(self) -> None:
        """Answered; what is left of the next request may have come already."""
        self._forget()
        super().on_response_complete()
        if not self.is_answered:
            self._expect()

    def connection_lost(self, exc: Exception | None) -> Any:
        """Gone."""
        self._forget()
        super().connection_lost(exc)

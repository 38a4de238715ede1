"""Senders that never give up: the same external id again until somebody acknowledges it."""

import http.client
import json
import random
import threading
import time
from collections.abc import Mapping
from typing import Any

PATIENCE = 120.0  # seconds for one intake
RESENT = 0.05  # share of acknowledged intakes that are sent once more


class GaveUp(RuntimeError):
    """An intake was not acknowledged in time, or was refused."""


class Sent:
    """What is to be sent, and what was acknowledged: external id to the id of the matter."""

    def __init__(self, intakes: int) -> None:
        self.intakes = intakes
        self.acknowledged: dict[str, str] = {}
        self.differing = 0
        self.failures: list[str] = []
        self._next = 0
        self._lock = threading.Lock()

    def take(self) -> int | None:
        """The number of the next intake, or None when all are taken or somebody gave up."""
        with self._lock:
            if self._next >= self.intakes or self.failures:
                return None
            self._next += 1
            return self._next

    def note(self, external_id: str, matter: str) -> None:
        """An acknowledgement; a second one must name the same matter."""
        with self._lock:
            if self.acknowledged.setdefault(external_id, matter) != matter:
                self.differing += 1

    def fail(self, words: str) -> None:
        """A sender gave up; the run is over."""
        with self._lock:
            self.failures.append(words)

    def count(self) -> int:
        """How many are acknowledged so far."""
        return len(self.acknowledged)


class Sender:
    """One thread with one connection."""

    def __init__(
        self, sent: Sent, port: int, county: Mapping[str, Any], rng: random.Random
    ) -> None:
        self.sent = sent
        self.port = port
        self.county = county
        self.rng = rng
        self.connection: http.client.HTTPConnection | None = None
        self.last = ""

    def run(self) -> None:
        """Send until nothing is left."""
        try:
            while (number := self.sent.take()) is not None:
                self._until_acknowledged(f"crash-{number:06}", number)
        except GaveUp as error:
            self.sent.fail(str(error))
        finally:
            self._hang_up()

    def _until_acknowledged(self, external_id: str, number: int) -> None:
        body = {
            "external_id": external_id,
            "area": self.rng.choice(self.county["villages"]),
            "words": f"第{number}件：村口的路灯坏了，晚上看不清路。",
        }
        for _ in range(2 if self.rng.random() < RESENT else 1):
            self._persist(external_id, body)

    def _persist(self, external_id: str, body: Mapping[str, str]) -> None:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                matter = self._send(body)
            except (OSError, http.client.HTTPException, ValueError) as error:
                self._hang_up()
                matter = None
                self.last = type(error).__name__
            if matter is not None:
                self.sent.note(external_id, matter)
                return
            if time.monotonic() > deadline:
                raise GaveUp(f"{external_id} not acknowledged in {PATIENCE:.0f} s: {self.last}")
            time.sleep(self.rng.uniform(0.01, 0.1))

    def _send(self, body: Mapping[str, str]) -> str | None:
        """The id of the matter, or None when the answer was no acknowledgement."""
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {
            "Content-Type": "application/json",
            "Authorization": f"Bearer {self.county['key']}",
        }
        self.connection.request("POST", "/api/v1/matters", json.dumps(body), headers)
        answer = self.connection.getresponse()
        content = answer.read()
        if answer.status in {200, 201}:
            return str(json.loads(content)["id"])
        if 400 <= answer.status < 500 and answer.status != 429:
            raise GaveUp(f"refused with {answer.status}: {content[:300].decode(errors='replace')}")
        self.last = f"{answer.status}: {content[:300].decode(errors='replace')}"
        return None

    def _hang_up(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None

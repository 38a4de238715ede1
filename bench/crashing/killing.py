"""SIGKILL for web and worker processes, spread over the whole run at random moments."""

import os
import random
import signal
import time
from collections.abc import Callable

from bench.crashing.sending import Sent


class Killer:
    """Kills ``kills`` times, each after a random number of acknowledgements more."""

    def __init__(
        self,
        sent: Sent,
        processes: Callable[[], list[int]],
        kills: int,
        rng: random.Random,
        say: Callable[[str], None],
    ) -> None:
        self.sent = sent
        self.processes = processes
        self.say = say
        self.rng = rng
        last = int(sent.intakes * 0.97)
        self.moments = sorted(rng.randrange(1, last) for _ in range(kills))
        self.killed = 0

    def run(self) -> None:
        """Wait for each moment, and kill one process at it."""
        for moment in self.moments:
            while self.sent.count() < moment:
                if self.sent.failures:
                    return
                time.sleep(0.001)
            time.sleep(self.rng.uniform(0.0, 0.05))
            self._kill_one()
            if self.killed % 10 == 0:
                self.say(f"{self.sent.count()} acknowledged, {self.killed} killed")

    def _kill_one(self) -> None:
        while True:
            if not (victims := self.processes()):
                time.sleep(0.01)
                continue
            try:
                os.kill(self.rng.choice(victims), signal.SIGKILL)
            except ProcessLookupError:
                continue
            self.killed += 1
            return

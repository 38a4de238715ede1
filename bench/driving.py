"""Sending requests and reading what they cost: CPU time of every server process, and the wait."""

import http.client
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from statistics import median, quantiles

Asking = http.client.HTTPConnection
Ask = Callable[[Asking, int], None]
SETTLE = 1.0  # seconds in which the workers end what a request has left them


def measure(
    name: str,
    ask: Ask,
    *,
    port: int,
    times: int,
    cpu: Callable[[], float],
    senders: int,
    warm_up: int,
) -> dict[str, float]:
    """CPU-ms per request, requests per second, p50 and p95 of the wait, by NAME_…"""
    drive(ask, port, warm_up, senders)
    time.sleep(SETTLE)
    before, began = cpu(), time.perf_counter()
    waits = drive(ask, port, times, senders)
    wall = time.perf_counter() - began
    time.sleep(SETTLE)
    return {
        f"{name}_cpu_ms": (cpu() - before) * 1000 / times,
        f"{name}_per_s": times / wall,
        f"{name}_p50_ms": median(waits) * 1000,
        f"{name}_p95_ms": quantiles(waits, n=20)[18] * 1000,
    }


def drive(ask: Ask, port: int, times: int, senders: int) -> list[float]:
    """Ask so many times over as many connections as there are senders; every wait in seconds."""

    def send(mine: range) -> list[float]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        waits = []
        for number in mine:
            began = time.perf_counter()
            ask(connection, number)
            waits.append(time.perf_counter() - began)
        connection.close()
        return waits

    shares = [range(start, times, senders) for start in range(senders)]
    with ThreadPoolExecutor(senders) as pool:
        return [wait for waits in pool.map(send, shares) for wait in waits]


def get(connection: Asking, path: str, headers: Mapping[str, str]) -> bytes:
    """A page. Raises RuntimeError when it does not answer 200."""
    connection.request("GET", path, headers=dict(headers))
    return read(connection, 200)


def read(connection: Asking, expected: int) -> bytes:
    """The body of the answer. Raises RuntimeError when its status is another one."""
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != expected:
        raise RuntimeError(f"answered {answer.status}: {body[:300]!r}")
    return body

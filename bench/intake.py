"""Real messages through the real doors: is each exactly one matter, word for word?

``zhitong bench intake FILE``: every line of FILE is a JSON object with ``title`` and ``text``.
Lines go in turn through the public form and through the API, every tenth twice, every
twentieth with a picture, from 8 senders at once, over HTTP. At the end what lies in the
database is compared byte by byte with what was sent. Options: FILE, then names of databases
(default: sqlite). Without FILE, or with --quick, a few made-up messages.
"""

import http.client
import io
import json
import re
import sys
import time
from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import Any
from urllib.parse import urlencode

from PIL import Image, ImageDraw

from bench.cluster import cluster
from bench.instance import Instance, instance
from bench.instance import run as command

NAME = "intake"
Say = Callable[[str], None]
SENDERS = 8
TWICE, PICTURED = 10, 20
MADE_UP = 200
CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Message:
    """One thing to send, and through which door."""

    number: int
    words: str
    village: str

    @property
    def id(self) -> str:
        """The external id, or the nonce of the form."""
        return f"intake-{self.number:06}"

    @property
    def public(self) -> bool:
        """Through the public form; otherwise through the API."""
        return self.number % 2 == 0

    @property
    def pictured(self) -> bool:
        """With a picture."""
        return self.number % PICTURED == 0


def run(*, quick: bool, say: Say, options: list[str]) -> dict[str, float]:
    """Counts over all databases, and the sends per second of the slowest."""
    kinds = [word for word in options if word in {"sqlite", "postgresql"}] or ["sqlite"]
    files = [word for word in options if word not in {"sqlite", "postgresql"}]
    texts = _made_up() if quick or not files else _read(Path(files[0]))
    totals: Counter[str] = Counter()
    speeds = []
    for kind in kinds:
        with ExitStack() as stack:
            url = stack.enter_context(cluster(durable=True)).url() if kind == "postgresql" else ""
            site = stack.enter_context(instance(url, web_processes=2))
            figures, speed = _one(site, texts, say)
        totals += figures
        totals.update(dict.fromkeys(figures, 0))
        speeds.append(speed)
        say(f"{kind}: {dict(figures)}, {speed:.0f} sends a second")
    return {**{key: float(value) for key, value in totals.items()}, "per_s": min(speeds)}


def _one(site: Instance, texts: list[str], say: Say) -> tuple[Counter[str], float]:
    villages = site.county["villages"]
    messages = [
        Message(number, text, villages[number % len(villages)])
        for number, text in enumerate(texts, 1)
    ]
    say(f"sending {len(messages)} messages from {SENDERS} senders")
    began = time.perf_counter()
    with ThreadPoolExecutor(SENDERS) as pool:
        shares = [messages[start::SENDERS] for start in range(SENDERS)]
        sends = sum(pool.map(lambda share: _Sender(site).send(share), shares))
    return _compare(site, messages), sends / (time.perf_counter() - began)


class _Sender:
    """One thread: a connection, a form token, and the picture it sends."""

    def __init__(self, site: Instance) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)
        self.key = site.county["key"]
        self.picture = _picture()
        self.cookie = self.token = ""

    def send(self, messages: list[Message]) -> int:
        """Send them all; returns how many requests were acknowledged."""
        sends = 0
        for message in messages:
            for _again in range(2 if message.number % TWICE == 0 else 1):
                self._form(message) if message.public else self._api(message)
                sends += 1
        self.connection.close()
        return sends

    def _api(self, message: Message) -> None:
        body: dict[str, Any] = {"external_id": message.id, "area": message.village}
        body["words"] = message.words
        if message.pictured:
            body["pictures"] = [b64encode(self.picture).decode()]
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        self._ask("POST", "/api/v1/matters", json.dumps(body).encode(), headers, {200, 201})

    def _form(self, message: Message) -> None:
        if not self.token:
            page, headers = self._ask("GET", "/say", b"", {}, {200})
            found = CSRF.search(page.decode())
            if found is None:
                raise RuntimeError("the form has no token")
            self.token = found[1]
            self.cookie = headers["Set-Cookie"].split(";")[0]
        fields = {
            "csrfmiddlewaretoken": self.token,
            "nonce": message.id,
            "words": message.words,
            "town": message.village[:9],
            "village": message.village,
            "category": "other",
        }
        body, kind = (
            _multipart(fields, self.picture)
            if message.pictured
            else (urlencode(fields).encode(), "application/x-www-form-urlencoded")
        )
        self._ask("POST", "/say", body, {"Content-Type": kind, "Cookie": self.cookie}, {302})

    def _ask(
        self, verb: str, path: str, body: bytes, headers: dict[str, str], expected: set[int]
    ) -> tuple[bytes, http.client.HTTPMessage]:
        self.connection.request(verb, path, body or None, {"Host": "localhost", **headers})
        answer = self.connection.getresponse()
        content = answer.read()
        if answer.status not in expected:
            raise RuntimeError(f"{path} answered {answer.status}: {content[-400:].decode()}")
        return content, answer.headers


def _compare(site: Instance, messages: list[Message]) -> Counter[str]:
    done = command([sys.executable, "-m", "bench.taken"], site.env)
    if done.returncode:
        raise RuntimeError(done.stderr[-1000:])
    rows = [json.loads(line) for line in done.stdout.split("\n") if line]
    taken: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        taken.setdefault(row["id"], []).append(row)
    figures = Counter(messages=len(messages), matters=len(rows), lost=0, duplicated=0, mangled=0)
    for message in messages:
        found = taken.get(message.id, [])
        figures["lost"] += not found or not found[0]["whole"]
        figures["duplicated"] += max(0, len(found) - 1)
        figures["mangled"] += any(_differs(message, row) for row in found)
    return figures


def _differs(message: Message, row: Mapping[str, Any]) -> bool:
    """Line ends are stored as LF whatever was sent (HTML forms send CR LF); nothing else may."""
    sent = message.words.replace("\r\n", "\n").replace("\r", "\n").encode()
    return bool(row["words"].encode() != sent or row["pictures"] != int(message.pictured))


def _multipart(fields: Mapping[str, str], picture: bytes) -> tuple[bytes, str]:
    edge = token_hex(16)
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = (
        f'--{edge}\r\nContent-Disposition: form-data; name="photos"; filename="a.jpg"\r\n'
        "Content-Type: image/jpeg\r\n\r\n"
    )
    body = b"".join((*parts, head.encode(), picture, f"\r\n--{edge}--\r\n".encode()))
    return body, f"multipart/form-data; boundary={edge}"


def _picture() -> bytes:
    image = Image.new("RGB", (1200, 900), "#cfd8dc")
    ImageDraw.Draw(image).ellipse((300, 200, 900, 700), fill="#ffca28")
    file = io.BytesIO()
    image.save(file, "JPEG")
    return file.getvalue()


def _read(path: Path) -> list[str]:
    lines = path.read_text("utf-8").split("\n")
    objects = [json.loads(line) for line in lines if line.strip()]
    return [f"{one.get('title', '')}\n{one['text']}" for one in objects]


def _made_up() -> list[str]:
    return [
        f"第{n}件：村口的路灯坏了。\n\t全角ＡＢＣ、表情🙂、两个  空格\n" for n in range(MADE_UP)
    ]

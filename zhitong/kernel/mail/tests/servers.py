"""Real mail servers on this machine, for as long as a test lasts."""

import getpass
import grp
import imaplib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

USER, PASSWORD = "door", "p@ss"
NOBODY = "nobody"
CONFIGURATION = """
base_dir = {home}/run
state_dir = {home}/run
log_path = {home}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
mail_location = maildir:{home}/mail
mail_uid = {user}
mail_gid = {group}
first_valid_uid = 1
first_valid_gid = 1
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={home}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
"""


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Mailserver:
    """A running Dovecot with one mailbox."""

    port: int
    home: Path

    @property
    def url(self) -> str:
        return f"imap://{USER}:p%40ss@127.0.0.1:{self.port}/INBOX"

    @contextmanager
    def session(self) -> Iterator[imaplib.IMAP4]:
        """Another mail program that looks into the same mailbox."""
        program = imaplib.IMAP4("127.0.0.1", self.port)
        program.login(USER, PASSWORD)
        program.select("INBOX")
        try:
            yield program
        finally:
            program.logout()

    def put(self, raw: bytes) -> None:
        """A mail comes in."""
        with self.session() as program:
            status, _said = program.append("INBOX", "", "", raw)
            assert status == "OK"

    def seen(self) -> list[int]:
        """Numbers of the mails that are marked as read."""
        with self.session() as program:
            return [int(one) for one in program.search(None, "SEEN")[1][0].split()]


@contextmanager
def dovecot() -> Iterator[Mailserver]:
    """Dovecot in a folder of its own, as an ordinary user: as ourselves, or as nobody for root."""
    root = os.geteuid() == 0
    user = NOBODY if root else getpass.getuser()
    home = Path(tempfile.mkdtemp(prefix="zhitong-dovecot-"))
    port = free_port()
    group = "nogroup" if root else grp.getgrgid(os.getegid()).gr_name
    text = CONFIGURATION.format(home=home, user=user, group=group, password=PASSWORD, port=port)
    (home / "dovecot.conf").write_text(text)
    if root:
        shutil.chown(home, user, group)
    command = ["/usr/sbin/dovecot", "-F", "-c", str(home / "dovecot.conf")]
    process = subprocess.Popen(
        command,
        stderr=subprocess.DEVNULL,
        user=user if root else None,
        group=group if root else None,
        extra_groups=[] if root else None,
    )
    try:
        _wait(port, home)
        yield Mailserver(port, home)
    finally:
        process.terminate()
        process.wait(10)
        shutil.rmtree(home, ignore_errors=True)


def _wait(port: int, home: Path) -> None:
    end = time.monotonic() + 15
    while time.monotonic() < end:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1) as probe:
            if probe.recv(64).startswith(b"* OK"):
                return
        time.sleep(0.05)
    log = home / "log"
    raise AssertionError(log.read_text() if log.exists() else "dovecot does not answer")


@dataclass
class Postbox:
    """What an SMTP server received, and what it answers to the next mails."""

    received: list[tuple[str, list[str], bytes]] = field(default_factory=list)
    recipient_answers: list[str] = field(default_factory=list)
    data_answers: list[str] = field(default_factory=list)
    url: str = ""

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self.recipient_answers.pop(0) if self.recipient_answers else "250 OK"
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        answer = self.data_answers.pop(0) if self.data_answers else "250 OK"
        if answer.startswith("2"):
            content = envelope.content
            raw = content if isinstance(content, bytes) else (content or "").encode()
            self.received.append((envelope.mail_from or "", list(envelope.rcpt_tos), raw))
        return answer


@contextmanager
def smtp_server() -> Iterator[Postbox]:
    """A real SMTP server on a free port."""
    postbox = Postbox()
    port = free_port()
    controller = Controller(postbox, hostname="127.0.0.1", port=port)
    controller.start()
    postbox.url = f"smtp://127.0.0.1:{port}"
    try:
        yield postbox
    finally:
        controller.stop(no_assert=True)

"""The work of ``zhitong work``: one worker until SIGTERM or Ctrl-C."""

import os
import signal
import threading
from argparse import Namespace
from contextlib import suppress

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.utils import translation

from zhitong.config.ground import occupied
from zhitong.config.serving.database import check_role
from zhitong.kernel.worker.working import Worker


def work(options: Namespace) -> int:
    """Relay facts and run timers until told to stop."""
    del options
    translation.activate(settings.LANGUAGE_CODE)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with suppress(DatabaseError, InterfaceError):  # a worker waits for its database
        check_role()
        connection.close()
    parent = int(os.environ.get("ZHITONG_PARENT") or 0)
    with occupied(settings.DATA):
        Worker(stop, parent=parent).run()
    return 0

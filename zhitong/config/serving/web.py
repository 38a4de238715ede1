"""Gunicorn's settings; read with ``-c python:zhitong.config.serving.web``.

Threads share a process and its caches; the application is loaded once and forked. There is no
access log: addresses of pages can name people's matters.
"""

import gc
import os
from typing import Any

from zhitong.config.environment import Environment
from zhitong.config.serving.children import die_with_parent

_environment = Environment()

bind = [os.environ.get("ZHITONG_SOCKET") or f"{_environment.bind}:{_environment.port}"]
worker_class = "gthread"
workers = _environment.web_processes
threads = _environment.web_threads
preload_app = True
timeout = 60
graceful_timeout = 8
keepalive = 15
backlog = 1024
limit_request_line = 4094
limit_request_fields = 60
limit_request_field_size = 8190
accesslog = None
errorlog = "-"
loglevel = "warning"
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108, PTH112
proc_name = "zhitong-web"


def when_ready(server: Any) -> None:
    """Leave what was loaded before the fork alone, so that its memory stays shared."""
    del server
    gc.collect()
    gc.freeze()


def post_fork(server: Any, worker: Any) -> None:
    """A web process leaves with the one that started it."""
    del worker
    die_with_parent(server.pid)

"""The work of ``zhitong serve``: one process group with the web site and its workers."""

import http.client
import os
import signal
import sys
import threading
import time
from argparse import Namespace

from django.conf import settings
from django.db import connections

from zhitong.config.ground import WILDCARDS, check_folder, listen, occupied
from zhitong.config.obstacles import Obstacle
from zhitong.config.serving.children import Child, end, watch
from zhitong.config.serving.database import bring_up_to_date
from zhitong.config.serving.demo import load_once
from zhitong.config.serving.greeting import greeting

STARTS_WITHIN = 60.0  # seconds until the first page must be there


def say(words: str) -> None:
    """One line for whoever started us."""
    sys.stdout.write(f"zhitong: {words}\n")
    sys.stdout.flush()


def migrate(options: Namespace) -> int:
    """Bring the database up to date and nothing else."""
    del options
    check_folder(settings.DATA)
    bring_up_to_date(say)
    say("the database is up to date")
    return 0


def serve(options: Namespace) -> int:
    """Prepare, start, watch until told to stop, end everything."""
    del options
    environment = settings.ENVIRONMENT
    check_folder(settings.DATA)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    with occupied(settings.DATA), listen(environment.bind, environment.port) as door:
        bring_up_to_date(say)
        if settings.DEMO:
            load_once(say)
        connections.close_all()
        children = _children(door.fileno())
        try:
            for child in children:
                child.start()
            _wait_for_first_page(children[0], stop)
            if not stop.is_set():
                say(greeting())
            watch(children, stop)
        finally:
            end(children)
    say("stopped")
    return 0


def _children(door: int) -> list[Child]:
    environment = settings.ENVIRONMENT
    env = {
        **os.environ,
        "ZHITONG_DATA": str(settings.DATA),
        "ZHITONG_SOCKET": f"fd://{door}",
        "ZHITONG_PARENT": str(os.getpid()),
    }
    web = [sys.executable, "-m", "gunicorn", "-c", "python:zhitong.config.serving.web"]
    web.append("zhitong.config.wsgi:application")
    worker = [sys.executable, "-m", "zhitong.config.cli", "work"]
    names = [f"worker {number + 1}" for number in range(environment.workers)]
    return [Child("web", web, env, [door]), *(Child(name, worker, env) for name in names)]


def _wait_for_first_page(web: Child, stop: threading.Event) -> None:
    """Ask for a page until one comes. Raises Obstacle when none does."""
    environment = settings.ENVIRONMENT
    host = WILDCARDS.get(environment.bind, environment.bind)
    deadline = time.monotonic() + STARTS_WITHIN
    while not stop.is_set():
        if not web.alive():
            raise Obstacle("the web server could not start; its last words are above")
        if time.monotonic() > deadline:
            raise Obstacle("the web server did not answer in time")
        asking = http.client.HTTPConnection(host, environment.port, timeout=2)
        try:
            asking.request("HEAD", "/", headers={"Host": settings.ALLOWED_HOSTS[0]})
            asking.getresponse()
        except OSError:
            stop.wait(0.1)
        else:
            return
        finally:
            asking.close()

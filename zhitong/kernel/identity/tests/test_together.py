"""Many at the same moment: counters and codes hold across processes and connections."""

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection, connections

from zhitong.kernel.crypto.sealed import unsealed
from zhitong.kernel.errors import Invalid, TooMany
from zhitong.kernel.identity import resident_door, throttle
from zhitong.kernel.identity.models import OneTimeCode, SignIn, Throttle
from zhitong.kernel.sms.models import SmsMessage

pytestmark = pytest.mark.django_db(transaction=True)
KNOCK = """
import os, sys
import django
from django.conf import settings
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from zhitong.kernel.errors import TooMany
from zhitong.kernel.identity.throttle import knock
let_in = 0
for _try in range(6):
    try:
        knock({"sign_in.account": "somebody"})
        let_in += 1
    except TooMany:
        pass
print(let_in)
"""


def at_once(many, act):
    """Run ``act`` in so many threads, each with a connection of its own."""

    def alone(number):
        try:
            return act(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(many) as pool:
        return list(pool.map(alone, range(many)))


def test_five_tries_are_five_across_processes():
    environment = {**os.environ, "ZHITONG_DATA": os.environ["ZHITONG_DATA"]}
    command = [sys.executable, "-c", KNOCK, str(connection.settings_dict["NAME"])]
    running = [
        subprocess.Popen(
            command, stdout=subprocess.PIPE, env=environment, text=True, cwd=Path.cwd()
        )
        for _process in range(3)
    ]
    assert sum(int(process.communicate(timeout=60)[0]) for process in running) == 5
    assert Throttle.objects.get().tries == 5


def test_first_tries_at_the_same_moment_are_all_counted():
    def knock(_number):
        try:
            return bool(throttle.knock({"sign_in.account": "somebody"}))
        except TooMany:
            return False

    assert sum(at_once(12, knock)) == 5


def test_one_code_opens_one_door(client):
    client.post("/resident/sign-in", {"phone": "13812345678"})
    digits = re.findall(r"\d{6}", unsealed(SmsMessage.objects.get().text))[0]
    code = OneTimeCode.objects.get().pk

    def enter(_number):
        try:
            return resident_door.enter(code=code, typed=digits, address="a", agent="").token
        except Invalid:
            return ""

    assert sum(map(bool, at_once(4, enter))) == 1
    assert SignIn.objects.count() == 1

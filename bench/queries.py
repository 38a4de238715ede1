"""``python -m bench.queries TOKEN CODE``: how many statements the matter page sends."""

import sys
from importlib import import_module

import django

if __name__ == "__main__":
    django.setup()
    database = import_module("django.db").connection
    watch = import_module("django.test.utils").CaptureQueriesContext
    client = import_module("django.test").Client(headers={"host": "localhost"})
    client.cookies[import_module("zhitong.kernel.identity.sign_ins").COOKIE] = sys.argv[1]
    client.get(f"/m/{sys.argv[2]}")
    with watch(database) as seen:
        answer = client.get(f"/m/{sys.argv[2]}")
    if answer.status_code != 200:
        raise SystemExit(f"the matter page answered {answer.status_code}")
    sys.stdout.write(f"{len(seen)}\n")

"""``python -m bench.county``: prepare the county of a benchmark in an empty database.

Areas, a bureau, a station in every township, one officer with a password, and an API key.
Prints them as one JSON line.
"""

import json
import sys
from importlib import import_module

import django
from django.core.management import call_command

if __name__ == "__main__":
    django.setup()
    call_command("migrate", verbosity=0)
    found = import_module("bench.founding").found()
    sys.stdout.write(json.dumps(found) + "\n")

"""``python -m bench.keeping plant COUNT | retain FOLDER``: the steps that need the instance.

Each runs in a process of its own, so that nothing is found because it is still in memory, and
prints one JSON line.
"""

import json
import sys
from importlib import import_module

import django

if __name__ == "__main__":
    django.setup()
    steps = import_module("bench.keeping.steps")
    told = getattr(steps, sys.argv[1])(*sys.argv[2:])
    sys.stdout.write(json.dumps(told) + "\n")

"""``python -m bench.crashing.count``: print what is in the database of the environment."""

import sys
from importlib import import_module

import django

if __name__ == "__main__":
    django.setup()
    sys.stdout.write(import_module("bench.crashing.counting").counts())

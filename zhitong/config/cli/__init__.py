"""The ``zhitong`` command."""

from zhitong.config.cli.main import main

__all__ = ["main"]

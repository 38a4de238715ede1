"""The promises that a county keeps when it has adopted none of its own."""

import tomllib
from functools import cache
from importlib.resources import files

from zhitong.loop.domain.policy import Policy, UnreadablePolicy, read_policy


@cache
def delivered() -> Policy:
    """The policy that comes with the software: loop/data/policy.toml."""
    return read_written(files("zhitong.loop").joinpath("data", "policy.toml").read_text("utf-8"))


def read_written(text: str) -> Policy:
    """A policy written as TOML. Raises UnreadablePolicy, which says where it is wrong."""
    try:
        return read_policy(tomllib.loads(text))
    except tomllib.TOMLDecodeError as problem:
        raise UnreadablePolicy(str(problem)) from problem

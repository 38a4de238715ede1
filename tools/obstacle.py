"""The one error of the set-up."""


class Obstacle(RuntimeError):
    """Something on this machine is in the way; the message says what to do about it."""

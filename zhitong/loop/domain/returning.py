"""Sending a matter back that does not belong here: one post asks, a post above decides.

Until it is decided the owner stays responsible, and the clock runs on.
"""

from collections.abc import Collection, Sequence
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

Post = TypeVar("Post")


class ReturnState(StrEnum):
    """What has become of asking to send a matter back."""

    ASKED = "asked"
    ACCEPTED = "accepted"  # it went to the post that was named
    REFUSED = "refused"  # it stays
    LAPSED = "lapsed"  # it went elsewhere, or ended, before anybody decided


def judges(chain: Sequence[Post]) -> Sequence[Post]:
    """The posts that decide, the nearest first, from the owner's post and those above it.

    Over the topmost post there is nobody; there a colleague decides.
    """
    return chain[1:] or chain


def may_decide(
    chain: Sequence[UUID], *, posts: Collection[UUID], actor: str, asked_by: str
) -> bool:
    """Whether somebody at these posts decides: never about what they asked themselves."""
    return actor != asked_by and not set(judges(chain)).isdisjoint(posts)

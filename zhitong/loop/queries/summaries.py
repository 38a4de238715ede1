"""The public summary of a matter."""

from zhitong.kernel.errors import NotFound
from zhitong.kernel.text.personal import redacted
from zhitong.loop.models import Matter, Photo, Summary


def summary_of(matter: Matter) -> Summary | None:
    """The matter's summary, in whatever state; None when nobody has written one."""
    found: Summary | None = Summary.objects.filter(matter=matter).first()
    return found


def summary(matter: Matter) -> Summary:
    """As summary_of. Raises NotFound when there is none."""
    found = summary_of(matter)
    if found is None:
        raise NotFound
    return found


def proposal(matter: Matter) -> str:
    """What a summary may begin from: the resident's words with marks for all that is personal."""
    return redacted(matter.words)


def all_photos(matter: Matter) -> list[Photo]:
    """The pictures of a matter, in the order they were sent."""
    return list(Photo.objects.filter(matter=matter).order_by("id"))

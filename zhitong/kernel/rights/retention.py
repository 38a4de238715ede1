"""How long requests are kept."""

from datetime import timedelta

from zhitong.kernel.retention.registry import Kind, keep, older_than

KEPT = timedelta(days=1096)

keep(
    "rights.DataRequest",
    Kind.TRACE,
    lasts="three years after it was asked, to show that it was answered in time",
    then="The row is removed. Its words go earlier, with what they are about.",
    expired=older_than("rights.DataRequest", "asked_at", KEPT),
)

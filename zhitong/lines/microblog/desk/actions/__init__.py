"""What the desk does: write, ask for a look, approve, put on a time, hold, publish, withdraw."""

from zhitong.lines.microblog.desk.actions.publishing import hold, publish, schedule, withdraw
from zhitong.lines.microblog.desk.actions.reviewing import confirm, review
from zhitong.lines.microblog.desk.actions.writing import submit, write

__all__ = ["confirm", "hold", "publish", "review", "schedule", "submit", "withdraw", "write"]

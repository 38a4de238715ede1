"""What people may do by default.

Staff roles are copied into the database, where a county can cut its own. What the public,
residents, links and programs may do is fixed here, so that no click on a page can widen it.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from zhitong.kernel.errors import Sentence

DOOR = frozenset({"identity.refuse_sign_in"})
PUBLIC = frozenset({"loop.open"})
LINK = frozenset(
    {
        "loop.follow", "loop.rate", "loop.add", "loop.reopen", "loop.withdraw",
        "loop.correct_contact", "rights.ask", "rights.take_back", "rights.export",
    }
)  # fmt: skip
PROGRAM = frozenset({"loop.open", "loop.behalf"})
RESIDENT = LINK | {"loop.open", "identity.end_sign_ins", "identity.forget_me"}

STAFF = frozenset(
    {
        "areas.look",
        "identity.change_password",
        "identity.confirm_authenticator",
        "identity.renew_recovery_codes",
        "identity.add_passkey",
        "identity.remove_passkey",
        "identity.end_sign_ins",
        "identity.take_leave",
        "identity.end_absence",
    }
)


@dataclass(frozen=True, slots=True)
class RoleSeed:
    """A role as it is delivered."""

    name: str
    label: Sentence
    permits: frozenset[str]


_READ = frozenset({"loop.read", "loop.board", "loop.search", "loop.look"})
_WRITE = frozenset(
    {"loop.draft", "loop.answer_later", "loop.call_off", "loop.write_reply", "loop.end_reply"}
)
_WORK = _READ | {
    "loop.open", "loop.behalf", "loop.take", "loop.reassign", "loop.move_area", "loop.note",
    "loop.hand_over", "loop.take_back", "loop.send_back",
    "loop.reclassify", "loop.set_task", "loop.end_task", "loop.cancel_task",
    "loop.merge", "loop.unmerge", "loop.split",
    "loop.ask", "loop.answer",
    "loop.draft_summary",
    "loop.make_calendar", "loop.end_calendar",
    *_WRITE,
}  # fmt: skip
_DESK = frozenset(
    {
        "desk.write", "desk.submit", "desk.review", "desk.schedule", "desk.hold", "desk.confirm",
        "desk.withdraw", "alerts.describe",
    }
)  # fmt: skip

ROLES: tuple[RoleSeed, ...] = (
    RoleSeed(
        "community_officer",
        _("Community officer"),
        _WORK | {"loop.close", "loop.refuse", "loop.propose_exclusion", "sealed.reveal"},
    ),
    RoleSeed(
        "window_clerk",
        _("Window clerk"),
        _WORK | {"loop.close", "loop.propose_exclusion", "sealed.reveal"},
    ),
    RoleSeed(
        "editor",
        _("Microblog editor"),
        _READ
        | _DESK
        | _WRITE
        | {"loop.open", "loop.behalf", "loop.note", "loop.ask", "loop.answer"}
        | {"loop.draft_summary", "loop.review_summary", "loop.withdraw_summary"},
    ),
    RoleSeed(
        "supervisor",
        _("Supervisor"),
        _WORK
        | _DESK
        | {"loop.close", "loop.refuse", "sealed.reveal"}
        | {"loop.rates", "loop.propose_exclusion", "loop.decide_exclusion", "loop.export"}
        | {"loop.ask_report"}
        | {"loop.review_summary", "loop.withdraw_summary"}
        | {"loop.adopt_policy", "loop.set_route", "loop.end_route", "loop.decide_return"}
        | {"rights.decide", "retention.watch"}
        | {"identity.people", "identity.break_glass", "identity.record_absence"},
    ),
    RoleSeed("auditor", _("Auditor"), frozenset({"audit.read", "identity.people", "bus.watch"})),
    RoleSeed(
        "administrator",
        _("Administrator"),
        frozenset(
            {
                "areas.import",
                "clock.set_day",
                "clock.clear_day",
                "identity.people",
                "identity.create_account",
                "identity.set_account_active",
                "identity.create_post",
                "identity.appoint",
                "identity.end_appointment",
                "identity.reset_second_factor",
                "identity.reset_password",
                "identity.set_role",
                "identity.issue_api_key",
                "identity.end_api_key",
                "webhooks.watch",
                "webhooks.subscribe",
                "webhooks.rotate",
                "webhooks.end",
                "webhooks.resume",
                "webhooks.ping",
                "webhooks.replay",
                "bus.watch",
                "bus.retry",
                "bus.skip",
                "bus.backfill",
                "retention.watch",
            }
        ),
    ),
)
LABELS: dict[str, Sentence] = {seed.name: seed.label for seed in ROLES}

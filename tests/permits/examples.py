"""What to fill into each address and send to it. A new address needs a line here.

Who may open it is not written here: that is the rule which the view declares.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tests.permits.kinds import (
    ABSENCE,
    ACCOUNT,
    ALERT,
    APPOINTMENT,
    CALENDAR,
    CLIENT,
    CONTACT,
    DATA_VERB,
    DELIVERY,
    EXCLUSION,
    LINK,
    LINK_DATA_VERB,
    LINK_PHOTO,
    LINK_VERB,
    LISTED_ACCOUNT,
    MATTER,
    MESSAGE,
    NOTE,
    NOTHING,
    PASSKEY,
    PHOTO,
    REPLY,
    RETURN,
    ROLE,
    WEBHOOK,
    Kind,
    Objects,
)
from tests.permits.world import NOWHERE, Person, World
from zhitong.loop.tests.county import COUNTY


@dataclass(frozen=True)
class Example:
    """One address: its methods, what it names, what a good form sends.

    ``answer`` is what even those get whom the rule lets in, with the reason in ``because``;
    ``but_for`` are the kinds of people to whom that does not apply.
    """

    methods: str = "GET"
    kind: Kind = NOTHING
    data: Mapping[str, object] = field(default_factory=dict)
    answer: int | None = None
    because: str = ""
    but_for: tuple[str, ...] = ()


def _form(kind: Kind = NOTHING, /, **data: object) -> Example:
    return Example("GET POST", kind, data)


def _post(kind: Kind = NOTHING, /, **data: object) -> Example:
    return Example("POST", kind, data)


def _demo(methods: str) -> Example:
    return Example(methods, answer=404, because="exists in demo mode only")


def _at_the_door(methods: str, status: int, /, **data: object) -> Example:
    because = "takes a sign-in that waits for its next step"
    return Example(methods, data=data, answer=status, because=because)


def _public(_world: World | None, _who: Person | None) -> Objects:
    return {"code": "0" * 16}


def _public_picture(_world: World | None, _who: Person | None) -> Objects:
    return {"code": "0" * 16, "id": NOWHERE.photo}


NONE_OPEN = Example(
    kind=Kind(_public, None, _public(None, None)), answer=404, because="nothing was released"
)

EXAMPLES: dict[str, Example] = {
    "shell:home": Example(),
    "shell:about": Example(),
    "shell:privacy": Example(),
    "shell:style": Example(answer=404, because="for those who build pages", but_for=("staff",)),
    "shell:language": _post(language="en", next="/"),
    "identity:sign_in": _form(username="x", password="y"),
    "identity:second": _at_the_door("GET POST", 302),
    "identity:first_password": _at_the_door("GET POST", 302),
    "identity:prove_options": _at_the_door("POST", 403),
    "identity:prove_answer": _at_the_door("POST", 403, answer="{}"),
    "identity:sign_out": _post(),
    "identity:me": Example(),
    "identity:forget_me": _post(),
    "identity:my_absence": _form(starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 2)),
    "identity:end_absence": Example("POST", ABSENCE, {}, 404, "nobody is away"),
    "identity:absence": _form(LISTED_ACCOUNT, starts_on=date(2026, 1, 1)),
    "identity:end_sign_ins": _post(),
    "identity:password": _form(old="a", password="b", again="c"),
    "identity:authenticator": _form(secret="", code="123456", password="x"),
    "identity:recovery_codes": _form(password="x"),
    "identity:passkeys": Example(),
    "identity:register_options": _post(password="x"),
    "identity:register_answer": _post(answer="{}"),
    "identity:remove_passkey": _post(PASSKEY),
    "identity:resident_sign_in": _form(phone="13812345678"),
    "identity:resident_code": _at_the_door("GET POST", 302),
    "identity:demo_sign_in": _demo("GET POST"),
    "identity:demo_sms": _demo("GET"),
    "identity:people": Example(),
    "identity:new_account": _form(name="王小明", username="wang.xiaoming"),
    "identity:break_glass": _form(role="editor", hours=1, reason="x"),
    "identity:person": Example(kind=LISTED_ACCOUNT),
    "identity:appoint": _form(LISTED_ACCOUNT, role="editor", starts_on=date(2026, 1, 1)),
    "identity:set_active": _post(ACCOUNT, active="0"),
    "identity:reset_password": _post(ACCOUNT),
    "identity:reset_second_factor": _post(ACCOUNT, reason="x"),
    "identity:end_appointment": _post(APPOINTMENT),
    "identity:posts": Example(),
    "identity:new_post": _form(name="新岗位", kind="station", area=COUNTY),
    "identity:roles": Example(),
    "identity:role": _form(ROLE, permits=["loop.read"]),
    "identity:clients": Example(),
    "identity:new_client": _form(name="x", channel="api", permits=["loop.open"]),
    "identity:end_client": _post(CLIENT),
    "areas:areas": Example(),
    "days:days": _form(day="2026-11-25", working="0", name="暴雪停工", source="应急办通知"),
    "days:clear": Example("POST", NOTHING, {"day": "2026-11-25"}, 404, "nothing was decided yet"),
    "worker:outbox": Example(),
    "worker:retry": _post(DELIVERY, reason="x"),
    "worker:skip": _post(DELIVERY, reason="x"),
    "audit:log": Example(),
    "audit:head": Example(answer=404, because="nothing has been signed yet"),
    "alerts:warnings": Example(),
    "alerts:feed": Example(),
    "alerts:certificate": Example(),
    "alerts:document": Example(kind=ALERT, answer=404, because="nobody was warned here"),
    "alerts:sheet": Example("GET POST", NOTE, answer=404, because="nothing is written here"),
    "desk:news": Example(),
    "desk:feed": Example(),
    "desk:piece": Example(kind=NOTE, answer=404, because="nothing is published in this county"),
    "desk:desk": Example(),
    "desk:new": _form(category="office", title="x", words="y"),
    "desk:note": Example(kind=NOTE, answer=404, because="nothing is written in this county"),
    "desk:edit": Example("GET POST", NOTE, answer=404, because="nothing is written in this county"),
    "desk:submit": Example("POST", NOTE, answer=404, because="nothing is written in this county"),
    "desk:review": Example("POST", NOTE, answer=404, because="nothing is written in this county"),
    "desk:schedule": Example("POST", NOTE, answer=404, because="nothing is written in this county"),
    "desk:hold": Example("POST", NOTE, answer=404, because="nothing is written in this county"),
    "desk:confirm": Example("POST", NOTE, answer=404, because="nothing is written in this county"),
    "desk:withdraw": Example("POST", NOTE, answer=404, because="nothing is written in this county"),
    "webhooks:webhooks": Example(),
    "webhooks:new": _form(name="x", url="https://example.com/in", facts=["loop.MatterClosed"]),
    "webhooks:webhook": Example(kind=WEBHOOK),
    "webhooks:rotate": _post(WEBHOOK),
    "webhooks:end": _post(WEBHOOK),
    "webhooks:resume": _post(WEBHOOK),
    "webhooks:ping": _post(WEBHOOK),
    "webhooks:replay": _post(MESSAGE),
    "loop:say": _form(words="路灯坏了", nonce="n1", town="371403001"),
    "loop:places": Example(),
    "loop:known": _post(words="路灯坏了", town="371403001"),
    "loop:bring": Example(),
    "loop:track": _form(code="x"),
    "loop:mine": Example(),
    "loop:my_data": Example(),
    "loop:my_export": Example(),
    "loop:do_data": Example(
        "POST", DATA_VERB, {"target": "x", "kind": "erase"}, 404, "nothing is kept under that"
    ),
    "loop:code_data": Example(kind=LINK),
    "loop:code_export": Example(kind=LINK),
    "loop:do_code_data": Example(
        "POST", LINK_DATA_VERB, {"target": "x", "kind": "erase"}, 404, "nothing is kept under that"
    ),
    "rights:requests": Example(),
    "rights:decide": Example(
        "POST", EXCLUSION, {"granted": "1", "answer": "x"}, 404, "nobody has asked"
    ),
    "retention:over": Example(),
    "loop:follow": Example(kind=LINK),
    "loop:said": Example(kind=LINK),
    "loop:readers": Example(kind=LINK),
    "loop:rate": _post(LINK, stars="5"),
    "loop:own_photo": Example(kind=LINK_PHOTO),
    "loop:more": _post(LINK_VERB, text="还是不亮"),
    "loop:routes": _form(town="371403001", do="try"),
    "loop:end_route": Example("POST", NOTHING, {"route": NOWHERE.account}, 404, "no such rule"),
    "loop:replies": Example(),
    "loop:new_reply": _form(title_zh="路灯", title_en="Lamp", body="{{code}}"),
    "loop:reply": Example("GET POST", REPLY, {"body": "{{code}}"}, 404, "none is written"),
    "loop:end_reply": Example("POST", REPLY, {}, 404, "none is written"),
    "loop:open_rates": Example(),
    "loop:supervise": Example(),
    "loop:reports": _form(month="2026-10", as_of="2026-11-01"),
    "loop:report": Example("GET", EXCLUSION, answer=404, because="none was asked for"),
    "loop:report_paper": Example("GET", EXCLUSION, answer=404, because="none was asked for"),
    "loop:report_numbers": Example("GET", EXCLUSION, answer=404, because="none was asked for"),
    "loop:open_answers": Example(),
    "loop:open_feed": Example(),
    "loop:open_matter": NONE_OPEN,
    "loop:open_picture": Example(
        kind=Kind(_public_picture, None, _public_picture(None, None)),
        answer=404,
        because="nothing was released",
    ),
    "loop:rates": Example(),
    "loop:rates_csv": Example(),
    "loop:rates_matters": Example(),
    "loop:exclusions": Example(),
    "loop:decide_exclusion": Example("POST", EXCLUSION, {"accepted": "1"}, 404, "none is proposed"),
    "loop:exclude": _form(MATTER, reason="重复"),
    "loop:export": _form(which="next", form="csv", purpose="x"),
    "loop:exported": Example(kind=EXCLUSION, answer=404, because="nobody asked for a list"),
    "loop:exported_file": Example(kind=EXCLUSION, answer=404, because="nobody asked for a list"),
    "loop:calendar": _form(alarm="0"),
    "loop:end_calendar": Example("POST", answer=404, because="there is no address yet"),
    "loop:calendar_feed": Example(kind=CALENDAR, answer=404, because="nobody has that address"),
    "loop:board": Example(),
    "loop:search": Example(),
    "loop:staff_places": Example(),
    "loop:say_for": _form(words="路灯坏了", nonce="n2", town="371403001", channel="counter"),
    "loop:matter": Example(kind=MATTER),
    "loop:take": _post(MATTER, version="1"),
    "loop:note": _post(MATTER, text="已核实"),
    "loop:reminders": Example(),
    "loop:promises": _form(version="2027-1", reason="x"),
    "loop:tasks": Example(),
    "loop:end_task": Example("POST", RETURN, {"answer": "好", "do": "done"}, 404, "none is asked"),
    "loop:cancel_task": Example("POST", RETURN, {"reason": "不用了"}, 404, "none is asked"),
    "loop:matter_tasks": _form(MATTER, text="请核实", due_on=date(2026, 1, 1), version="1"),
    "loop:reclassify": _form(MATTER, category="safety", reason="选错了", version="1"),
    "loop:returns": Example(),
    "loop:decide_return": Example("POST", RETURN, {"accepted": "1"}, 404, "none is asked for"),
    "loop:send_back": Example("GET POST", MATTER, {"reason": "归派出所", "version": "1"}),
    "loop:ask": _post(MATTER, text="哪一盏灯？", version="1"),
    "loop:answer": _post(MATTER, text="已修好", version="1"),
    "loop:write": Example(kind=MATTER),
    "loop:choose": Example(kind=MATTER),
    "loop:fill": Example("POST", MATTER, {"text": "您好", "reply": "x"}, 404, "none is offered"),
    "loop:draft": _post(MATTER, box="answer", text="已派人"),
    "loop:later": _post(MATTER, text="已修好", version="1", goes_out="2026-11-25T09:00"),
    "loop:call_off": Example("POST", MATTER, {"draft": NOWHERE.account}, 404, "none waits"),
    "loop:close": _post(MATTER, outcome="solved", version="1"),
    "loop:refuse": _post(MATTER, reason="不归我们管", version="1"),
    "loop:reassign": _post(MATTER, reason="归派出所", version="1"),
    "loop:hand_over": _form(MATTER, item="12345-out-utilities", reason="x", version="1", do="over"),
    "loop:place": _form(MATTER, town="371403001", version="1"),
    "loop:summary": _form(MATTER, text="路灯已修好"),
    "loop:review_summary": Example("POST", MATTER, {"version": "1"}, 404, "nothing was drafted"),
    "loop:withdraw_summary": Example(
        "POST", MATTER, {"version": "1", "reason": "x"}, 404, "nothing was drafted"
    ),
    "loop:similar": Example(kind=MATTER),
    "loop:split": _form(MATTER, stays="路灯", nonce="n", version="1", rows="1"),
    "loop:merge": _form(MATTER, into="0000-0000", reason="同一件事", version="1", main_version="1"),
    "loop:merged": Example(kind=MATTER),
    "loop:unmerge": _post(MATTER, version="1"),
    "loop:presence": _post(MATTER),
    "loop:photo": Example(kind=PHOTO),
    "loop:contact": _post(CONTACT, purpose="visit"),
}

# Operations of the API and the addresses that describe it; each checks the key by itself, and
# test_api.py goes through them.
API = {"openapi-json", "api-root", "open_matter", "follow"}
OPERATIONS = {("POST", "/v1/matters"), ("GET", "/v1/matters/{uuidstr:id}")}

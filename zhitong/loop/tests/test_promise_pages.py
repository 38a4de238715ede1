"""The page of promises: what would change, in sentences, and adopting it from a day."""

import tomllib
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests.permits.world import signed_in
from zhitong.kernel.identity import sign_ins
from zhitong.kernel.identity.models import Account, Role
from zhitong.loop.domain.policy import HOUR, Limit, Policy, Terms, read_policy
from zhitong.loop.domain.promises import changes, write_policy
from zhitong.loop.models import PolicyVersion
from zhitong.loop.policies import delivered
from zhitong.loop.queries.policies import forget_policies, policy_at
from zhitong.loop.tests.county import County
from zhitong.loop.web.promisewords import sentences

limits = st.builds(
    lambda hours, working: Limit(HOUR * hours, working), st.integers(1, 999), st.booleans()
)
terms = st.builds(
    Terms, dispatch=limits, response=limits, resolution=limits, pause=limits,
    pauses=st.integers(0, 20),
)  # fmt: skip
names = st.text("abc 一\"'.", min_size=1, max_size=5)
policies = st.builds(
    lambda version, more, ordinary, returns, hours: Policy(
        version, {**more, "ordinary": ordinary}, returns, hours
    ),
    names, st.dictionaries(names, terms, max_size=3), terms, limits, st.integers(1, 24),
)  # fmt: skip


@given(policies, st.integers(1, 24))
def test_what_is_written_reads_the_same(policy: Policy, hours: int) -> None:
    """Whatever the limits, the names and the length of a working day."""
    read = read_policy(tomllib.loads(write_policy(policy, hours)))
    assert (read.version, read.terms, read.returns) == (
        policy.version,
        policy.terms,
        policy.returns,
    )


@given(policies, policies)
def test_changes_name_exactly_what_differs(before: Policy, after: Policy) -> None:
    """None between the same; as many there and back; each has a sentence."""
    assert changes(before, before) == []
    there, back = changes(before, after), changes(after, before)
    assert {(one.terms, one.part) for one in there} == {(one.terms, one.part) for one in back}
    assert bool(there) == ((before.terms, before.returns) != (after.terms, after.returns))
    assert len(sentences(there)) == len(there)


@pytest.fixture
def desk(county: County) -> Client:
    """Somebody who may adopt promises."""
    forget_policies()
    role = Role.objects.get(name="officer")
    role.permits = [*role.permits, "loop.adopt_policy"]
    role.save()
    browser = Client()
    account = Account.objects.get(username="lixiulan")
    browser.cookies[sign_ins.COOKIE] = signed_in(account=account)
    return browser


def sent(browser: Client, **more: str) -> dict[str, str]:
    """The form as it comes, with a name, a reason and something changed."""
    form = browser.get("/promises").context["form"]
    data = {bound.html_name: str(bound.value() or "") for bound in form}
    return data | {"version": "2027-1", "reason": "两会承诺"} | more


def test_looking_changes_nothing_and_adopting_does(desk: Client) -> None:
    """First what would change, then it holds from now on, and the page says what changed."""
    faster = {"urgent-response-n": "1", "urgent-response-u": "hours"}
    look = desk.post("/promises", sent(desk, do="look", **faster))
    assert "紧急事项，首次答复：由 2 小时改为 1 小时" in look.text
    assert not PolicyVersion.objects.exists()
    done = desk.post("/promises", sent(desk, do="adopt", **faster), follow=True)
    assert "紧急事项，首次答复：由 2 小时改为 1 小时" in done.text
    assert "两会承诺" in done.text
    held = policy_at(timezone.now())
    assert held.version == "2027-1"
    assert held.named("urgent")[1].response == Limit(HOUR, working=False)
    assert held.named("ordinary") == delivered().named("ordinary")
    forget_policies()


def test_from_a_day_on(desk: Client) -> None:
    """What comes later is shown as such, and does not hold yet."""
    day = timezone.localdate() + timedelta(days=3)
    page = desk.post(
        "/promises", sent(desk, do="adopt", starts_on=str(day), **{"returns-n": "2"}), follow=True
    )
    assert "尚未生效" in page.text
    assert policy_at(timezone.now()) == delivered()
    assert policy_at(timezone.now() + timedelta(days=4)).version == "2027-1"
    forget_policies()


@pytest.mark.parametrize(
    ("field", "value"),
    [("reason", " "), ("version", ""), ("urgent-response-n", "0"), ("returns-u", "moons"),
     ("starts_on", "2020-01-01"), ("version", "2026-1")],
)  # fmt: skip
def test_what_is_refused(desk: Client, field: str, value: str) -> None:
    """Nothing is adopted, and what was typed is still there."""
    refused = desk.post("/promises", sent(desk, do="adopt", **{field: value}))
    assert refused.status_code == 400
    assert "两会承诺" in refused.text or field == "reason"
    assert not PolicyVersion.objects.exists()

"""Coming in and going out: opening a sign-in, bringing it further, refusing and ending it."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.actions import acted_on, action
from zhitong.kernel.clock import now
from zhitong.kernel.errors import Invalid, Stale
from zhitong.kernel.identity import sign_ins
from zhitong.kernel.identity.domain import SIGN_INS_AT_ONCE, Factor, Stage, short_agent
from zhitong.kernel.identity.models import Account, Passkey, RecoveryCode, SignIn


@dataclass(frozen=True, slots=True)
class Opened:
    """The token for the cookie, and how far the sign-in has come."""

    token: str
    stage: Stage


@dataclass(frozen=True, slots=True)
class Proof:
    """What was shown as a second factor: the time step, recovery digest or passkey it was.

    ``count`` is the signature counter of a passkey that keeps one, else 0.
    """

    factor: Factor
    value: str
    count: int = 0


@action("identity.sign_in", describe=_("Sign in with a password"))
def open_sign_in(*, account: UUID, agent: str = "", replaces: UUID | None = None) -> Opened:
    """Open a sign-in for an account whose password was right. ``replaces`` ends at the same time.

    With more than five of one stage at once, the one that was used longest ago ends: who only
    knows the password cannot push anybody out.
    """
    holder = Account.objects.get(pk=account)
    stage, factor = _first_stage(holder)
    if replaces is not None:
        _end(SignIn.objects.filter(pk=replaces))
    make_room(SignIn.objects.filter(account=holder, stage=stage))
    token = sign_ins.new_token()
    SignIn.objects.create(
        digest=sign_ins.digest_of(token),
        account=holder,
        stage=stage,
        second_factor=factor,
        agent=short_agent(agent),
        started_at=now(),
        last_seen_at=now(),
    )
    acted_on(_target(holder.pk), path="", stage=stage.value, factor=factor.value)
    return Opened(token, stage)


@action("identity.prove", describe=_("Prove the second factor"))
def prove(*, sign_in: UUID, proof: Proof) -> Opened:
    """Use a proof up and bring the sign-in further. Raises Invalid if it was used meanwhile, and
    Stale if the same sign-in went further at the same moment."""
    row = SignIn.objects.select_for_update().filter(pk=sign_in, stage=Stage.SECOND).first()
    if row is None:
        raise Stale
    if row.account is None or not _used_up(row.account, proof):
        raise Invalid(_("This code was used already. Wait for the next one."))
    row.second_factor = proof.factor
    opened = further(row, row.account)
    acted_on(_target(row.account.pk), path="", stage=opened.stage.value, factor=proof.factor.value)
    return opened


@action("identity.refuse_sign_in", describe=_("Turn a wrong sign-in away"))
def refuse_sign_in(*, account: UUID | None, door: str, locked: bool) -> None:
    """Write down that somebody showed something wrong at a door, and if that locked it.

    What was typed is never kept: people type their password into the wrong box.
    """
    acted_on(_target(account) if account else "", path="", door=door, locked=locked)


@action("identity.sign_out", describe=_("Sign out"))
def sign_out(*, sign_in: UUID) -> None:
    """End one sign-in."""
    _end(SignIn.objects.filter(pk=sign_in))
    acted_on(f"identity.SignIn:{sign_in}", path="")


def make_room(rows: QuerySet[SignIn]) -> None:
    """End the sign-ins used longest ago, so that one more makes five. Only inside an action."""
    living = rows.filter(ended_at=None).order_by("-last_seen_at", "-pk")
    surplus = [one.pk for one in living[SIGN_INS_AT_ONCE - 1 :]]
    _end(SignIn.objects.filter(pk__in=surplus))


def further(row: SignIn, account: Account) -> Opened:
    """Bring a sign-in one stage on, under a new token. Only inside an action."""
    token = sign_ins.new_token()
    stage = Stage.RENEW if account.must_change_password else Stage.OPEN
    make_room(SignIn.objects.filter(account=account, stage=stage).exclude(pk=row.pk))
    row.stage = stage
    row.digest, row.challenge, row.last_seen_at = sign_ins.digest_of(token), None, now()
    row.save()
    return Opened(token, stage)


def _first_stage(account: Account) -> tuple[Stage, Factor]:
    """Demo mode lets those in who have set no second factor up; everybody else proves one."""
    has_factor = bool(account.totp_secret) or Passkey.objects.filter(account=account).exists()
    if has_factor or not settings.DEMO:
        return Stage.SECOND, Factor.NONE
    return (Stage.RENEW if account.must_change_password else Stage.OPEN), Factor.DEMO


def _used_up(account: Account, proof: Proof) -> bool:
    if proof.factor == Factor.TOTP:
        step = int(proof.value)
        unused = Account.objects.filter(pk=account.pk, totp_last_step__lt=step)
        return unused.update(totp_last_step=step) == 1
    if proof.factor == Factor.RECOVERY:
        codes = RecoveryCode.objects.filter(account=account, digest=proof.value, used_at=None)
        return codes.update(used_at=now()) == 1
    if proof.factor == Factor.PASSKEY:
        keys = Passkey.objects.filter(pk=proof.value, account=account)
        keys = keys.filter(sign_count__lt=proof.count) if proof.count else keys.filter(sign_count=0)
        return keys.update(last_used_at=now(), sign_count=proof.count) == 1
    return False


def _end(rows: QuerySet[SignIn]) -> None:
    rows.filter(ended_at=None).update(ended_at=now(), challenge=None)


def _target(account: UUID) -> str:
    return f"identity.Account:{account}"

"""Passkeys: questions and answers as JSON for the script, and the list of one's own."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from zhitong.kernel.errors import Denied, Invalid, Refusal
from zhitong.kernel.identity import own_door, queries, staff_door
from zhitong.kernel.identity import passkeys as ceremonies
from zhitong.kernel.identity.actions.own import remove_passkey
from zhitong.kernel.identity.domain import Stage
from zhitong.kernel.identity.models import SignIn
from zhitong.kernel.identity.web.answers import at_stage, my_sign_in, show, way_on, with_token
from zhitong.kernel.identity.web.forms import PasswordAgainForm
from zhitong.kernel.pages import page

LONGEST_ANSWER = 20_000


@page(public=True)
@require_POST
def prove_options(request: HttpRequest) -> HttpResponse:
    """The question for a passkey that shall prove the second factor."""
    waiting = _waiting(request)
    if waiting.account is None:
        raise Denied
    return JsonResponse(ceremonies.ask_to_prove(waiting, waiting.account, host=request.get_host()))


@page(public=True)
@require_POST
def prove_answer(request: HttpRequest) -> HttpResponse:
    """The passkey's answer; says where to go on to."""
    answer = _answer(request)
    host = request.get_host()
    try:
        opened = staff_door.prove_passkey(sign_in=_waiting(request), host=host, answer=answer)
    except Refusal as refusal:
        return _told(refusal)
    response = JsonResponse({"next": way_on(request, opened)})
    return with_token(request, response, opened)


@require_safe
@page(permit="identity.add_passkey")
def passkeys(request: HttpRequest) -> HttpResponse:
    """One's own passkeys."""
    keys = queries.passkeys_of(my_sign_in(request).account_id)
    return show(request, "identity/passkeys.html", PasswordAgainForm(), passkeys=keys)


@sensitive_post_parameters()
@page(permit="identity.add_passkey")
@require_POST
def register_options(request: HttpRequest) -> HttpResponse:
    """The question for a new passkey, after the password was given once more."""
    password = request.POST.get("password", "")
    try:
        options = own_door.ask_passkey(
            sign_in=my_sign_in(request), password=password, host=request.get_host()
        )
    except Refusal as refusal:
        return _told(refusal)
    return JsonResponse(options)


@page(permit="identity.add_passkey")
@require_POST
def register_answer(request: HttpRequest) -> HttpResponse:
    """The new passkey."""
    answer, sign_in = _answer(request), my_sign_in(request)
    label = str(request.POST.get("label", "")) or sign_in.agent
    try:
        own_door.keep_passkey(sign_in=sign_in, host=request.get_host(), label=label, answer=answer)
    except Refusal as refusal:
        return _told(refusal)
    return JsonResponse({"next": reverse("identity:passkeys")})


@page(permit="identity.remove_passkey")
@require_POST
def remove(request: HttpRequest, passkey: UUID) -> HttpResponse:
    """Forget one of one's own passkeys."""
    remove_passkey(passkey=passkey)
    return redirect("identity:passkeys")


def _waiting(request: HttpRequest) -> SignIn:
    waiting = at_stage(request, Stage.SECOND)
    if waiting is None:
        raise Denied
    return waiting


def _answer(request: HttpRequest) -> dict[str, Any]:
    """What the script sent. Raises Invalid for anything but a small JSON object."""
    sent = request.POST.get("answer", "")
    try:
        answer = json.loads(sent) if len(sent) <= LONGEST_ANSWER else None
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        raise Invalid
    return answer


def _told(refusal: Refusal) -> HttpResponse:
    words = [str(sentence) for sentence in refusal.fields.values()] or [str(refusal.message)]
    return JsonResponse({"message": " ".join(words)}, status=refusal.status)

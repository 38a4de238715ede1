"""The forms of identity. They check shape; the actions decide."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhitong.kernel.errors import Invalid, Refusal, TooMany
from zhitong.kernel.identity import queries
from zhitong.kernel.identity.models import Post
from zhitong.kernel.identity.passwords import LONGEST
from zhitong.kernel.permits import Permit

T = TypeVar("T")


def password_field(label: Any, *, new: bool = False, **more: Any) -> forms.CharField:
    """A password: never stripped, never sent back."""
    purpose = "new-password" if new else "current-password"
    widget = forms.PasswordInput(attrs={"autocomplete": purpose})
    return forms.CharField(label=label, strip=False, max_length=LONGEST, widget=widget, **more)


def digits_field(label: Any, *, longest: int = 20, **more: Any) -> forms.CharField:
    """A code from a phone or an authenticator."""
    attrs = {"autocomplete": "one-time-code", "inputmode": "text", "autocapitalize": "none"}
    return forms.CharField(
        label=label, max_length=longest, widget=forms.TextInput(attrs=attrs), **more
    )


class Door(forms.Form):
    """A form whose refusals are shown beside its fields; ``status`` is the answer's status."""

    status = 200

    def does(self, act: Callable[..., T], **more: Any) -> T | None:
        """What ``act`` returns for the cleaned data, or None when it has to be shown again."""
        if not self.is_valid():
            self.status = Invalid.status
            return None
        try:
            return act(**self.cleaned_data, **more)
        except (Invalid, TooMany) as refusal:
            self._show(refusal)
            return None

    def _show(self, refusal: Refusal) -> None:
        self.status = refusal.status
        for name, sentence in refusal.fields.items():
            self.add_error(name if name in self.fields else None, str(sentence))
        if not refusal.fields:
            self.add_error(None, str(refusal.message))


class SignInForm(Door):
    """Name and password."""

    username = forms.CharField(
        label=_("User name"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = password_field(_("Password"))


class CodeForm(Door):
    """Six digits, or a recovery code."""

    typed = digits_field(_("Code"), longest=40)


class EnrolForm(Door):
    """The first code of a new authenticator; the secret is signed and travels along."""

    secret = forms.CharField(max_length=400, widget=forms.HiddenInput)
    typed = digits_field(_("Code shown by the app"))


class AuthenticatorForm(Door):
    """The first code of another authenticator, and the password once more."""

    secret = forms.CharField(max_length=400, widget=forms.HiddenInput)
    code = digits_field(_("Code shown by the app"))
    password = password_field(_("Your password"))


class PasswordAgainForm(Door):
    """The password once more."""

    password = password_field(_("Your password"))


class NewPasswordForm(Door):
    """The present password and, twice, the next one."""

    old = password_field(_("Present password"))
    password = password_field(
        _("New password"),
        new=True,
        help_text=_("At least ten characters. A short sentence is easy to remember."),
    )
    again = password_field(_("New password once more"), new=True)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("password") != cleaned.get("again"):
            self.add_error("again", _("The two new passwords differ."))
        return {"old": cleaned.get("old", ""), "new": cleaned.get("password", "")}


class PhoneForm(Door):
    """A mobile number."""

    phone = forms.CharField(
        label=_("Mobile number"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "type": "tel"}),
    )


class AccountForm(Door):
    """A new account."""

    name = forms.CharField(label=_("Name"), max_length=60)
    username = forms.CharField(
        label=_("User name"),
        max_length=40,
        help_text=_("3 to 40 letters a-z, digits, dots, dashes or underscores."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )


class ReasonForm(Door):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


def _posts() -> list[tuple[str, str]]:
    return [(str(post.pk), post.name) for post in queries.posts()]


def _roles() -> list[tuple[str, str]]:
    return [(role.name, str(role)) for role in queries.roles()]


def _offer(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


def _modest_roles() -> list[tuple[str, str]]:
    return [(role.name, str(role)) for role in queries.roles() if role.modest]


def _described(permits: Mapping[str, Permit]) -> list[tuple[str, str]]:
    return [(name, f"{one.describe} ({name})") for name, one in sorted(permits.items())]


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **more)


class AppointForm(Door):
    """Who holds which post."""

    post = forms.ChoiceField(label=_("Post"), choices=_posts)
    role = forms.ChoiceField(label=_("Role"), choices=_roles)
    starts_on = _day(_("First day"), initial=timezone.localdate)
    ends_on = _day(_("Last day"), required=False)
    deputy = forms.BooleanField(label=_("As deputy"), required=False)
    reason = forms.CharField(label=_("Remark"), max_length=200, required=False)


class BreakGlassForm(Door):
    """A further role for some hours."""

    post = forms.ChoiceField(label=_("Post"), choices=_posts)
    role = forms.ChoiceField(label=_("Role"), choices=_modest_roles)
    hours = forms.IntegerField(label=_("Hours"), min_value=1, max_value=24, initial=1)
    reason = forms.CharField(label=_("Reason"), max_length=200)


class PostForm(Door):
    """A new post."""

    name = forms.CharField(label=_("Name of the post"), max_length=80)
    kind = forms.ChoiceField(label=_("Kind"), choices=Post.Kind.choices)
    area = forms.CharField(
        label=_("Area code"),
        max_length=12,
        help_text=_("6 digits for the county, 9 for a township, 12 for a village."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class RoleForm(Door):
    """What a role may do."""

    permits = forms.MultipleChoiceField(
        label=_("Permits"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def offer(self, permits: Mapping[str, Permit]) -> None:
        """The permits to choose from."""
        _offer(self, "permits", _described(permits))


class ClientForm(Door):
    """A program that gets a key."""

    name = forms.CharField(label=_("Name of the program"), max_length=80)
    channel = forms.CharField(label=_("Channel"), max_length=40, initial="api")
    permits = forms.MultipleChoiceField(label=_("Permits"), widget=forms.CheckboxSelectMultiple)
    path = forms.ChoiceField(label=_("Area"))

    def offer(self, permits: Mapping[str, Permit], *, paths: Sequence[str]) -> None:
        """The permits and areas to choose from."""
        _offer(self, "permits", _described(permits))
        _offer(self, "path", queries.area_names(paths))

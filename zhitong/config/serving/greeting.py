"""What is printed when the first page is there."""

from django.conf import settings
from django.urls import NoReverseMatch, reverse

from zhitong.config.demo.sign_ins import PASSWORD, SIGN_INS

PARTS = {
    "resident": "resident",
    "community_officer": "community officer",
    "window_clerk": "window clerk",
    "editor": "microblog editor",
    "supervisor": "supervisor",
    "auditor": "auditor",
    "administrator": "administrator",
}


def greeting() -> str:
    """The address, and in demo mode whom to sign in as."""
    lines = [f"ready at {settings.ADDRESS}/  (Ctrl-C stops everything)"]
    if settings.DEMO:
        lines.append("")
        lines.append(f"  demo sign-ins, all with the password {PASSWORD}:")
        lines += [
            f"    {PARTS.get(one.part, one.part):<18} {one.username:<14} {one.name}"
            for one in SIGN_INS
            if one.part != "resident"
        ]
        lines += [
            f"    {'resident':<18} {one.username:<14} {one.name}  "
            f"(code by text message: {settings.ADDRESS}{_messages()})"
            for one in SIGN_INS
            if one.part == "resident"
        ]
        lines.append(f"  staff sign in at {settings.ADDRESS}{settings.LOGIN_URL}")
    return "\n".join(lines)


def _messages() -> str:
    try:
        return reverse("identity:demo_sms")
    except NoReverseMatch:
        return "/"

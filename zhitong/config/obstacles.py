"""What stops a command, said in one clear line instead of a traceback."""

import errno
import re

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, InterfaceError
from pydantic import ValidationError

from zhitong.kernel.bus.faults import describe
from zhitong.kernel.crypto.keyring import KeyTrouble
from zhitong.kernel.errors import Refusal


class Obstacle(Exception):
    """Something on this machine is in the way; the message says what, and what to do."""


USAGE, OBSTACLE, UNEXPECTED, INTERRUPTED = 2, 1, 70, 130
FULL = {errno.ENOSPC, errno.EDQUOT}
CLOSED = {errno.EROFS, errno.EACCES, errno.EPERM}
WRONG_KIND = {errno.ENOTDIR, errno.EEXIST, errno.EISDIR}


def explain(error: BaseException) -> tuple[int, str]:
    """Exit code and the one line for people."""
    match error:
        case Obstacle() | KeyTrouble():
            return OBSTACLE, str(error)
        case Refusal():
            return OBSTACLE, _refusal(error)
        case OSError():
            return OBSTACLE, _system(error)
        case DatabaseError() | InterfaceError():
            return OBSTACLE, _database(error)
        case ValidationError():
            return USAGE, _settings(error)
        case ImproperlyConfigured():
            return USAGE, f"the settings do not fit together: {_first_line(error)}"
        case KeyboardInterrupt():
            return INTERRUPTED, "interrupted"
    text = f"something unexpected happened: {describe(error)}. --debug shows all of it"
    return UNEXPECTED, text


def _refusal(error: Refusal) -> str:
    fields = "; ".join(f"{name}: {sentence}" for name, sentence in error.fields.items())
    why = f" [{error.reason}]" if error.reason != error.code else ""
    return f"{error.message}{why}" + (f" ({fields})" if fields else "")


def _system(error: OSError) -> str:
    where = error.filename or "a file"
    if error.errno in FULL:
        return "the disk is full: make room and try again"
    if error.errno in CLOSED:
        return f"{where} cannot be written: it is read-only or belongs to somebody else"
    if error.errno in WRONG_KIND:
        return f"a part of {where} is a file, not a folder: choose another with --data"
    if error.errno == errno.ENOENT:
        return f"{where} does not exist"
    return f"{error.strerror or error}: {where}"


def _database(error: Exception) -> str:
    words = _first_line(error)
    if "disk is full" in words or "No space left" in words:
        return "the disk is full: make room and try again"
    if "readonly" in words or "unable to open" in words:
        return "the database file cannot be written: it is read-only or belongs to somebody else"
    if "no such table" in words or "does not exist" in words:
        return "the database is not set up yet: run 'zhitong migrate' first"
    if "is not a database" in words or "malformed" in words:
        return f"the database file is damaged ({words}): restore a backup with 'zhitong restore'"
    return f"the database does not answer: {re.sub(r'password=[^ ]+', 'password=…', words)}"


def _settings(error: ValidationError) -> str:
    return "; ".join(
        f"{_name(one['loc'])}{one['msg'].removeprefix('Value error, ')}" for one in error.errors()
    )


def _name(location: tuple[int | str, ...]) -> str:
    """The variable, or '' when it is several that do not fit together."""
    name = "_".join(str(part) for part in location).upper()
    return f"ZHITONG_{name}: " if name else ""


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]

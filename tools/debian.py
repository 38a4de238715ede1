"""What the tests need from the operating system, installed where we may, else asked for."""

import ctypes
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from tools.obstacle import Obstacle


def _has_chromium() -> bool:
    return any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome")))


def _has_chinese_font() -> bool:
    folders = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts")
    return any(True for folder in folders for _ in folder.glob("**/Noto*CJK*"))


def _has_postgresql() -> bool:
    return bool(shutil.which("initdb")) or any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


def _has_dovecot() -> bool:
    return Path("/usr/sbin/dovecot").exists() and Path("/usr/lib/dovecot/imap").exists()


def _has_library(name: str) -> Callable[[], bool]:
    def found() -> bool:
        try:
            ctypes.CDLL(name)
        except OSError:
            return False
        return True

    return found


NEEDED: dict[str, Callable[[], bool]] = {
    "chromium": _has_chromium,
    "dovecot-imapd": _has_dovecot,
    "fonts-noto-cjk": _has_chinese_font,
    "libharfbuzz-subset0": _has_library("libharfbuzz-subset.so.0"),
    "libpango-1.0-0": _has_library("libpango-1.0.so.0"),
    "libpangoft2-1.0-0": _has_library("libpangoft2-1.0.so.0"),
    "postgresql": _has_postgresql,
}


def missing() -> list[str]:
    """Debian packages that the tests need and this machine lacks."""
    return [package for package, is_there in NEEDED.items() if not is_there()]


def _privilege() -> list[str] | None:
    """Prefix that lets us install: nothing as root, sudo where it asks no password."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], check=False).returncode == 0:
        return ["sudo", "-n"]
    return None


def install_missing() -> None:
    """Install what is missing through apt. Raises Obstacle that names it when we may not."""
    packages = missing()
    if not packages:
        return
    wanted = " ".join(packages)
    prefix = _privilege()
    if prefix is None or shutil.which("apt-get") is None:
        raise Obstacle(f"the tests need more from the system: apt-get install {wanted}")
    print(f"zhitong: installing {wanted} …", flush=True)
    quiet = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-y"]
    subprocess.run([*quiet, "update"], check=False, stdout=subprocess.DEVNULL)
    command = [*quiet, "install", "--no-install-recommends", *packages]
    done = subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
    if done.returncode or missing():
        raise Obstacle(f"apt-get could not install {wanted}: install it by hand and start again")

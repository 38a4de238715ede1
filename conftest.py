"""What every test runs under: temporary data, no network, one of the two databases, no skips.

``ZHITONG_TEST_DATABASE=sqlite|postgresql`` chooses the database. For PostgreSQL the controlling
process starts a server of its own and the xdist workers learn its address from the environment.
"""

import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from contextlib import ExitStack

import django
import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker
from zeal import patch as zeal
from zeal.constants import initialize_app_registry

from bench.cluster import cluster
from tools.offline import stay_on_this_machine
from zhitong.kernel.audit.walls import lower_walls

KIND = "ZHITONG_TEST_DATABASE"
URL = "ZHITONG_DATABASE_URL"
until_the_end = ExitStack()

# All that zeal watches but generic relations, which would need Django's content types.
ROW_BY_ROW = (
    zeal.patch_forward_many_to_one_descriptor,
    zeal.patch_reverse_many_to_one_descriptor,
    zeal.patch_reverse_one_to_one_descriptor,
    zeal.patch_many_to_many_descriptor,
    zeal.patch_deferred_attribute,
    zeal.patch_global_queryset,
)

for name in [name for name in os.environ if name.startswith("ZHITONG_")]:
    if name != KIND and not (name == URL and "PYTEST_XDIST_WORKER" in os.environ):
        del os.environ[name]
DATA = tempfile.mkdtemp(prefix="zhitong-test-")
os.environ.setdefault(KIND, "sqlite")
os.environ["ZHITONG_DATA"] = DATA
os.environ["ZHITONG_DEMO"] = "0"
os.environ["DJANGO_SETTINGS_MODULE"] = "zhitong.config.settings"

# A developer's run draws new examples each time; a gate, as Hypothesis itself has it, tells about
# the change and not about luck.
GATE = bool(os.environ.get("CI"))
hypothesis_settings.register_profile(
    "zhitong", deadline=None, database=None, print_blob=True, derandomize=GATE
)
hypothesis_settings.load_profile("zhitong")


def _set_up() -> None:
    """Start the database, cut the network, then let Django read its settings.

    Done on import: a folder's own conftest, which may import models, is loaded next.
    """
    kind = os.environ[KIND]
    if kind not in {"sqlite", "postgresql"}:
        raise pytest.UsageError(f"{KIND} must be sqlite or postgresql, not {kind!r}")
    if kind == "postgresql" and "PYTEST_XDIST_WORKER" not in os.environ:
        os.environ[URL] = until_the_end.enter_context(cluster()).url()
    stay_on_this_machine()
    django.setup()
    if connection.vendor != kind:
        raise pytest.UsageError(
            "settings were read too early: unset DJANGO_SETTINGS_MODULE and run again"
        )


_set_up()
COUNTY = "zhitong.loop.tests.county"
pytest.register_assert_rewrite(COUNTY)


def pytest_configure(config: pytest.Config) -> None:
    """Offer everybody the county to test in."""
    config.pluginmanager.import_plugin(COUNTY)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Let no worker read the settings before its own conftest has given it a folder of its own."""
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what was started and remove what was written."""
    until_the_end.close()
    shutil.rmtree(DATA, ignore_errors=True)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What never touches the database, and is barred from it, runs once: beside SQLite."""
    if os.environ[KIND] == "sqlite":
        return
    beside = [item for item in items if not _touches_the_database(item)]
    config.hook.pytest_deselected(items=beside)
    items[:] = [item for item in items if _touches_the_database(item)]


def _touches_the_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    asked = fixtures & {"db", "transactional_db", "django_db_setup", "database_kind"}
    return bool(asked) or item.get_closest_marker("django_db") is not None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that cannot run fails and says why; nothing is skipped silently."""
    report = yield
    if report.skipped:
        report.outcome = "failed"
        report.longrepr = f"tests may not be skipped or expected to fail: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a file that skips itself while it is collected."""
    report = yield
    if report.skipped:
        report.outcome = "failed"
        report.longrepr = f"files may not skip themselves: {report.longrepr}"
    return report


@pytest.fixture(scope="session", autouse=True)
def pages_under_test() -> Iterator[None]:
    """Static files under their plain names; a page that asks once per row fails.

    WhiteNoise reads its folder for every test browser: an empty one keeps that short.
    """
    initialize_app_registry()
    for watch in ROW_BY_ROW:
        watch()
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        STORAGES={**settings.STORAGES, "staticfiles": plain},
        STATIC_ROOT=f"{DATA}/static",
        MIDDLEWARE=["zeal.middleware.zeal_middleware", *settings.MIDDLEWARE],
    ):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """SQLite lies in a file, as it does in earnest: a memory database locks differently."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = f"{DATA}/test.sqlite3"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Tests empty all tables between them, which the audit log's triggers would refuse."""
    with django_db_blocker.unblock():
        lower_walls(connection)


@pytest.fixture(scope="session")
def database_kind() -> Iterator[str]:
    """``sqlite`` or ``postgresql``: what this run is about."""
    yield os.environ[KIND]

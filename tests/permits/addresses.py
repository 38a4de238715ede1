"""Every address of the site, read from the resolver: nobody keeps a list of them by hand."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponseBase
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from zhitong.config.api import api
from zhitong.kernel.pages import PageRule, rule_of


@dataclass(frozen=True)
class Address:
    """One pattern of the resolver."""

    name: str
    route: str
    view: Callable[..., HttpResponseBase]

    def __str__(self) -> str:
        return self.name

    @property
    def rule(self) -> PageRule | None:
        """What the view declares."""
        return rule_of(self.view)

    @property
    def is_api(self) -> bool:
        """Whether it is an operation of the JSON API, which has no pages."""
        return self.name.startswith(f"{api.urls_namespace}:")

    def at(self, **objects: Any) -> str:
        """The path for these objects."""
        return reverse(self.name, kwargs=objects)


def every_address() -> list[Address]:
    """All patterns, those of included modules and of the API among them."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def pages() -> list[Address]:
    """All but the API."""
    return [one for one in every_address() if not one.is_api]


def every_operation() -> set[tuple[str, str]]:
    """The methods and paths of the JSON API."""
    found = set()
    for prefix, router in api._routers:
        for path, view in router.path_operations.items():
            for operation in view.operations:
                found |= {(method, f"{prefix}{path}") for method in operation.methods}
    return found


def _walk(
    patterns: list[URLPattern | URLResolver], route: str, namespace: str
) -> Iterator[Address]:
    for each in patterns:
        here = route + str(each.pattern)
        if isinstance(each, URLResolver):
            inner = f"{namespace}{each.namespace}:" if each.namespace else namespace
            yield from _walk(each.url_patterns, here, inner)
        else:
            yield Address(f"{namespace}{each.name}", here, each.callback)

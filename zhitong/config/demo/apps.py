"""The demo county as an app: it keeps one row that says that a database is a demo."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "zhitong.config.demo"
    label = "demo"

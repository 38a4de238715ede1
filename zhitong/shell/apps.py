"""The Django app that carries templates, static files and the catalogue of the shell."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    name = "zhitong.shell"
    label = "shell"

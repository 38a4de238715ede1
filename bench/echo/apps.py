from importlib import import_module

from django.apps import AppConfig


class EchoConfig(AppConfig):
    name = "bench.echo"
    label = "echo"

    def ready(self) -> None:
        """Register the listener."""
        import_module("bench.echo.reactions")

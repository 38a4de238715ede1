from django.apps import AppConfig


class ClockConfig(AppConfig):
    name = "zhitong.kernel.clock"
    label = "clock"

from django.apps import AppConfig


class BusConfig(AppConfig):
    name = "zhitong.kernel.bus"
    label = "bus"

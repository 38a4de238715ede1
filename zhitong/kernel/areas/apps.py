from django.apps import AppConfig


class AreasConfig(AppConfig):
    name = "zhitong.kernel.areas"
    label = "areas"

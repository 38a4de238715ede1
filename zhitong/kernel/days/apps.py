from django.apps import AppConfig


class DaysConfig(AppConfig):
    name = "zhitong.kernel.days"
    label = "days"

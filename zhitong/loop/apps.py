from django.apps import AppConfig


class LoopConfig(AppConfig):
    name = "zhitong.loop"
    label = "loop"

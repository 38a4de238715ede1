from django.apps import AppConfig


class WorkerConfig(AppConfig):
    name = "zhitong.kernel.worker"
    label = "worker"

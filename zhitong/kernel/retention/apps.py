from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "zhitong.kernel.retention"
    label = "retention"

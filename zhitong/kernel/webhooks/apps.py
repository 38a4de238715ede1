from django.apps import AppConfig


class WebhooksConfig(AppConfig):
    name = "zhitong.kernel.webhooks"
    label = "webhooks"

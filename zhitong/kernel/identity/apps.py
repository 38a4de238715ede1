from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "zhitong.kernel.identity"
    label = "identity"

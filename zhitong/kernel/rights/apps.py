from django.apps import AppConfig


class RightsConfig(AppConfig):
    name = "zhitong.kernel.rights"
    label = "rights"

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "zhitong.kernel.search"
    label = "search"

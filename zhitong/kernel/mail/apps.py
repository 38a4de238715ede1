from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "zhitong.kernel.mail"
    label = "mail"

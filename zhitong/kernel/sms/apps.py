from django.apps import AppConfig


class SmsConfig(AppConfig):
    name = "zhitong.kernel.sms"
    label = "sms"

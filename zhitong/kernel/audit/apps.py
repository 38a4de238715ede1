from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "zhitong.kernel.audit"
    label = "audit"

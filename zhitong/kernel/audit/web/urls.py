"""Addresses of the audit log."""

from django.urls import path

from zhitong.kernel.audit.web import views

app_name = "audit"
urlpatterns = [
    path("audit", views.log, name="log"),
    path("audit/head.txt", views.head, name="head"),
]

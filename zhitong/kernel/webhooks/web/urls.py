"""Addresses of webhooks."""

from django.urls import path

from zhitong.kernel.webhooks.web import views

app_name = "webhooks"
urlpatterns = [
    path("webhooks", views.webhooks, name="webhooks"),
    path("webhooks/new", views.new, name="new"),
    path("webhooks/<uuid:id>", views.webhook, name="webhook"),
    path("webhooks/<uuid:id>/rotate", views.rotated, name="rotate"),
    path("webhooks/<uuid:id>/end", views.ended, name="end"),
    path("webhooks/<uuid:id>/resume", views.resumed, name="resume"),
    path("webhooks/<uuid:id>/ping", views.pinged, name="ping"),
    path("webhooks/messages/<uuid:id>/replay", views.replayed, name="replay"),
]

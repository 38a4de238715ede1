"""Addresses of the page of requests."""

from django.urls import path

from zhitong.kernel.rights.web import views

app_name = "rights"
urlpatterns = [
    path("data-requests", views.requests, name="requests"),
    path("data-requests/<uuid:id>", views.decide, name="decide"),
]

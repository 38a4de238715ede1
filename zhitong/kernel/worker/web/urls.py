"""Addresses of the outbox page."""

from django.urls import path

from zhitong.kernel.worker.web import views

app_name = "worker"
urlpatterns = [
    path("outbox", views.outbox, name="outbox"),
    path("outbox/<int:delivery>/retry", views.try_again, name="retry"),
    path("outbox/<int:delivery>/skip", views.pass_over, name="skip"),
]

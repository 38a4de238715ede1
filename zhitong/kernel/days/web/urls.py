"""Addresses of the page of working days."""

from django.urls import path

from zhitong.kernel.days.web import views

app_name = "days"
urlpatterns = [
    path("days", views.days, name="days"),
    path("days/clear", views.clear, name="clear"),
]

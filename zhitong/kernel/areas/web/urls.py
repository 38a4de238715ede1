"""Addresses of the page of places."""

from django.urls import path

from zhitong.kernel.areas.web import views

app_name = "areas"
urlpatterns = [path("areas", views.areas, name="areas")]

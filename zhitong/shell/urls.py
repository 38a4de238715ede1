"""Addresses of the shell's own pages."""

from django.urls import path

from zhitong.shell import views

app_name = "shell"
urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("privacy/", views.privacy, name="privacy"),
    path("style/", views.style, name="style"),
    path("language/", views.language, name="language"),
]

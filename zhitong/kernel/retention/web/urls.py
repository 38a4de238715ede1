"""The address of the page of what is over."""

from django.urls import path

from zhitong.kernel.retention.web import views

app_name = "retention"
urlpatterns = [path("retention", views.over, name="over")]

"""Addresses of warnings."""

from django.urls import path

from zhitong.lines.microblog.alerts.web import sheet, warnings

app_name = "alerts"
urlpatterns = [
    path("alerts", warnings.warnings, name="warnings"),
    path("alerts/feed.atom", warnings.feed, name="feed"),
    path("alerts/certificate.pem", warnings.certificate, name="certificate"),
    path("alerts/<str:identifier>.cap.xml", warnings.document, name="document"),
    path("desk/<uuid:id>/alert", sheet.sheet, name="sheet"),
]

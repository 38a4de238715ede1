"""Addresses of the desk and of what it publishes."""

from django.urls import path

from zhitong.lines.microblog.desk.web import desk, news

app_name = "desk"
urlpatterns = [
    path("news", news.news, name="news"),
    path("news/feed.atom", news.feed, name="feed"),
    path("news/<uuid:id>", news.piece, name="piece"),
    path("desk", desk.desk, name="desk"),
    path("desk/new", desk.new, name="new"),
    path("desk/<uuid:id>", desk.note, name="note"),
    path("desk/<uuid:id>/edit", desk.edit, name="edit"),
    path("desk/<uuid:id>/submit", desk.submit, name="submit"),
    path("desk/<uuid:id>/review", desk.review, name="review"),
    path("desk/<uuid:id>/schedule", desk.schedule, name="schedule"),
    path("desk/<uuid:id>/hold", desk.hold, name="hold"),
    path("desk/<uuid:id>/confirm", desk.confirm, name="confirm"),
    path("desk/<uuid:id>/withdraw", desk.withdraw, name="withdraw"),
]

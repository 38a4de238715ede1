"""Addresses of the loop."""

from django.urls import path, re_path
from django.urls.converters import register_converter

from zhitong.loop.web import (
    bring,
    calendars,
    desk,
    exclusions,
    exporting,
    handing,
    intake,
    laid_open,
    matter,
    merging,
    my_data,
    opened,
    place,
    promises,
    rates,
    reclassifying,
    reminders,
    replies,
    reporting,
    returning,
    routing,
    similar,
    splitting,
    summaries,
    supervising,
    tasks,
    tracking,
    writing,
)


class CodeConverter:
    """A staff code such as ``7Q4M-0ZKD``."""

    regex = "[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class PublicConverter(CodeConverter):
    """A public number such as ``7q4m0zkd2r9cwx5t``."""

    regex = "[0-9a-hjkmnp-tv-z]{16}"


register_converter(CodeConverter, "code")
register_converter(PublicConverter, "public")

app_name = "loop"
urlpatterns = [
    path("say", intake.say, name="say"),
    path("say/places", intake.places, name="places"),
    path("say/known", similar.before, name="known"),
    path("bring", bring.bring, name="bring"),
    path("track", tracking.track, name="track"),
    path("mine", tracking.mine, name="mine"),
    path("my-data", my_data.my_data, name="my_data"),
    path("my-data/export", my_data.my_export, name="my_export"),
    path("t/<str:code>/data", my_data.by_its_code, name="code_data"),
    path("t/<str:code>/data/export", my_data.export_by_code, name="code_export"),
    re_path(r"^my-data/(?P<verb>ask|take-back|correct)$", my_data.do, name="do_data"),
    re_path(
        r"^t/(?P<code>[^/]+)/data/(?P<verb>ask|take-back|correct)$",
        my_data.do_by_code,
        name="do_code_data",
    ),
    path("t/<str:code>", tracking.follow, name="follow"),
    path("t/<str:code>/said", tracking.said, name="said"),
    path("t/<str:code>/readers", tracking.readers, name="readers"),
    path("t/<str:code>/rate", tracking.rate, name="rate"),
    path("t/<str:code>/photo/<uuid:id>", tracking.photo, name="own_photo"),
    re_path(r"^t/(?P<code>[^/]+)/(?P<verb>add|again|withdraw)$", tracking.say_more, name="more"),
    path("routes", routing.rules, name="routes"),
    path("routes/end", routing.end, name="end_route"),
    path("replies", replies.listed, name="replies"),
    path("replies/new", replies.new, name="new_reply"),
    path("replies/<uuid:family>", replies.edit, name="reply"),
    path("replies/<uuid:family>/end", replies.end, name="end_reply"),
    path("open/rates", opened.month, name="open_rates"),
    path("open/answers", laid_open.listed, name="open_answers"),
    path("open/answers.atom", laid_open.feed, name="open_feed"),
    path("open/m/<public:code>", laid_open.one, name="open_matter"),
    path("open/m/<public:code>/photo/<uuid:id>", laid_open.picture, name="open_picture"),
    path("rates", rates.table, name="rates"),
    path("rates/table.csv", rates.as_csv, name="rates_csv"),
    path("rates/matters", rates.matters, name="rates_matters"),
    path("rates/exclusions", exclusions.listed, name="exclusions"),
    path("rates/exclusions/<uuid:id>", exclusions.decide, name="decide_exclusion"),
    path("board", desk.board, name="board"),
    path("reports", reporting.reports, name="reports"),
    path("reports/<uuid:id>", reporting.report, name="report"),
    path("reports/<uuid:id>/report.pdf", reporting.paper, name="report_paper"),
    path("reports/<uuid:id>/numbers.json", reporting.numbers, name="report_numbers"),
    path("supervise", supervising.board, name="supervise"),
    path("promises", promises.promises, name="promises"),
    path("tasks", tasks.mine, name="tasks"),
    path("tasks/<uuid:id>", tasks.end, name="end_task"),
    path("tasks/<uuid:id>/cancel", tasks.cancel, name="cancel_task"),
    path("returns", returning.returns, name="returns"),
    path("returns/<uuid:id>", returning.decide, name="decide_return"),
    path("me/calendar", calendars.calendar, name="calendar"),
    path("me/calendar/end", calendars.end, name="end_calendar"),
    path("calendar/<str:secret>.ics", calendars.calendar_feed, name="calendar_feed"),
    path("export", exporting.export, name="export"),
    path("export/<uuid:id>", exporting.exported, name="exported"),
    path("export/<uuid:id>/file", exporting.exported_file, name="exported_file"),
    path("reminders", reminders.reminders, name="reminders"),
    path("search", desk.search, name="search"),
    path("say-for", intake.say_for, name="say_for"),
    path("say-for/places", intake.staff_places, name="staff_places"),
    path("m/<code:code>", matter.matter, name="matter"),
    path("m/<code:code>/take", matter.take, name="take"),
    path("m/<code:code>/note", matter.note, name="note"),
    path("m/<code:code>/ask", matter.ask, name="ask"),
    path("m/<code:code>/answer", matter.answer, name="answer"),
    path("m/<code:code>/write", writing.write, name="write"),
    path("m/<code:code>/choose", writing.choose, name="choose"),
    path("m/<code:code>/fill", writing.fill, name="fill"),
    path("m/<code:code>/draft", writing.draft, name="draft"),
    path("m/<code:code>/later", writing.later, name="later"),
    path("m/<code:code>/later/off", writing.call_off, name="call_off"),
    path("m/<code:code>/close", matter.close, name="close"),
    path("m/<code:code>/refuse", matter.refuse, name="refuse"),
    path("m/<code:code>/reassign", matter.reassign, name="reassign"),
    path("m/<code:code>/send-back", returning.send_back, name="send_back"),
    path("m/<code:code>/category", reclassifying.reclassify, name="reclassify"),
    path("m/<code:code>/tasks", tasks.of_matter, name="matter_tasks"),
    path("m/<code:code>/hand-over", handing.hand_over, name="hand_over"),
    path("m/<code:code>/place", place.place, name="place"),
    path("m/<code:code>/exclude", exclusions.propose, name="exclude"),
    path("m/<code:code>/summary", summaries.summary, name="summary"),
    path("m/<code:code>/summary/review", summaries.review, name="review_summary"),
    path("m/<code:code>/summary/withdraw", summaries.withdraw, name="withdraw_summary"),
    path("m/<code:code>/similar", similar.alike, name="similar"),
    path("m/<code:code>/split", splitting.split, name="split"),
    path("m/<code:code>/merge", merging.merge, name="merge"),
    path("m/<code:code>/merged", merging.merged, name="merged"),
    path("m/<code:code>/unmerge", merging.unmerge, name="unmerge"),
    path("m/<code:code>/presence", matter.presence, name="presence"),
    path("m/<code:code>/photo/<uuid:id>", matter.photo, name="photo"),
    re_path(
        r"^m/(?P<code>[0-9A-Z-]{9})/contact/(?P<part>phone|name)$", matter.contact, name="contact"
    ),
]

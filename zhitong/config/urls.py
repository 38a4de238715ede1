"""Every address of the site, composed from the modules."""

from django.urls import URLPattern, URLResolver, include, path

from zhitong.config.api import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("zhitong.shell.urls")),
    path("", include("zhitong.kernel.identity.web.urls")),
    path("", include("zhitong.kernel.worker.web.urls")),
    path("", include("zhitong.kernel.audit.web.urls")),
    path("", include("zhitong.kernel.days.web.urls")),
    path("", include("zhitong.kernel.areas.web.urls")),
    path("", include("zhitong.kernel.retention.web.urls")),
    path("", include("zhitong.kernel.rights.web.urls")),
    path("", include("zhitong.kernel.webhooks.web.urls")),
    path("", include("zhitong.loop.web.urls")),
    path("", include("zhitong.lines.microblog.desk.web.urls")),
    path("", include("zhitong.lines.microblog.alerts.web.urls")),
    path("api/", api.urls),
]
handler400 = "zhitong.shell.errors.bad_request"
handler403 = "zhitong.shell.errors.forbidden"
handler404 = "zhitong.shell.errors.not_found"
handler500 = "zhitong.config.programs.server_error"

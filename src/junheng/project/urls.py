"""All addresses of the house: the doors that exist, the registers, and the rooms with pages of their own."""

from django.urls import include, path

from junheng.project.rooms import apps_in, has_module

DOORS = ("api", "desk", "field", "portal")
ROOMS_OF_THE_PLATFORM = (
    "accounts",
    "asks",
    "jobs",
    "lineage",
    "papers",
    "quality",
    "retention",
    "stewardship",
)

handler400 = "junheng.platform.access.refusals.bad_request"
handler403 = "junheng.platform.access.refusals.not_allowed"
handler404 = "junheng.platform.access.refusals.no_such_page"
handler500 = "junheng.platform.access.refusals.our_mistake"

urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("junheng.platform.access.urls")),
    path("registers/", include("junheng.platform.registers.urls")),
    path("changes/", include("junheng.platform.changes.urls")),
    path("views/", include("junheng.platform.savedviews.urls")),
    path("deeds/", include("junheng.platform.deeds.urls")),
    path("tokens/", include("junheng.platform.tokens.urls")),
    *(
        path(f"{one}/", include(name))
        for one in ROOMS_OF_THE_PLATFORM
        if has_module(name := f"junheng.platform.{one}.urls")
    ),
    *(
        path(f"{room.rpartition('.')[2]}/", include(f"{room}.urls"))
        for room in apps_in("domains")
        if has_module(f"{room}.urls")
    ),
    *(path("", include(name)) for door in DOORS if has_module(name := f"junheng.surfaces.{door}.urls")),
]

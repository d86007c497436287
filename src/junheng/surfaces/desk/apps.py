"""The desk as a Django app: it offers the menu and the day of the data to the frame of the pages."""

from datetime import date

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Pages behind a login."""

    name = "junheng.surfaces.desk"
    label = "desk"
    verbose_name = "工作台"

    def ready(self) -> None:
        from junheng.platform.ui.chrome import CHROME  # noqa: PLC0415 — models are loaded only now
        from junheng.surfaces.desk import kindergarten, schoolsafety  # noqa: F401, PLC0415 — their panels
        from junheng.surfaces.desk.navigation import MENU  # noqa: PLC0415
        from junheng.surfaces.desk.waters import panels  # noqa: F401, PLC0415

        CHROME.menu = MENU
        CHROME.day = day_of_data


def day_of_data() -> date | None:
    """The day the figures speak of, for the head of every page; None while nothing was frozen."""
    from junheng.platform.figures import queries, workshop  # noqa: PLC0415

    return workshop.moment().as_of if queries.current() else None

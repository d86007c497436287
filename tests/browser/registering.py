"""A house in which registration is open: ``python -m tests.browser.registering``, for the walks of families."""

import django


def main() -> None:
    """One county that is open, one that opens in an hour, and an official at the counter."""
    django.setup()
    from datetime import timedelta

    from django.utils import timezone

    from junheng.platform.access.models import Grant, User
    from junheng.platform.access.roles import Role
    from tests.domains import makers
    from tests.domains.registrations import season

    now, day = timezone.now(), timedelta(days=1)
    makers.areas()
    season.intake(opens=now - day, closes=now + 3 * day)
    season.intake(
        area="410811", title="2024年山阳区小学招生", opens=now + timedelta(hours=1), closes=now + 4 * day
    )
    officer = User.objects.create_user("chuangkou", password="yanshi-2023")
    Grant.objects.create(user=officer, role=Role.COUNTY_OFFICER, area="410802", since=makers.BEGUN)


if __name__ == "__main__":
    main()

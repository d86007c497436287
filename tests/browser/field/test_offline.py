"""The phone page without a network: checks with photos, a house that falls and stands up again, every record once."""

import random
from collections import Counter
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import Complaints
from tests.browser.field.standing import Standing, deliver, on_the_phone, ready, record, sign_in

WARDEN = "zhenbao"
Phone = Callable[..., Page]


def kept(unblocked: Callable[[], Any], standing: Standing, page: Page) -> list[tuple[str, int, int]]:
    """What the house has of the records on this phone, each once: what was found, its photos, how many are whole."""
    ids = [one["id"] for one in on_the_phone(page)]

    def ask() -> list[tuple[str, int, int]]:
        from junheng.domains.fieldwork.models import FieldRecord, FieldVersion, Shot
        from junheng.domains.patrols.models import Check

        rows, books = [], set()
        for one in FieldRecord.objects.filter(uuid__in=ids).order_by("id"):
            version = FieldVersion.objects.get(record=one, state="current")
            shots = Shot.objects.filter(version=version)
            books.add(Check.objects.get(pk=one.check_row_id).pk)
            rows.append((version.hazard, shots.count(), shots.filter(photo__state="whole").count()))
        assert len(rows) == len(books) == len(ids), "each record once, each with its own check in the books"
        return rows

    found: list[tuple[str, int, int]] = standing.asked(ask, unblocked)
    return found


def checks(unblocked: Callable[[], Any], standing: Standing) -> int:
    """How many checks are in the books."""

    def ask() -> int:
        from junheng.domains.patrols.models import Check

        return Check.objects.count()

    number: int = standing.asked(ask, unblocked)
    return number


def test_checks_without_a_network_arrive_once_after_the_house_fell(
    standing: Standing, phone: Phone, complaints: Complaints, django_db_blocker: Any
) -> None:
    before = checks(django_db_blocker.unblock, standing)
    page = phone(standing)
    sign_in(page, standing.address, WARDEN)
    ready(page)
    waters = page.locator("ul.waters li").count()
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("ul.waters li")).to_have_count(waters)
    expect(page.locator("#state")).to_contain_text("没有网络")
    record(page, 0, photos=2, seed=1)
    record(page, 0, hazard="救生圈缺失", photos=1, seed=2)
    record(page, waters - 1)
    expect(page.locator("#state")).to_contain_text("手机里有 3 条未送达")
    standing.fall()
    page.reload()
    page.context.set_offline(False)
    page.reload()
    expect(page.locator("#state")).to_contain_text("手机里有 3 条未送达")
    assert len(on_the_phone(page)) == 3
    standing.rise()
    deliver(page)
    expect(page.get_by_text("回执").first).to_be_visible()
    rows = kept(django_db_blocker.unblock, standing, page)
    assert sorted(rows) == [("", 0, 0), ("", 2, 2), ("救生圈缺失", 1, 1)]
    assert checks(django_db_blocker.unblock, standing) == before + 3
    assert complaints == []


def test_random_partitions_with_a_real_house(
    standing: Standing, phone: Phone, django_db_blocker: Any
) -> None:
    dice = random.Random(20261128)
    before = checks(django_db_blocker.unblock, standing)
    page = phone(standing)
    sign_in(page, standing.address, WARDEN)
    ready(page)
    waters = page.locator("ul.waters li").count()
    stands, written = True, Counter[str]()
    for step in range(14):
        what = dice.choice(["network", "network", "house", "reload", "record", "record", "record", "edit"])
        if step in {4, 9}:
            what = "house"
        if what == "network":
            page.context.set_offline(dice.random() < 0.5)
        elif what == "house":
            standing.fall() if stands else standing.rise()
            stands = not stands
        elif what == "reload":
            page.reload()
            expect(page.locator("ul.waters li")).to_have_count(waters)
        elif what == "record":
            hazard = f"护栏破损 {step}" if dice.random() < 0.5 else ""
            record(page, dice.randrange(waters), photos=dice.randrange(3), hazard=hazard, seed=100 + step)
            written[hazard] += 1
        elif written:
            page.goto("/field/#sent")
            page.locator("ul.rows a").first.click()
            if page.locator("details.disclosure:not([open])").count():
                page.get_by_text("更正", exact=True).click()
            box = page.get_by_label("发现了什么（没有问题请留空）")
            written[box.input_value()] -= 1
            box.fill(f"警示牌损坏 {step}")
            written[f"警示牌损坏 {step}"] += 1
            page.get_by_role("button", name="保存更正").click()
            page.locator("#tabs").get_by_text("水域").click()
    page.context.set_offline(False)
    if not stands:
        standing.rise()
    page.goto("/field/")
    page.reload()
    deliver(page)
    rows = kept(django_db_blocker.unblock, standing, page)
    assert Counter(hazard for hazard, _photos, _whole in rows) == +written
    assert all(photos == whole for _hazard, photos, whole in rows)
    assert checks(django_db_blocker.unblock, standing) == before + len(rows)

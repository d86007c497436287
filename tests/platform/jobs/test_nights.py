"""Work of every night: due from its hour on, once a day however many workers ask, made up for, and nobody's job."""

import threading
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import close_old_connections, connection
from django.test import Client

from junheng.platform.jobs import actions, kinds, loop, nights, taking, working
from junheng.platform.jobs.models import Job, State
from tests import cast

SHANGHAI = ZoneInfo("Asia/Shanghai")
NIGHT = kinds.Nightly(hour=2, title="夜间试验")
DONE: list[datetime] = []


@pytest.fixture(autouse=True)
def _one_kind(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """One kind that is done at night, and one that is not."""
    settings.JUNHENG_HOME = tmp_path
    monkeypatch.setattr(working, "close_old_connections", lambda: None)
    monkeypatch.setattr(kinds, "_KINDS", {})
    DONE.clear()

    def prepare(work: kinds.Work) -> kinds.Deed:
        return lambda: DONE.append(work.at) or {}  # type: ignore[func-returns-value]

    kinds.job("by-night", nightly=NIGHT)(prepare)
    kinds.job("when-ordered")(prepare)


def clock(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


def work(at: datetime) -> int:
    return loop.Worker(clock=lambda: at, once=True).run()


def days() -> list[date | None]:
    return list(Job.objects.order_by("id").values_list("day", flat=True))


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (clock(28, 1, 59), date(2026, 11, 27)),
        (clock(28, 2), date(2026, 11, 28)),
        # 23:30 in London is already the next morning here
        (datetime(2026, 11, 27, 23, 30, tzinfo=ZoneInfo("Europe/London")), date(2026, 11, 28)),
        (datetime(2026, 11, 27, 17, 59, tzinfo=ZoneInfo("UTC")), date(2026, 11, 27)),
    ],
)
def test_a_day_is_due_from_its_hour_on_in_shanghai(at: datetime, day: date) -> None:
    assert nights.due_day(NIGHT, at=at) == day


def test_an_hour_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="no hour"):
        kinds.Nightly(hour=24, title="x")


@pytest.mark.django_db
def test_it_is_done_once_a_day() -> None:
    assert [work(clock(28, 2)), work(clock(28, 3)), work(clock(28, 23, 59)), work(clock(29, 1, 59))] == [
        1,
        0,
        0,
        0,
    ]
    assert work(clock(29, 2)) == 1
    assert days() == [date(2026, 11, 28), date(2026, 11, 29)]
    assert set(Job.objects.values_list("kind", "owner", "state")) == {("by-night", None, State.DONE)}


@pytest.mark.django_db
def test_missed_nights_are_made_up_once_when_a_worker_next_runs() -> None:
    work(clock(20, 2))
    assert work(clock(28, 9)) == 1, "eight nights later, in the morning"
    assert days() == [date(2026, 11, 20), date(2026, 11, 28)]


@pytest.mark.django_db
def test_a_worker_that_runs_for_days_asks_by_itself() -> None:
    now = [clock(28, 1)]
    worker = loop.Worker(clock=lambda: now[0])
    found = []
    for at in (clock(28, 1), clock(28, 1, 59), clock(28, 2), clock(28, 2, 1), clock(29, 1), clock(29, 3)):
        now[0] = at
        while worker.step():
            pass
        found.append(len(DONE))
    assert found == [1, 1, 2, 2, 2, 3], "at once for the night before, then at each two o'clock"


@pytest.mark.django_db
def test_a_night_that_failed_is_not_tried_for_ever_and_the_next_is_tried() -> None:
    Job.objects.create(
        kind="by-night", day=date(2026, 11, 28), title="x", state=State.FAILED, created_at=clock(28, 2), not_before=clock(28, 2)
    )  # fmt: skip
    assert (work(clock(28, 5)), work(clock(29, 5))) == (0, 1)
    assert nights.last_done() == {"by-night": clock(29, 5)}


@pytest.mark.django_db
def test_it_is_nobody_s_job_and_jobs_that_are_ordered_have_no_day(client: Client) -> None:
    work(clock(28, 2))
    user = cast.stranger()
    client.force_login(user)
    assert "夜间试验" not in client.get("/jobs/").content.decode()
    assert client.get(f"/jobs/{Job.objects.get().pk}/").status_code == 404
    for _ in range(2):
        Job.objects.create(
            kind="by-night", title="x", owner=user, created_at=clock(28, 3), not_before=clock(28, 3)
        )
    assert days() == [date(2026, 11, 28), None, None]


@pytest.mark.django_db
def test_people_do_not_wait_for_the_night_s_work() -> None:
    nights.put_in_queue(at=clock(28, 2))
    actions.order("when-ordered", title="x", parameters={}, by=cast.stranger(), at=clock(28, 9))
    taken = [taking.take("w", at=clock(28, 9)) for _ in range(3)]
    assert [one and one.kind for one in taken] == ["when-ordered", "by-night", None]


@pytest.mark.django_db
def test_a_second_worker_that_asked_at_the_same_moment_writes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As if it had looked before the first one wrote."""
    nights.put_in_queue(at=clock(28, 2))
    monkeypatch.setattr(nights, "set", lambda _rows: frozenset(), raising=False)
    assert nights.put_in_queue(at=clock(28, 2)) == 1, "it believes that the night is missing"
    assert days() == [date(2026, 11, 28)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="only a server lets several write at once")
def test_many_workers_at_the_same_moment_do_it_once() -> None:
    gate = threading.Barrier(6)
    wrong: list[BaseException] = []

    def one() -> None:
        try:
            gate.wait(10)
            work(clock(28, 2))
        except BaseException as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    close_old_connections()
    assert wrong == []
    assert len(DONE) == 1
    assert days() == [date(2026, 11, 28)]


@pytest.mark.django_db
def test_the_rows_go_after_a_season_and_the_night_is_not_done_again() -> None:
    work(clock(28, 2))
    later = clock(28, 2) + timedelta(days=91)
    assert work(later) == 1
    assert [day for day in days() if day] == [later.date()]

"""Jobs: one's own only, taken once, given back, called off, tried again, and every failure is a sentence."""

import os
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import OperationalError
from django.test import Client

from junheng.kernel.errors import Conflict, NotFound, Refusal
from junheng.platform.access.models import User
from junheng.platform.jobs import actions, keeping, kinds, loop, progress, taking, working
from junheng.platform.jobs.models import Job, State
from junheng.platform.sealing.files import seal_bytes
from tests import cast
from tests.cast import NOW

pytestmark = pytest.mark.django_db
DEEDS: dict[str, Any] = {}


@pytest.fixture(autouse=True)
def _kinds(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kind whose deed each test says."""
    settings.JUNHENG_HOME = tmp_path
    # a test is one transaction, which the closing of its connection would end
    monkeypatch.setattr(working, "close_old_connections", lambda: None)
    monkeypatch.setattr(kinds, "_KINDS", {})
    kinds.job("probe", may_fetch=lambda one, at: DEEDS["may_fetch"]())(lambda work: DEEDS["prepare"](work))
    DEEDS.clear()
    DEEDS["may_fetch"] = lambda: None
    DEEDS["prepare"] = lambda work: lambda: {"sentence": "成了"}


def ordered(user: User, **given: Any) -> Job:
    return actions.order("probe", title="试一试", parameters=given, by=user, at=NOW)


def run(at: datetime = NOW) -> int:
    return loop.Worker(clock=lambda: at, once=True).run()


def test_a_job_is_done_and_its_owner_sees_it(client: Client) -> None:
    user = cast.stranger()
    job = ordered(user)
    client.force_login(user)
    assert "排队中" in client.get("/jobs/").content.decode()
    assert run() == 1
    job.refresh_from_db()
    assert (job.state, job.result, job.attempts, job.finished_at) == (
        State.DONE,
        {"sentence": "成了"},
        1,
        NOW,
    )
    page = client.get("/jobs/").content.decode()
    assert "已完成" in page
    assert "成了" in page
    assert run() == 0, "nothing is done twice"


def test_jobs_of_others_look_absent(client: Client) -> None:
    job = ordered(cast.stranger())
    client.force_login(cast.stranger())
    assert "试一试" not in client.get("/jobs/").content.decode()
    for address in (f"/jobs/{job.pk}/", f"/jobs/{job.pk}/file/"):
        assert client.get(address).status_code == 404
    for address in (f"/jobs/{job.pk}/cancel/", f"/jobs/{job.pk}/retry/"):
        assert client.post(address).status_code == 404
    assert Job.objects.get().state == State.QUEUED
    assert AnonymousUser().is_anonymous
    assert Client().get("/jobs/").status_code == 302


def test_only_what_waits_is_called_off_and_only_what_failed_is_tried_again(client: Client) -> None:
    user = cast.stranger()
    job = ordered(user)
    client.force_login(user)
    with pytest.raises(Conflict, match="只有未完成或已取消的任务可以重试"):
        actions.retry(job.pk, by=user, at=NOW)
    client.post(f"/jobs/{job.pk}/cancel/")
    assert run() == 0
    with pytest.raises(Conflict, match="不能取消"):
        actions.cancel(job.pk, by=user, at=NOW)
    assert "重试" in client.get("/jobs/").content.decode()
    actions.retry(job.pk, by=user, at=NOW)
    assert run() == 1


def test_a_refusal_is_told_in_its_own_words(client: Client) -> None:
    def prepare(work: kinds.Work) -> Any:
        raise Refusal("no-such-thing", "没有「{what}」。请重新选择。", what="表")

    DEEDS["prepare"] = prepare
    user = cast.stranger()
    job = ordered(user)
    run()
    job.refresh_from_db()
    assert (job.state, job.failure, job.code) == (State.FAILED, "没有「表」。请重新选择。", "no-such-thing")
    client.force_login(user)
    assert job.failure in client.get("/jobs/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (OSError(28, "No space left on device"), "disk-full"),
        (OperationalError("database or disk is full"), "disk-full"),
        (OSError(5, "Input/output error"), "job-broke"),
        (MemoryError(), "no-memory"),
        (ValueError("a bug"), "job-broke"),
    ],
)
def test_what_breaks_a_job_is_a_sentence_and_its_deed_is_undone(wrong: Exception, code: str) -> None:
    user = cast.stranger()

    def deed() -> Any:
        User.objects.create(username="half")
        raise wrong

    DEEDS["prepare"] = lambda work: deed
    job = ordered(user)
    run()
    job.refresh_from_db()
    assert (job.state, job.code) == (State.FAILED, code)
    assert "没有写入任何内容" in job.failure
    assert not User.objects.filter(username="half").exists()


def test_a_database_that_is_away_puts_the_job_off() -> None:
    def prepare(work: kinds.Work) -> Any:
        raise OperationalError("server closed the connection unexpectedly")

    DEEDS["prepare"] = prepare
    job = ordered(cast.stranger())
    run()
    job.refresh_from_db()
    assert (job.state, job.not_before) == (State.QUEUED, NOW + working.LATER)


def test_a_dead_worker_s_job_is_begun_again_and_a_living_one_s_is_not() -> None:
    job = ordered(cast.stranger())
    living = f"{progress.worker_name().rpartition(':')[0]}:{os.getppid()}"
    taken = taking.take(living, at=NOW)
    assert taken is not None
    assert taking.take(living, at=NOW) is None
    assert taking.recover(at=NOW + timedelta(seconds=progress.DEAD - 1)) == 0
    assert taking.recover(at=NOW + timedelta(seconds=progress.DEAD + 1)) == 1
    job.refresh_from_db()
    assert (job.state, job.attempts) == (State.QUEUED, 1)


def test_a_worker_whose_process_is_gone_is_found_at_once() -> None:
    gone = os.fork()
    if gone == 0:
        os._exit(0)
    os.waitpid(gone, 0)
    host = progress.worker_name().rpartition(":")[0]
    ordered(cast.stranger())
    taking.take(f"{host}:{gone}", at=NOW)
    assert taking.recover(at=NOW) == 1


def test_a_worker_that_was_cut_off_goes_on_at_once() -> None:
    """The database went away before it could say so: a worker that looks for work is doing none."""
    job = ordered(cast.stranger())
    taking.take(progress.worker_name(), at=NOW)
    assert taking.recover(at=NOW) == 1
    job.refresh_from_db()
    assert job.state == State.QUEUED


def test_signs_of_life_keep_a_job(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress.time, "time", lambda: NOW.timestamp() + 100)
    ordered(cast.stranger())
    taken = taking.take("elsewhere:1", at=NOW)
    assert taken is not None
    progress.Progress(taken.pk, taken.attempts)(10, 40, "正在检查")
    assert taking.recover(at=NOW + timedelta(seconds=101)) == 0
    assert taking.recover(at=NOW + timedelta(seconds=100 + progress.DEAD + 1)) == 1


def test_a_worker_given_up_too_early_leaves_nothing() -> None:
    """It was only slow: meanwhile the job is another's, so that what it did must not stand."""

    def deed() -> Any:
        User.objects.create(username="slow")
        Job.objects.update(attempts=2)
        return {}

    DEEDS["prepare"] = lambda work: deed
    job = ordered(cast.stranger())
    run()
    job.refresh_from_db()
    assert job.state == State.RUNNING
    assert not User.objects.filter(username="slow").exists()


def test_a_job_that_kills_its_workers_is_not_begun_for_ever() -> None:
    job = ordered(cast.stranger())
    for number in range(taking.MOST_ATTEMPTS):
        assert taking.take("elsewhere:1", at=NOW + timedelta(hours=number)) is not None
        taking.recover(at=NOW + timedelta(hours=number, minutes=30))
    job.refresh_from_db()
    assert (job.state, job.code) == (State.FAILED, "job-dies")


def test_a_worker_that_is_stopped_undoes_its_job_and_gives_it_back() -> None:
    worker = loop.Worker(clock=lambda: NOW, once=True)

    def deed() -> Any:
        User.objects.create(username="half")
        worker.stop()

    DEEDS["prepare"] = lambda work: deed
    job = ordered(cast.stranger())
    worker.run()
    job.refresh_from_db()
    assert job.state == State.QUEUED
    assert not User.objects.filter(username="half").exists()


def test_progress_is_seen_while_the_deed_is_open(client: Client) -> None:
    user = cast.stranger()
    client.force_login(user)
    seen: list[str] = []

    def prepare(work: kinds.Work) -> Any:
        work.progress(30, 120, "正在写入")
        seen.append(client.get(f"/jobs/{work.job.pk}/", headers={"HX-Request": "true"}).content.decode())
        return dict

    DEEDS["prepare"] = prepare
    job = ordered(user)
    run()
    assert "正在写入" in seen[0]
    assert 'value="25"' in seen[0]
    assert "hx-get" in seen[0]
    last = client.get(f"/jobs/{job.pk}/?then=reload", headers={"HX-Request": "true"})
    assert "hx-get" not in last.content.decode()
    assert last["HX-Refresh"] == "true"


def test_a_file_is_given_to_its_owner_until_it_is_cleared_away(client: Client) -> None:
    def prepare(work: kinds.Work) -> Any:
        path = keeping.result_file(work.job)
        seal_bytes(path, b"1,2")
        return lambda: {"file": keeping.file_facts(path, name="表.csv", kind="text/csv")}

    DEEDS["prepare"] = prepare
    user = cast.stranger()
    job = ordered(user)
    run()
    client.force_login(user)
    assert b"".join(client.get(f"/jobs/{job.pk}/file/").streaming_content) == b"1,2"

    def refuse() -> None:
        raise NotFound("gone", "没有了。请返回。")

    DEEDS["may_fetch"] = refuse
    assert client.get(f"/jobs/{job.pk}/file/").status_code == 404
    DEEDS["may_fetch"] = lambda: None
    job.refresh_from_db()
    old = keeping.result_file(job)
    os.utime(old, (NOW.timestamp(), NOW.timestamp()))
    keeping.clear_away(at=NOW + keeping.FILES + timedelta(hours=1))
    assert client.get(f"/jobs/{job.pk}/file/")["X-Refusal"] == "job-file-gone"
    assert Job.objects.exists()
    keeping.clear_away(at=NOW + keeping.ROWS + timedelta(hours=1))
    assert not Job.objects.exists()


def test_nobody_fills_the_queue() -> None:
    user = cast.stranger()
    for _number in range(actions.MOST):
        ordered(user)
    with pytest.raises(Refusal, match="个任务在排队"):
        ordered(user)
    ordered(cast.stranger())


def test_a_number_that_no_row_can_have_is_nobody_s_job(client: Client) -> None:
    client.force_login(cast.stranger())
    assert client.get(f"/jobs/{2**63}/").status_code == 404

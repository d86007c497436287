"""Naming who is responsible: a post with its deputy, its signature, its end, and a blank that becomes a task."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.domains.areas.policies import check_may
from junheng.domains.posts.models import Post, PostTask, SafetyPlace, StaffMember
from junheng.domains.posts.queries.matrix import places_for
from junheng.domains.posts.terms import DAY, EVERY_DAY, TaskState, clock, days_in_words
from junheng.domains.schools.models import School
from junheng.kernel.errors import Conflict, Refusal
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.spans import check_ends_after, check_has_come, held_from


@transaction.atomic
def assign(
    school: School,
    *,
    place: SafetyPlace,
    person: StaffMember,
    deputy: StaffMember | None,
    weekdays: int,
    starts: int,
    ends: int,
    since: date,
    by: Any,
    at: datetime,
    why: str,
) -> Post:
    """Make somebody responsible for a place at some hours; tasks about blanks that this fills are done."""
    School.objects.select_for_update().get(pk=school.pk)
    check_span(weekdays, starts, ends)
    check_place(school, place, on=since)
    for one in filter(None, (person, deputy)):
        check_of_the_school(school, one, on=since)
    if deputy == person:
        raise Refusal("own-deputy", "{person}不能做自己的替班人。请另选一人。", person=person.name)
    post = Post(
        school=school, area_id=school.area_id, place=place, person=person, deputy=deputy, weekdays=weekdays,
        starts=starts, ends=ends, since=since,
    )  # fmt: skip
    check_not_elsewhere(post)
    save_row(post, by=by, at=at, why=why, verb=Verb.DEED.value)
    check_may(_("落实岗位"), post, by=by, at=at)
    for task in PostTask.objects.filter(school=school, place=place, state=TaskState.OPEN):
        if fills(post, task):
            task.state, task.post = TaskState.DONE, post
            save_row(task, by=by, at=at, why=why, verb=Verb.DEED.value)
    return post


@transaction.atomic
def sign(post: Post, *, on: date, by: Any, at: datetime, why: str) -> Post:
    """Write down that the person has taken the post on."""
    post = held(post, _("签领岗位"), by=by, at=at)
    check_has_come(on, at=at)
    if post.signed_on is not None:
        raise Conflict("post-signed", "这个岗位已于 {on} 签领。", on=post.signed_on)
    if on < post.since:
        raise Refusal("signed-before-start", "签领日不能早于岗位起始日 {since}。", since=post.since)
    post.signed_on = on
    save_row(post, by=by, at=at, why=why, verb=Verb.DEED.value)
    return post


@transaction.atomic
def end_post(post: Post, *, on: date, by: Any, at: datetime, why: str) -> Post:
    """End a post. The hours become blank, which the matrix shows at once."""
    post = held(post, _("终止岗位"), by=by, at=at)
    check_ends_after(post.since, on)
    post.until = on
    save_row(post, by=by, at=at, why=why, verb=Verb.DEED.value)
    return post


@transaction.atomic
def open_task(
    school: School,
    *,
    place: SafetyPlace,
    weekdays: int,
    starts: int,
    ends: int,
    due_on: date,
    by: Any,
    at: datetime,
    why: str,
) -> PostTask:
    """Make a blank a task with a day."""
    today = timezone.localdate(at)
    check_span(weekdays, starts, ends)
    check_place(school, place, on=today)
    if due_on < today:
        raise Refusal("task-due-past", "落实期限 {due_on} 已经过去。请填写今天或以后的日期。", due_on=due_on)
    there = PostTask.objects.filter(school=school, place=place, state=TaskState.OPEN)
    if any(one.weekdays & weekdays and one.starts <= starts and one.ends >= ends for one in there):
        raise Conflict("task-there", "这处空白已经有补空任务，不必重复提出。")
    task = PostTask(
        school=school, area_id=school.area_id, place=place, weekdays=weekdays, starts=starts, ends=ends,
        opened_on=today, due_on=due_on,
    )  # fmt: skip
    save_row(task, by=by, at=at, why=why, verb=Verb.DEED.value)
    check_may(_("提出补空任务"), task, by=by, at=at)
    return task


def held(post: Post, deed: str, *, by: Any, at: datetime) -> Post:
    """The post as it stands now, locked; refuses one that has ended."""
    post = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    check_may(deed, post, by=by, at=at)
    if post.until is not None:
        raise Conflict("post-ended", "这个岗位已定于 {until} 终止，没有再次办理。", until=post.until)
    return post


def check_span(weekdays: int, starts: int, ends: int) -> None:
    """Refuse no day at all, and hours that end before they begin."""
    if not 1 <= weekdays <= EVERY_DAY:
        raise Refusal("no-weekday", "请至少选一天（周一至周日）。")
    if not 0 <= starts < ends <= DAY:
        raise Refusal("bad-hours", "时段不对：结束须晚于开始，且不晚于 24:00。跨夜的请分成两段。")


def check_place(school: School, place: SafetyPlace, *, on: date) -> None:
    """Refuse a place that the standard of the day does not name for this school."""
    if place not in places_for(school, on=on):
        raise Refusal(
            "place-not-in-standard",
            "{on} 施行的标准中，{school}没有“{place}”这个部位。请选标准中的部位。",
            on=on,
            school=school.name,
            place=place.name,
        )


def check_of_the_school(school: School, one: StaffMember, *, on: date) -> None:
    """Refuse somebody of another school, or not there on the day."""
    if one.school_id != school.pk or one.since > on or (one.until is not None and one.until <= on):
        raise Refusal(
            "staff-not-there",
            "{person}在 {on} 不是{school}的教职工。请先在“学校教职工”中登记。",
            person=one.name,
            on=on,
            school=school.name,
        )


def check_not_elsewhere(post: Post) -> None:
    """Refuse somebody who would have to be at two places at once."""
    others = Post.objects.filter(held_from(post.since), person=post.person).exclude(place=post.place)
    for other in others.select_related("place"):
        days = other.weekdays & post.weekdays
        if days and other.starts < post.ends and other.ends > post.starts:
            raise Conflict(
                "person-at-two-places",
                "{person}{days} {starts}–{ends} 已在“{place}”，不能同时负责两处。请换人或改时段。",
                person=post.person.name,
                days=days_in_words(days),
                starts=clock(max(other.starts, post.starts)),
                ends=clock(min(other.ends, post.ends)),
                place=other.place.name,
            )


def fills(post: Post, task: PostTask) -> bool:
    """Whether a post covers all that a task asks for."""
    return (
        post.weekdays & task.weekdays == task.weekdays
        and post.starts <= task.starts
        and post.ends >= task.ends
    )

"""What somebody is asked about a record, and in which words. Every limit is a rule of the day; nothing is judged here."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.content.rulebook import FIELDWORK
from junheng.domains.fieldwork.queries.distance import metres
from junheng.domains.fieldwork.terms import QuestionKind

WATER_UNKNOWN = "水域没有登记坐标"


@dataclass(frozen=True, slots=True)
class Ask:
    """A question that is to be asked."""

    kind: str
    facts: dict[str, Any] = field(default_factory=dict)
    about: str = ""


@dataclass(frozen=True, slots=True)
class Other:
    """Another check of the same person, as far as time is concerned."""

    record: str
    at: datetime
    water: str


def about_record(
    *, record: str, told: Any, water: Any, at: datetime, drift: int, others: Iterable[Other]
) -> Iterator[Ask]:
    """What a record itself gives reason to ask. ``told`` is what the phone sent, ``at`` the moment set right."""
    day = timezone.localdate(at)
    if abs(drift) > 60 * FIELDWORK.clock_minutes.on(day).value:
        yield Ask(QuestionKind.CLOCK, {"minutes": abs(drift) // 60, "fast": drift < 0})
    if told.place is not None and water.longitude is not None and water.latitude is not None:
        there = metres(water.longitude, water.latitude, told.place.longitude, told.place.latitude)
        if there - told.place.accuracy > FIELDWORK.far_metres.on(day).value:
            yield Ask(QuestionKind.FAR, {"metres": there, "accuracy": told.place.accuracy})
    close = 60 * FIELDWORK.close_minutes.on(day).value
    beside = [
        (abs(seconds_between(at, one.at)), one)
        for one in others
        if one.record != record and abs(seconds_between(at, one.at)) < close
    ]
    if beside:
        seconds, other = min(beside, key=lambda pair: (pair[0], pair[1].at))
        yield Ask(QuestionKind.CLOSE, {"seconds": seconds, "water": other.water, "at": said(other.at)})
    if told.signs.get("mock") is True:
        yield Ask(QuestionKind.MOCK)


def about_picture(photo: Any, *, told_at: str, water: Any, at: datetime) -> Iterator[Ask]:
    """What a photo says of itself and how that fits the record: its time by the phone's own clock, its place."""
    day, about = timezone.localdate(at), photo.digest[:12]
    if photo.taken:
        taken = datetime.fromisoformat(photo.taken)
        if taken.tzinfo is None:
            taken = taken.replace(tzinfo=timezone.get_default_timezone())
        minutes = seconds_between(datetime.fromisoformat(told_at), taken) // 60
        if minutes > FIELDWORK.older_minutes.on(day).value:
            yield Ask(QuestionKind.OLDER, {"minutes": minutes, "taken": said(taken)}, about)
    if None not in (photo.longitude, photo.latitude, water.longitude, water.latitude):
        there = metres(water.longitude, water.latitude, photo.longitude, photo.latitude)
        if there > FIELDWORK.far_metres.on(day).value:
            yield Ask(QuestionKind.ELSEWHERE, {"metres": there}, about)


def seconds_between(one: datetime, other: datetime) -> int:
    """Whole seconds from the other moment to the one."""
    return int((one - other).total_seconds())


def said(at: datetime) -> str:
    """A moment as questions say it."""
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")


def sentence(kind: str, facts: Mapping[str, Any]) -> str:
    """A question in the reader's words: what was seen, and what is wished to be known."""
    words: dict[str, str] = {
        QuestionKind.CLOCK: _(
            "手机时间与系统时间相差约 %(minutes)s 分钟，检查时间已按系统时间校正。当时是这个时间吗？"
        ),
        QuestionKind.FAR: _(
            "记录的位置离水域约 %(metres)s 米（定位精度 %(accuracy)s 米）。当时在哪里检查的？"
        ),
        QuestionKind.CLOSE: _(
            "与另一次检查（%(water)s，%(at)s）相隔不到 %(minutes)s 分钟。两次都是现场检查吗？"
        ),
        QuestionKind.MOCK: _("手机报告位置可能由模拟定位软件给出。手机上装有这类软件吗？"),
        QuestionKind.SAME: _("这张照片在另一条记录（%(water)s，%(at)s）中用过。是选错了照片吗？"),
        QuestionKind.NEAR: _("这张照片与另一条记录（%(water)s，%(at)s）中的照片很相似。是当天拍的吗？"),
        QuestionKind.OLDER: _("照片里写的拍摄时间是 %(taken)s，早于检查时间。是当天拍的吗？"),
        QuestionKind.ELSEWHERE: _("照片里写的拍摄位置离水域约 %(metres)s 米。是在这处水域拍的吗？"),
        QuestionKind.UNSEEN: _("这张照片的画面打不开。请重新拍一张，或说明情况。"),
    }
    seconds = facts.get("seconds")
    told = dict(facts) if seconds is None else {**facts, "minutes": seconds // 60 + 1}
    return words[kind] % told

"""Pages of those who look at what phones brought in: the records of a day, and one record with everything beside it."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from junheng.domains.fieldwork.actions.choosing import choose_version
from junheng.domains.fieldwork.actions.opening import open_photo
from junheng.domains.fieldwork.models import FieldRecord, FieldVersion, Shot
from junheng.domains.fieldwork.policies.scope import looks_on, may_choose, record_called, visible
from junheng.domains.fieldwork.queries import days as lists
from junheng.domains.fieldwork.queries.asking import sentence
from junheng.domains.fieldwork.queries.drawing import drawing_of
from junheng.domains.fieldwork.terms import VersionState
from junheng.kernel.errors import NotAllowed, NotFound, Refusal
from junheng.platform.registers.asker import Asker, asker_of

PAGE = 50
TONES = {VersionState.CURRENT: "good", VersionState.WAITING: "warn", VersionState.ASIDE: ""}


def onlooker(request: HttpRequest) -> Asker:
    """Whoever has these pages at all."""
    asker = asker_of(request)
    if not looks_on(asker):
        raise NotAllowed(
            "field-records-not-yours",
            "您没有查看外勤记录的权限。能查看的是市、县教育局和负责水域的责任人。",
        )
    return asker


@login_required
@require_safe
def days(request: HttpRequest) -> HttpResponse:
    """The records of one day; or of all days those that wait for an answer or for a choice."""
    asker = onlooker(request)
    rows = visible(asker)
    show = request.GET.get("show", "day")
    day = day_of(request.GET.get("day", "")) or lists.last_day(rows) or asker.today
    asked, double = lists.with_open_questions(rows), lists.in_two_versions(rows)
    chosen = {"asked": asked, "both": double}.get(show, lists.on_day(rows, day))
    page = Paginator(lists.counted(chosen).order_by("-checked_at", "-pk"), PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page,
        "day": day,
        "show": show if show in {"asked", "both"} else "day",
        "tabs": [
            ("day", _("某一天"), None), ("asked", _("有未说明的问题"), asked.count()),
            ("both", _("两个版本，待选定"), double.count()),
        ],
    }  # fmt: skip
    return render(request, "fieldwork/days.html", context)


def day_of(text: str) -> date | None:
    """A day that somebody asked for; one that is none is refused."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refusal("bad-day", "「{text}」不是日期。请按 2024-01-31 的写法填写。", text=text[:20]) from None


@login_required
@require_safe
def one(request: HttpRequest, uuid: str) -> HttpResponse:
    """One record: versions beside each other, where it was, photos, questions and answers."""
    asker = onlooker(request)
    record = record_called(uuid, asker=asker)
    rows = record.versions.select_related("water").order_by("-number")
    shots: dict[int, list[Shot]] = {}
    for shot in Shot.objects.filter(version__record=record).select_related("photo").order_by("rank"):
        shots.setdefault(shot.version_id, []).append(shot)
    versions = [version_shown(record, each, shots.get(each.pk, [])) for each in rows]
    waiting = [each for each in versions if each["row"].state != VersionState.ASIDE]
    context = {
        "record": record,
        "versions": versions,
        "waiting": waiting if record.state == "both" else [],
        "current": next(each for each in versions if each["row"].number == record.version),
        "questions": [(each, sentence(each.kind, each.facts)) for each in lists.questions_of(record)],
        "chooses": may_choose(record, by=request.user, asker=asker),
        "answers": record.person.user_id == request.user.pk,
    }
    response = render(request, "fieldwork/record.html", context)
    response["Cache-Control"] = "no-store"
    return response


def version_shown(record: FieldRecord, version: FieldVersion, shots: list[Shot]) -> dict[str, Any]:
    """A version with what belongs to it."""
    return {
        "row": version,
        "tone": TONES[VersionState(version.state)],
        "shots": shots,
        "drawing": drawing_of(record, version),
        "place": None
        if version.longitude is None
        else f"{degrees(version.longitude)}, {degrees(version.latitude)}",
    }


def degrees(millionths: int | None) -> str:
    """Millionths of a degree as degrees.

    >>> degrees(-35000001)
    '-35.000001'
    """
    number = millionths or 0
    sign = "-" if number < 0 else ""
    return f"{sign}{abs(number) // 1_000_000}.{abs(number) % 1_000_000:06d}"


@login_required
@require_POST
def choose(request: HttpRequest, uuid: str) -> HttpResponse:
    """Have one version count."""
    asker = onlooker(request)
    record = record_called(uuid, asker=asker)
    text = request.POST.get("version", "")
    if not text.isascii() or not text.isdigit() or len(text) > 4:
        raise Refusal("no-version-named", "没有选定哪个版本，没有做任何改动。请选一个版本后再提交。")
    choose_version(record, int(text), by=asker.user, at=asker.at, why=request.POST.get("why", ""))
    messages.success(request, _("已采用第 %(number)s 版，台账中的检查已按它更新。") % {"number": text})
    return redirect("fieldwork:record", uuid)


@login_required
@require_POST
def picture(request: HttpRequest, uuid: str, pk: int) -> HttpResponse:
    """A photo of a record."""
    asker = onlooker(request)
    record = record_called(uuid, asker=asker)
    shot = (
        Shot.objects.filter(version__record=record, photo=pk).select_related("photo__person").first()
        if pk < 2**63
        else None
    )
    if shot is None:
        raise NotFound("no-such-photo", "没有这张照片。请在手机上重新选择照片。")
    opened = open_photo(shot.photo, record, by=asker.user, at=asker.at)
    response = HttpResponse(opened.data, content_type=opened.media)
    response["Cache-Control"] = "no-store"
    return response

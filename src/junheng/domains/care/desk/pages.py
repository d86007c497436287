"""Committee members by class: which class has whom, and the page on which one is appointed from the roll of the class."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from junheng.content.rulebook import DUTIES
from junheng.domains.care.actions import appoint_member
from junheng.domains.care.forms import AppointFromRollForm
from junheng.domains.care.models import CommitteeMember
from junheng.domains.care.policies import CLASSES, class_of, keeper_of
from junheng.domains.care.queries import has_left, to_renew, with_members, without_member
from junheng.domains.pupils.models import Pupil
from junheng.domains.pupils.queries import roll_of
from junheng.domains.schools.models import SchoolClass
from junheng.kernel.errors import Refusal
from junheng.platform.access.refusals import sentence_of
from junheng.platform.audit.append import record_table
from junheng.platform.audit.models import Verb
from junheng.platform.registers.asker import Asker
from junheng.platform.registers.keys import named

PAGE = 60
WHY = "聘任心理委员：查看本班学生姓名"


@login_required
@never_cache
@require_safe
def members(request: HttpRequest) -> HttpResponse:
    """The classes of one's place with who serves there; what is missing is named."""
    asker = keeper_of(request)
    classes = asker.within(SchoolClass.objects.all(), CLASSES, "change")
    gaps = without_member(classes, on=asker.day)
    only = request.GET.get("show") == "gaps"
    shown = classes.filter(pk__in=gaps.values("pk")) if only else classes
    page = Paginator(with_members(shown, on=asker.day), PAGE).get_page(request.GET.get("page"))
    here: list[Any] = list(page.object_list)
    flags = flags_of([one for each in here for one in each.members], asker)
    context = {
        "page": page,
        "rows": [(each, [(one, named(one.pupil), flags[one.pk]) for one in each.members]) for each in here],
        "only": only,
        "gaps": gaps.count(),
        "most": DUTIES.committee_members.on(asker.day),
        "day": asker.day,
    }
    return render(request, "care/members.html", context)


def flags_of(members: list[CommitteeMember], asker: Asker) -> dict[int, str]:
    """For each member: whether the pupil has left the class, or is to be asked again."""
    flags = {one.pk: "" for one in members}
    rows = CommitteeMember.objects.filter(pk__in=flags)
    flags |= dict.fromkeys(to_renew(rows, on=asker.day).values_list("pk", flat=True), "renew")
    return flags | dict.fromkeys(rows.filter(has_left(asker.day)).values_list("pk", flat=True), "left")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One class: who serves, who served, and the roll of the class to choose from. That it was opened is noted."""
    asker = keeper_of(request)
    room = class_of(number, asker=asker)
    roll = roll_of(room, on=asker.day)
    form = AppointFromRollForm(
        request.POST.dict() if request.method == "POST" else None, row=room, asker=asker, roll=roll
    )
    if request.method != "POST":
        facts = {"fields": ["name", "code"], "class": room.pk, "pupils": len(roll)}
        record_table(Pupil, Verb.READ.value, by=asker.user, at=asker.at, why=WHY, after=facts)
        return show(request, room, form, asker)
    if not form.is_valid():
        return show(request, room, form, asker, status=422)
    asked = dict(form.cleaned_data)
    chosen = {str(one.pk): one for one in roll}[asked.pop("pupil")]
    try:
        appoint_member(chosen, by=asker.user, at=asker.at, **asked)
    except Refusal as refusal:
        form.add_error(None, sentence_of(refusal))
        answer = show(request, room, form, asker, status=refusal.status)
        answer["X-Refusal"] = refusal.code
        return answer
    messages.success(request, _("已聘任。心理委员只提醒同学有事找谁，不记录、不评价任何同学。"))
    return redirect("care:class", room.pk)


def show(
    request: HttpRequest, room: SchoolClass, form: AppointFromRollForm, asker: Asker, *, status: int = 200
) -> HttpResponse:
    """The page of a class."""
    found = room.committeemember_set.select_related("pupil").order_by("-since", "-pk")
    own = list(found[:PAGE])
    flags = flags_of(own, asker)
    context = {
        "room": room,
        "form": form,
        "now": [(one, flags[one.pk]) for one in own if one.until is None or one.until > asker.day],
        "former": [one for one in own if one.until is not None and one.until <= asker.day],
        "most": DUTIES.committee_members.on(asker.day),
    }
    return render(request, "care/class.html", context, status=status)

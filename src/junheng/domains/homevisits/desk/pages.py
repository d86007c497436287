"""A class teacher's page: who is not visited yet, and a visit in half a minute."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from junheng.content.rulebook import HOMEVISITS
from junheng.domains.homevisits import actions
from junheng.domains.homevisits.desk.counts import counties_of
from junheng.domains.homevisits.forms import ClassVisitForm
from junheng.domains.homevisits.models import Visit
from junheng.domains.homevisits.policies import RESPONSIBLE, does_tasks, records_for, somebody_for
from junheng.domains.homevisits.queries.households import lines_of, met_in_term, pupils_in
from junheng.domains.homevisits.terms import NeedKind
from junheng.domains.pupils.models import Household, Pupil
from junheng.domains.schools.models import SchoolClass
from junheng.kernel.errors import Refusal
from junheng.kernel.values.school_term import school_year_began
from junheng.platform.access.refusals import sentence_of
from junheng.platform.access.roles import Role
from junheng.platform.access.scope import grants_of
from junheng.platform.registers import register_called
from junheng.platform.registers.asker import Asker, absent, asker_of, forbidden, viewer_of
from junheng.platform.registers.keys import named
from junheng.platform.registers.policies import Level

WHY = "班主任登记家访"
LONGEST_NAME = 40


def sees_visits(request: HttpRequest) -> bool:
    """Whether the menu offers the page: to whom keeps visits, and to whom tasks come that came of them."""
    asker = asker_of(request)
    return bool(asker.granting(register_called("visits"), "view")) or does_tasks(asker)


def classes_of(asker: Asker) -> list[int]:
    """The classes of a class teacher."""
    grants = grants_of(asker.user, on=asker.today)
    return [one.school_class for one in grants if one.role == Role.CLASS_TEACHER and one.school_class]


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Leads on to one's own class, school or counties; who has tasks only, to these."""
    asker = asker_of(request)
    if not asker.granting(register_called("visits"), "view"):
        if does_tasks(asker):
            return redirect("homevisits:tasks")
        raise forbidden()
    if rooms := classes_of(asker):
        return redirect("homevisits:class", rooms[0])
    grants = grants_of(asker.user, on=asker.today)
    if asker.stands_at(Level.SCHOOL) and (schools := [one.school for one in grants if one.school]):
        return redirect("homevisits:school", schools[0])
    counties = counties_of(asker)
    if not counties:
        raise absent()
    return redirect("homevisits:county", counties[0].pk)


def room_of(asker: Asker, pk: int) -> SchoolClass:
    """A class whose households and visits somebody may see."""
    if not asker.may("view", register_called("households")):
        raise forbidden()
    found: SchoolClass = asker.row(register_called("classes"), pk)
    return found


def called(pupil: Pupil, asker: Asker) -> str:
    """A pupil's name: whole to the own class teacher, who visits by name; masked to everybody else."""
    own = pupil.school_class_id in classes_of(asker) and asker.may("unmask", register_called("pupils"))
    return pupil.name if own else named(pupil)


@login_required
@require_safe
def of_class(request: HttpRequest, pk: int) -> HttpResponse:
    """Every household of a class, those still to be visited first."""
    asker = viewer_of(request, register_called("visits"))
    room = room_of(asker, pk)
    lines = lines_of(room, on=asker.day)
    met = sum(one.met is not None for one in lines)
    context = {
        "room": room,
        "lines": [(one, [called(pupil, asker) for pupil in one.pupils]) for one in lines],
        "met": met,
        "left": len(lines) - met,
        "waiting": sum(task.is_open for one in lines for task in one.tasks),
        "since": school_year_began(asker.day),
        "day": asker.day,
        "records": records_for(room, asker),
        "others": SchoolClass.objects.filter(pk__in=set(classes_of(asker)) - {room.pk}).select_related(
            "school"
        ),
    }
    return render(request, "homevisits/class.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, pk: int, household: int) -> HttpResponse:
    """Record a visit to a household; where somebody was there in this term already, the page says so before."""
    asker = viewer_of(request, register_called("visits"))
    room = room_of(asker, pk)
    pupils = list(pupils_in(room, on=asker.day).filter(household=household))
    if not pupils:
        raise absent()
    family = pupils[0].household
    if not records_for(room, asker):
        raise forbidden()
    called_by = getattr(asker.user, "display_name", "") or asker.user.get_username()
    begins = {"on": asker.day, "teacher": called_by[:LONGEST_NAME]}
    form = ClassVisitForm(request.POST if request.method == "POST" else None, initial=begins)
    status, code = 422 if form.is_bound else 200, ""
    if form.is_valid():
        try:
            noted(request, family, room, form.cleaned_data, asker)
        except Refusal as refusal:
            form.add_error(None, sentence_of(refusal))
            status, code = refusal.status, refusal.code
        else:
            return redirect("homevisits:class", room.pk)
    day = form.cleaned_data.get("on", asker.day) if form.is_bound else asker.day
    earlier = met_in_term(family, on=day)
    context = {
        "room": room,
        "household": family,
        "names": [called(pupil, asker) for pupil in pupils],
        "form": form,
        "plain": [form["on"], form["teacher"]],
        "earlier": earlier,
        "shares": earlier is not None and shares(earlier, room),
        "rule": HOMEVISITS.help_days.on(asker.day),
        "roles": [(kind.label, role.label) for kind, role in RESPONSIBLE.items()],
    }
    response = render(request, "homevisits/record.html", context, status=status)
    if code:
        response["X-Refusal"] = code
    return response


def shares(earlier: Visit, room: SchoolClass) -> bool:
    """Whether a class may still join a visit: it is another's, and not joined yet."""
    return earlier.school_class_id != room.pk and not earlier.shared.filter(school_class=room).exists()


def noted(
    request: HttpRequest, family: Household, room: SchoolClass, asked: dict[str, Any], asker: Asker
) -> None:
    """Write what the form says: a visit, one more, or a part in the visit of another class."""
    how = request.POST.get("how", "")
    needs = [NeedKind(one) for one in asked["needs"]]
    if how == "share" and (earlier := met_in_term(family, on=asked["on"])) is not None:
        actions.share(
            earlier, room, teacher=asked["teacher"], needs=needs, by=asker.user, at=asker.at, why=WHY
        )
        messages.success(request, _("已并入共同走访，这户只计一次。"))
    else:
        facts = {name: asked[name] for name in ("teacher", "on", "way", "topics", "companions")}
        actions.record_of_class(
            family,
            room,
            **facts,
            needs=needs,
            again=how == "again",
            by=asker.user,
            at=asker.at,
            why=WHY,
        )
        messages.success(request, _("已登记家访。"))
    for kind in needs:
        if not somebody_for(kind, room.school, on=asker.today):
            words = _("“%(kind)s”需求应由%(role)s办理，现在没有这样的账号，请告知学校。")
            messages.warning(request, words % {"kind": kind.label, "role": RESPONSIBLE[kind].label})

"""Pages of sealed cases: those that are open, opening one from the roll, whom one is about, and answering an offer."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from junheng.content.rulebook import GUIDANCE
from junheng.domains.guidance.actions.handing import answer_transfer
from junheng.domains.guidance.actions.opening import open_case
from junheng.domains.guidance.forms import OpenForm, WhomForm
from junheng.domains.guidance.models import CareCase, CareTransfer
from junheng.domains.guidance.policies import (
    CLASSES,
    case_register,
    insider_of,
    own_case,
    team_of,
    teams_of,
)
from junheng.domains.guidance.queries import offered_to, person_of, with_plan
from junheng.domains.pupils.models import Pupil
from junheng.domains.pupils.queries import roll_of
from junheng.domains.schools.models import SchoolClass
from junheng.kernel.errors import Refusal
from junheng.platform.access.refusals import nothing_here, sentence_of
from junheng.platform.audit.append import record, record_table
from junheng.platform.audit.models import Verb
from junheng.platform.registers.actions import checked_why
from junheng.platform.registers.asker import LARGEST
from junheng.platform.registers.keys import mask
from junheng.platform.spans import holds

PAGE = 50
WHY = "建档：查看本班学生姓名"


@login_required
@never_cache
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """The open cases of one's place, those to be looked at first; and what one's school is asked to take."""
    asker = insider_of(request)
    schools = teams_of(asker)
    rows = with_plan(asker.within(CareCase.objects.all(), case_register(), "view"))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    listed: list[Any] = list(page.object_list)
    context = {
        "page": page,
        "rows": [(one, one.plans[0] if one.plans else None) for one in listed],
        "offers": list(offered_to(schools)) if schools else [],
        "team": bool(schools),
        "day": asker.day,
        "within": GUIDANCE.review_within.on(asker.day),
    }
    return render(request, "guidance/cases.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Choose a class of one's school, then the pupil; the case is opened together with its plan."""
    asker, _schools = team_of(request)
    classes = asker.within(SchoolClass.objects.filter(holds(asker.day)), CLASSES, "change")
    classes = classes.select_related("school").order_by("school", "grade", "number", "pk")
    room = chosen(classes, request.GET.get("class", ""))
    if room is None:
        return render(request, "guidance/open.html", {"classes": list(classes[:500])})
    roll = roll_of(room, on=asker.day)
    form = OpenForm(
        request.POST.dict() if request.method == "POST" else None, row=room, asker=asker, roll=roll
    )
    if request.method != "POST":
        facts = {"fields": ["name", "code"], "class": room.pk, "pupils": len(roll)}
        record_table(Pupil, Verb.READ.value, by=asker.user, at=asker.at, why=WHY, after=facts)
        return show(request, room, form)
    if not form.is_valid():
        return show(request, room, form, status=422)
    asked = dict(form.cleaned_data)
    asked["why"] = checked_why(asked["why"])
    pupil = {str(one.pk): one for one in roll}[asked.pop("pupil")]
    try:
        case = open_case(pupil, by=asker.user, at=asker.at, **asked)
    except Refusal as refusal:
        form.add_error(None, sentence_of(refusal))
        answer = show(request, room, form, status=refusal.status)
        answer["X-Refusal"] = refusal.code
        return answer
    messages.success(request, _("已建档，方案同日生效。"))
    return redirect("registers:detail", "carecases", case.pk)


def chosen(classes: Any, text: str) -> SchoolClass | None:
    """The class that was asked for, of those of one's own school; none where nothing was."""
    if not text:
        return None
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
    found: SchoolClass | None = classes.filter(pk=number).first()
    if found is None:
        raise nothing_here()
    return found


def show(request: HttpRequest, room: SchoolClass, form: OpenForm, *, status: int = 200) -> HttpResponse:
    """The form of a class."""
    return render(request, "guidance/open.html", {"room": room, "form": form}, status=status)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def whom(request: HttpRequest, number: int) -> HttpResponse:
    """Whom a case is about: told to its own team alone, and only with a reason, which is noted."""
    asker, schools = team_of(request)
    case = own_case(number, schools=schools)
    form = WhomForm(request.POST or None)
    context: dict[str, Any] = {"case": case, "form": form}
    if request.method == "POST" and form.is_valid():
        why = checked_why(form.cleaned_data["why"])
        record(
            case,
            Verb.READ.value,
            by=asker.user,
            at=asker.at,
            why=why,
            after={"fields": ["number", "document"]},
        )
        pupil = person_of(case, on=asker.day)
        context |= {"told": True, "pupil": pupil, "code": mask(str(pupil.code)) if pupil else ""}
        context["papers"] = list(case.measures.exclude(document=""))
    return render(request, "guidance/whom.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """Take a case that is offered, or send the offer back."""
    asker, schools = team_of(request)
    found = offer_to(number, schools)
    accept = request.POST.get("answer") == "accept"
    answer_transfer(found, accept=accept, by=asker.user, at=asker.at, why=words_of(accept))
    if accept:
        messages.success(request, _("已接收，今后由本校承办。"))
        return redirect("registers:detail", "carecases", found.case_id)
    messages.success(request, _("已退回，仍由原学校承办。"))
    return redirect("guidance:cases")


def offer_to(number: int, schools: set[int]) -> CareTransfer:
    """An offer to one of these schools."""
    found = (
        CareTransfer.objects.filter(pk=number, to_school__in=schools).first() if number <= LARGEST else None
    )
    if found is None:
        raise nothing_here()
    return found


def words_of(accept: bool) -> str:
    """Why, for the audit."""
    return _("学生转入，接收台账") if accept else _("退回转接")

"""The officer's desk: what came in, one tip with its like, and every step up to the answer."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from junheng.domains.areas.models import Area
from junheng.domains.schools.models import School
from junheng.domains.tips.actions import assigning, merging, triage
from junheng.domains.tips.actions.assigning import Task
from junheng.domains.tips.forms import TaskForm
from junheng.domains.tips.models import Tip, TipPhoto
from junheng.domains.tips.policies.scope import TIPS, officer_of, tip_of
from junheng.domains.tips.queries.likeness import like
from junheng.domains.tips.queries.waiting import READY, UNACKED, is_certain, late_tips
from junheng.domains.tips.terms import CLOSED, ELSEWHERE, OPEN, TOLD, Outcome, TipState
from junheng.kernel.errors import NotFound, Refusal
from junheng.platform.access.refusals import sentence_of
from junheng.platform.accounts.sensitive import sensitive
from junheng.platform.audit.models import Entry, Verb
from junheng.platform.registers.asker import Asker

PAGE = 50
TONES = {
    TipState.QUEUED: "warn", TipState.NEW: "warn", TipState.ASKED: "calm", TipState.ACCEPTED: "calm", TipState.ASSIGNED: "calm",
    TipState.ANSWERED: "good", TipState.DECLINED: "good", TipState.WITHDRAWN: "calm",
}  # fmt: skip
READ_LAST = 12


def shown(asker: Asker) -> dict[str, tuple[str, Q]]:
    """The lists of the desk: their words, and what is on them."""
    late = Q(pk__in=late_tips(asker.day).values("pk"))
    return {
        "new": (_("待受理"), Q(state__in=(TipState.NEW, TipState.ASKED))),
        "ready": (_("待转办或答复"), READY),
        "under-way": (_("办理中"), Q(state=TipState.ASSIGNED)),
        "late": (_("逾期"), late),
        "queued": (_("排队"), Q(state=TipState.QUEUED)),
        "done": (_("已办结"), Q(state__in=(*CLOSED, TipState.WITHDRAWN))),
    }


@login_required
@never_cache
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What came in, the most urgent first."""
    asker = officer_of(request)
    lists = shown(asker)
    name = request.GET.get("show", "new")
    name = name if name in lists else "new"
    mine = asker.within(Tip.objects.all(), TIPS, "view")
    counts = mine.aggregate(
        **{key.replace("-", "_"): Count("pk", filter=on) for key, (_word, on) in lists.items()}
    )
    wanted = request.GET.get("q", "").strip()[:40]
    rows = mine.filter(lists[name][1]).select_related("area", "referral").annotate(others=Count("merged"))
    if wanted:
        rows = rows.filter(
            Q(number__icontains=wanted) | Q(about__icontains=wanted) | Q(place__icontains=wanted)
        )
    urgent = "ack_due" if name in ("new", "queued") else "answer_due"
    rows = rows.order_by("-pk") if name == "done" else rows.order_by(urgent, "pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "show": name, "q": wanted, "certain": is_certain(asker.today), "today": asker.day,
        "tabs": [(key, word, counts[key.replace("-", "_")]) for key, (word, _on) in lists.items()],
        "lines": [(one, TONES[TipState(one.state)], due_of(one), due_of(one) < asker.day and one.state in OPEN) for one in page],
    }  # fmt: skip
    return render(request, "tips/desk/inbox.html", context)


def due_of(tip: Tip) -> Any:
    """The day by which the next step is due."""
    return tip.ack_due if tip.state in UNACKED and tip.acked_on is None else tip.answer_due


@login_required
@never_cache
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One tip with its words. That it was read is noted."""
    asker = officer_of(request)
    return tip_page(request, tip_of(pk, asker=asker), asker)


@sensitive
@login_required
@never_cache
@require_POST
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """The same with who told it, for a reason."""
    asker = officer_of(request)
    tip = tip_of(pk, asker=asker)
    told = triage.open_person(tip, by=asker.user, at=asker.at, why=request.POST.get("why", ""))
    return tip_page(request, tip, asker, told=told)


def tip_page(
    request: HttpRequest,
    tip: Tip,
    asker: Asker,
    *,
    told: Any = None,
    form: TaskForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of one tip."""
    words = triage.read_words(tip, by=asker.user, at=asker.at)
    first = tip.lead or tip
    open_now = tip.state in OPEN
    reads = Entry.objects.filter(table=Tip._meta.label_lower, row=tip.pk, verb=Verb.READ.value).order_by(
        "-pk"
    )
    context = {
        "tip": tip, "tone": TONES[TipState(tip.state)], "words": words, "told": told, "known": bool(tip.person or tip.contact),
        "photos": tip.photos.order_by("pk"), "first": first, "due": due_of(tip), "open_now": open_now,
        "merged": list(first.merged.select_related("area").order_by("pk")), "late": open_now and due_of(tip) < asker.day,
        "like": like(tip) if open_now and tip.lead_id is None else [],
        "form": form or (task_form(tip) if open_now and tip.referral_id is None and tip.lead_id is None else None),
        "waits": tip.state in (TipState.QUEUED, TipState.NEW, TipState.ASKED), "elsewhere": ELSEWHERE,
        "answers": answers_for(tip), "reads": list(reads[:READ_LAST]), "certain": is_certain(asker.today),
    }  # fmt: skip
    response = render(request, "tips/desk/one.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def task_form(tip: Tip) -> TaskForm:
    """The form for an office, filled in with what names no citizen; the summary the officer writes."""
    about = (
        tip.about
        or (tip.school.name if tip.school else "")
        or (tip.institution.name if tip.institution else "")
    )
    code = tip.school.code if tip.school else ""
    return TaskForm(
        initial={
            "area": tip.area_id[:6],
            "kind": tip.kind,
            "title": about,
            "place": tip.place,
            "school_code": code,
        }
    )


def answers_for(tip: Tip) -> str:
    """The answer that is suggested: by what the office reported."""
    if tip.referral is None or tip.referral.outcome not in TOLD:
        return ""
    return str(TOLD[Outcome(tip.referral.outcome)])


@sensitive
@login_required
@never_cache
@require_POST
def photo(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A photo of a tip."""
    asker = officer_of(request)
    tip = tip_of(pk, asker=asker)
    row = TipPhoto.objects.filter(tip=tip, pk=number).first() if number < 2**63 else None
    if row is None:
        raise NotFound("no-such-tip-photo", "这条举报里没有这张照片。")
    response = HttpResponse(triage.open_photo(row, by=asker.user, at=asker.at), content_type=row.media)
    response["Cache-Control"] = "no-store"
    return response


@login_required
@require_POST
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it up, ask for more, decline it, answer it, part it from others."""
    asker = officer_of(request)
    tip = tip_of(pk, asker=asker)
    by, words = {"by": asker.user, "at": asker.at}, request.POST.get("words", "")
    why = request.POST.get("why", "").strip()[:200]
    match request.POST.get("step"):
        case "accept":
            triage.accept(tip, why=why or "符合受理范围", **by)
            messages.success(request, _("已受理，举报人凭查询码可以看到。"))
        case "ask":
            triage.ask_for_more(tip, words, why=why or "缺少核查所需的内容", **by)
            messages.success(request, _("已请举报人补充。"))
        case "decline":
            triage.decline(tip, words, why=why or "不属受理范围", **by)
            messages.success(request, _("已答复不属受理范围，并告知可以找谁。"))
        case "answer":
            assigning.answer(tip, words, why=why or "答复举报人", **by)
            messages.success(request, _("已答复，并入的举报同时答复。"))
        case "part":
            merging.part(tip, why=why or "不是同一件事", **by)
            messages.success(request, _("已拆开，按单独一件办理。"))
        case _:
            raise Refusal("tip-no-such-step", "没有这一步，没有做任何改动。请从页面上的按钮办理。")
    return redirect("tips:one", pk)


@login_required
@require_POST
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring it together with another."""
    asker = officer_of(request)
    tip = tip_of(pk, asker=asker)
    given = request.POST.get("into", "")
    into = tip_of(int(given) if given.isascii() and given.isdigit() else 0, asker=asker)
    merging.merge(
        tip, into, by=asker.user, at=asker.at, why=_("同一件事：") + request.POST.get("reasons", "")[:150]
    )
    messages.success(request, _("已并入 %(number)s，各人仍凭自己的查询码查看。") % {"number": into.number})
    return redirect("tips:one", into.pk)


@login_required
@require_POST
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Pass it on to an office."""
    asker = officer_of(request)
    tip = tip_of(pk, asker=asker)
    form = TaskForm(request.POST)
    if not form.is_valid():
        return tip_page(request, tip, asker, form=form, status=422)
    given = dict(form.cleaned_data)
    why, code, area = given.pop("why"), given.pop("school_code"), given.pop("area")
    school = School.objects.filter(code=code).first() if code else None
    if code and school is None:
        form.add_error("school_code", _("没有这个学校标识码。请核对，或留空。"))
        return tip_page(request, tip, asker, form=form, status=422)
    photos = [int(one) for one in request.POST.getlist("photos") if one.isascii() and one.isdigit()]
    task = Task(
        area=Area.objects.get(pk=area), school=school, institution=tip.institution, photos=photos, **given
    )
    try:
        done = assigning.assign(tip, task, by=asker.user, at=asker.at, why=why)
    except Refusal as refusal:
        if refusal.status != 400:  # somebody else was faster: nothing to put right here
            raise
        form.add_error("summary", sentence_of(refusal))
        return tip_page(request, tip, asker, form=form, status=422)
    messages.success(request, _("已转办，编号 %(code)s。") % {"code": done.code})
    return redirect("tips:one", pk)


@login_required
@require_POST
def let_in(request: HttpRequest) -> HttpResponse:
    """Let the oldest of the queue in."""
    asker = officer_of(request)
    number = triage.let_in(by=asker.user, at=asker.at, why="放行排队的举报")
    messages.success(request, _("已放行 %(number)s 件。") % {"number": number})
    return redirect("tips:inbox")

"""Pages of a designer: the survey, its questions, what is asked already, the preview, the next step."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from junheng.kernel.errors import NotAllowed, NotFound, Refusal
from junheng.kernel.values.school_term import SchoolTerm
from junheng.platform.asks import designing, moving
from junheng.platform.asks.catalogue import catalogue
from junheng.platform.asks.chasing import completeness
from junheng.platform.asks.days import day_of, term_on
from junheng.platform.asks.duplicates import duplicates_of, findings_for, links_of
from junheng.platform.asks.forms import QuestionForm, SurveyForm, initial_of, initial_of_question
from junheng.platform.asks.minutes import PLAIN, correction_on, measured
from junheng.platform.asks.models import Collection, Question
from junheng.platform.asks.parameters import parameters_on
from junheng.platform.asks.places import place_choices, place_names
from junheng.platform.asks.scopes import collection_for, may_change, own_areas
from junheng.platform.asks.terms import COUNTED, State
from junheng.platform.asks.units import count_label, kinds_of, units_of
from junheng.platform.asks.values import AnswerForm
from junheng.platform.registers import every_register
from junheng.platform.registers.asker import Asker, asker_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new survey."""
    asker = asker_of(request)
    if not own_areas(asker):
        raise NotAllowed("may-not-design", "您没有设计调查的权限。请由市局科室或县（市、区）教育局来发。")
    form = survey_form(request, asker, initial={"term": term_on(day_of(asker))})
    if request.method == "POST" and form.is_valid():
        made = designing.begin(form.cleaned_data, asker=asker, why=_("设计调查"))
        messages.success(request, _("已建好，现在添加问题。"))
        return redirect("asks:survey", made.pk)
    return render(request, "asks/survey_form.html", {"form": form}, status=422 if form.is_bound else 200)


def survey_form(request: HttpRequest, asker: Asker, *, initial: dict[str, Any]) -> SurveyForm:
    """The form of a survey, filled with what was posted."""
    data = request.POST if request.method == "POST" else None
    return SurveyForm(data, initial=initial, areas=place_choices(own_areas(asker)), day=day_of(asker))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Other words, days or units."""
    asker = asker_of(request)
    one = collection_for(asker, pk, change=True)
    designing.require_draft(one)
    form = survey_form(request, asker, initial=initial_of(one))
    if request.method == "POST" and form.is_valid():
        designing.change(one, form.cleaned_data, asker=asker, why=_("修改调查"))
        return redirect("asks:survey", pk)
    context = {"form": form, "survey": one}
    return render(request, "asks/survey_form.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def once_more(request: HttpRequest, pk: int) -> HttpResponse:
    """The same survey for another term."""
    asker = asker_of(request)
    one = collection_for(asker, pk, change=True)
    start = initial_of(one) | {"term": term_on(day_of(asker)), "opens_on": None, "closes_on": None}
    form = survey_form(request, asker, initial=start)
    if request.method == "POST" and form.is_valid():
        made = designing.again(one, form.cleaned_data, asker=asker, why=_("沿用上一期"))
        messages.success(request, _("已沿用「%(title)s」的问题，上次的答案会预填。") % {"title": one.title})
        return redirect("asks:survey", made.pk)
    context = {"form": form, "survey": one, "again": True}
    return render(request, "asks/survey_form.html", context, status=422 if form.is_bound else 200)


@login_required
@require_safe
def survey(request: HttpRequest, pk: int) -> HttpResponse:
    """One survey: what for, which questions, what is known already, what it costs, the next step."""
    asker = asker_of(request)
    one = collection_for(asker, pk)
    return render(request, "asks/survey.html", context_of(one, asker))


def context_of(one: Collection, asker: Asker) -> dict[str, Any]:
    """What the page of a survey shows."""
    changeable = may_change(asker, one)
    parameters = parameters_on(day_of(asker))
    judged = one.state in {State.DRAFT, State.CHECKED} and changeable
    findings = findings_for(one, asker) if judged else {}
    lines = [
        {
            "question": question,
            "found": (found := findings.get(question.pk, [])),
            "open": bool(found) and not question.again_why,
            "source": source_label(question),
            "seconds": 0
            if question.linked_register
            else parameters.known
            if question.before_id
            else parameters.seconds[question.kind],
        }
        for question in one.questions.all()
    ]
    lines.sort(key=lambda line: not line["open"])
    kinds = dict(kinds_of(one.unit_kind))
    progress = completeness(one, asker) if one.state in COUNTED else []
    units = (
        sum(int(str(row["asked"])) for row in progress)
        if progress
        else units_of(one, on=day_of(asker)).count()
    )
    return {
        "survey": one,
        "place": place_names([one.area])[one.area],
        "term": SchoolTerm.parse(one.term).label,
        "kinds": [kinds.get(kind, kind) for kind in one.kinds],
        "lines": lines,
        "unresolved": sum(bool(line["open"]) for line in lines),
        "draft": one.state == State.DRAFT and changeable,
        "steps": moving.steps_for(one, asker) if changeable else [],
        "can_again": changeable and one.state in {State.OPEN, State.CLOSED, State.EVALUATED},
        "units": units,
        "sent": sum(int(str(row["sent"])) for row in progress),
        "minutes": -(-one.seconds // 60),
        "all_minutes": -(-one.seconds * units // 60),
        "measured": measured(one, least=parameters.least) if one.state in COUNTED else None,
        "budget": parameters.budget[one.unit_kind],
        "certain": parameters.certain,
        "corrected": one.state == State.DRAFT and correction_on(parameters) != PLAIN,
        "asked": one.state in COUNTED,
    }


def source_label(question: Question) -> str:
    """What a linked question is taken from."""
    register = every_register().get(question.linked_register)
    if register is None:
        return ""
    name = register.label_of(question.linked_field) if question.linked_field else count_label(register)
    return f"{register.label} · {name}"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_question(request: HttpRequest, pk: int) -> HttpResponse:
    """One more question."""
    asker = asker_of(request)
    one = collection_for(asker, pk, change=True)
    return take_question(request, asker, Question(collection=one))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Change a question, or leave it out."""
    asker = asker_of(request)
    one = collection_for(asker, pk, change=True)
    found = one.questions.filter(pk=number).first()
    if found is None:
        raise NotFound("no-such-question", "没有找到这个问题。请返回调查页面查看。")
    if "drop" in request.POST:
        designing.drop_question(found, asker=asker, why=_("删去问题"))
        messages.success(request, _("已删去「%(label)s」。") % {"label": found.label})
        return redirect("asks:survey", pk)
    return take_question(request, asker, found)


def take_question(request: HttpRequest, asker: Asker, question: Question) -> HttpResponse:
    """The form of a question: shown, or kept if it is in order."""
    one = question.collection
    designing.require_draft(one)
    initial = initial_of_question(question) if question.pk else {"link": request.GET.get("link", "")}
    form = QuestionForm(request.POST if request.method == "POST" else None, initial=initial, collection=one)
    if request.method == "POST" and form.is_valid():
        for name, value in form.cleaned_data.items():
            setattr(question, name, value)
        designing.put_question(question, asker=asker, why=_("设计问题"))
        return redirect("asks:survey", one.pk)
    choices = str(form["choices"].value() or "").splitlines()
    context = {
        "form": form,
        "survey": one,
        "question": question if question.pk else None,
        "found": known_already(one, str(form["label"].value() or ""), choices, asker),
    }
    return render(request, "asks/question_form.html", context, status=422 if form.is_bound else 200)


def known_already(one: Collection, label: str, choices: list[str], asker: Asker) -> list[Any]:
    """What is known already of what somebody is about to ask."""
    if not label.strip():
        return []
    own = {question.pk for question in one.questions.all()}
    entries = [entry for entry in catalogue(asker) if entry.question not in own]
    options = [line.strip() for line in choices if line.strip()]
    return duplicates_of(label, options, entries, linkables=links_of(one))


@login_required
@require_safe
def likely(request: HttpRequest, pk: int) -> HttpResponse:
    """While a question is written: where it is asked already."""
    asker = asker_of(request)
    one = collection_for(asker, pk, change=True)
    choices = request.GET.get("choices", "").splitlines()
    found = known_already(one, request.GET.get("label", "")[:80], choices, asker)
    return render(request, "asks/_known.html", {"found": found, "survey": one})


@login_required
@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The form as those will see it who are asked."""
    asker = asker_of(request)
    one = collection_for(asker, pk)
    questions = list(one.questions.all())
    rows = form_rows(questions, AnswerForm(questions))
    context = {
        "survey": one,
        "rows": rows,
        "minutes": -(-one.seconds // 60),
        "term": SchoolTerm.parse(one.term).label,
    }
    return render(request, "asks/preview.html", context)


def form_rows(questions: list[Question], form: AnswerForm) -> list[dict[str, Any]]:
    """The questions in their order, each with its field or with where it is taken from."""
    return [
        {"question": one, "source": source_label(one)}
        if one.linked_register
        else {"question": one, "field": form[f"q{one.pk}"]}
        for one in questions
    ]


@login_required
@require_POST
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """The next step of a survey."""
    asker = asker_of(request)
    one = collection_for(asker, pk, change=True)
    name = request.POST.get("step", "")
    if name not in moving.STEPS:
        raise Refusal("no-such-step", "没有这一步。请从调查页面上的按钮办理。")
    moving.STEPS[name](one, asker=asker, why=request.POST.get("why", ""))
    messages.success(request, _("已办理：%(state)s。") % {"state": State(one.state).label})
    return redirect("asks:survey", pk)

"""One's own jobs: how far they are, what came of them, calling off and trying again."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from junheng.platform.jobs.actions import cancel, own_job, retry
from junheng.platform.jobs.keeping import FILES, fetched
from junheng.platform.jobs.kinds import every_kind, kind_called
from junheng.platform.jobs.models import Job, State
from junheng.platform.jobs.progress import Report, read_report
from junheng.platform.sealing.files import Reader

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A job on a page: its row, how far it is, and where its result is seen."""

    job: Job
    report: Report | None
    lead: str

    @property
    def moves(self) -> bool:
        """Whether it is worth asking again soon."""
        return self.job.state in {State.QUEUED, State.RUNNING}

    @property
    def has_file(self) -> bool:
        """Whether there is a file to fetch."""
        return self.job.state == State.DONE and "file" in (self.job.result or {})

    @property
    def tone(self) -> str:
        """The colour of its badge."""
        return {State.DONE: "good", State.FAILED: "bad"}.get(State(self.job.state), "")

    @property
    def can_retry(self) -> bool:
        """Whether it may be put into the queue again."""
        return self.job.state in {State.FAILED, State.CANCELLED}


def line_of(job: Job) -> Line:
    """A job as a page shows it."""
    kind = every_kind().get(job.kind)
    report = read_report(job.pk) if job.state == State.RUNNING else None
    current = report if report is not None and report.attempt == job.attempts else None
    lead = kind.lead(job) if kind and kind.lead and job.state == State.DONE else ""
    return Line(job, current, lead)


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """My jobs, the newest first."""
    jobs = Job.objects.filter(owner=request.user.pk)[:SHOWN]
    return render(request, "jobs/list.html", {"lines": [line_of(one) for one in jobs], "days": FILES.days})


@login_required
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One job: its line for htmx, which asks until it has ended; its page for a browser."""
    line = line_of(own_job(pk, by=request.user))
    if getattr(request, "htmx", None):
        response = render(request, "jobs/line.html", {"line": line})
        if not line.moves and request.GET.get("then") == "reload":
            response["HX-Refresh"] = "true"
        return response
    return render(request, "jobs/list.html", {"lines": [line], "days": FILES.days, "single": True})


@login_required
@require_safe
def fetch(request: HttpRequest, pk: int) -> FileResponse:
    """The file of a job, for its owner while the rights last that it was made with."""
    job = own_job(pk, by=request.user)
    path, told = fetched(job)
    if ask := kind_called(job.kind).may_fetch:
        ask(job, timezone.now())
    file = Reader(path).checked()
    response = FileResponse(file, as_attachment=True, filename=told["name"], content_type=told["type"])
    response["Content-Length"] = str(file.size)
    response["Cache-Control"] = "no-store"
    return response


@login_required
@require_POST
def call_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a job off before it begins."""
    cancel(pk, by=request.user, at=timezone.now())
    return redirect("jobs:mine")


@login_required
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Try a job again."""
    retry(pk, by=request.user, at=timezone.now())
    return redirect("jobs:mine")

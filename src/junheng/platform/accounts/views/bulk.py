"""Accounts from a workbook: the template, the preview, the file with its mistakes, and making them with their letters."""

import io
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from junheng.kernel.errors import Refusal
from junheng.platform.accounts.bulk.letters import papers
from junheng.platform.accounts.bulk.lines import LINES
from junheng.platform.accounts.bulk.planning import plan_accounts, read_accounts, shown
from junheng.platform.accounts.bulk.plans import AccountPlan
from junheng.platform.accounts.bulk.template import template
from junheng.platform.accounts.bulk.writing import make_accounts
from junheng.platform.accounts.rights import require_administrator
from junheng.platform.accounts.sensitive import sensitive
from junheng.platform.registers.asker import Asker, asker_of
from junheng.platform.registers.exporting import CONTENT_TYPES
from junheng.platform.registers.marking import marked_file
from junheng.platform.registers.sheets import Sheet
from junheng.platform.registers.uploads import drop_upload, keep_upload, kept_upload
from junheng.platform.registers.views.files import uploaded

MOST = 2_000
"""Lines that one workbook of accounts may have: all are looked at while somebody waits."""
SHOWN = 200
DAYS = (7, 14, 30)
"""For how many days a letter may hold."""


def administrator(request: HttpRequest) -> Asker:
    """Whoever asks, if he looks after accounts."""
    asker = asker_of(request)
    require_administrator(asker.user, on=asker.today)
    return asker


@login_required
@require_safe
def blank(request: HttpRequest) -> FileResponse:
    """The workbook to fill."""
    asker = administrator(request)
    return FileResponse(
        template(admin=asker.user, on=asker.today),
        as_attachment=True,
        filename=f"{_('账号模板')}.xlsx",
        content_type=CONTENT_TYPES["xlsx"],
    )


@sensitive
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: HttpRequest) -> HttpResponse:
    """Choose a workbook and see what it would do."""
    asker = administrator(request)
    if request.method != "POST":
        return page(request)
    name, content = uploaded(request)
    plan = plan_accounts(sheet_of(name, content), admin=asker.user, on=asker.today)
    idle = plan.does_nothing and not plan.without_password
    token = "" if idle else keep_upload(LINES.slug, name, content, by=asker.user)
    return page(request, plan=plan, name=name, token=token)


def sheet_of(name: str, content: bytes) -> Sheet:
    """The table of accounts in a file; refused where it is too long to be looked at here."""
    sheet = read_accounts(name, content)
    if len(sheet.lines) > MOST:
        raise Refusal(
            "too-many-rows",
            "「{name}」有 {count} 行，一次最多导入 {limit} 行。请拆分成几个文件。",
            name=name,
            count=len(sheet.lines),
            limit=MOST,
        )
    return sheet


def page(
    request: HttpRequest, *, plan: AccountPlan | None = None, name: str = "", token: str = ""
) -> HttpResponse:
    """The page, with a preview if there is one."""
    context: dict[str, Any] = {
        "plan": plan,
        "file_name": name,
        "token": token,
        "people": list(shown(plan, SHOWN)) if plan else [],
        "waiting_letters": len(plan.without_password) if plan else 0,
        "days": DAYS,
        "headings": [LINES.label_of(one) for one in LINES.fields],
    }
    return render(request, "accounts/bulk.html", context, status=422 if plan and plan.wrong else 200)


@login_required
@require_POST
def marked(request: HttpRequest) -> FileResponse:
    """The workbook that was sent, with what is wrong written into its cells."""
    asker = administrator(request)
    name, content = kept_upload(LINES.slug, request.POST.get("token", ""), by=asker.user)
    plan = plan_accounts(sheet_of(name, content), admin=asker.user, on=asker.today)
    return FileResponse(
        io.BytesIO(marked_file(plan, content)),
        as_attachment=True,
        filename=f"{name.rsplit('.', 1)[0]}-{_('标出问题')}.xlsx",
        content_type=CONTENT_TYPES["xlsx"],
    )


@sensitive
@login_required
@never_cache
@require_POST
@sensitive_variables("made", "sheets")
def apply(request: HttpRequest) -> HttpResponse:
    """Make the accounts. The answer is the letters, this once."""
    asker = administrator(request)
    token = request.POST.get("token", "")
    name, content = kept_upload(LINES.slug, token, by=asker.user)
    days = next((one for one in DAYS if str(one) == request.POST.get("days")), DAYS[0])
    why = request.POST.get("why", "").strip()
    made = make_accounts(
        sheet_of(name, content),
        admin=asker.user,
        at=asker.at,
        why=f"{why[:150]}（{name[-40:]}）" if why else "",
        days=days,
        again=request.POST.get("again") == "1",
    )
    drop_upload(token, by=asker.user)
    plan = made.plan
    messages.success(
        request,
        _("已新建 %(new)s 个账号，办理 %(changed)s 项，另有 %(waiting)s 项授权等待另一位账号管理员审批。")
        % {"new": plan.new, "changed": plan.changed, "waiting": plan.waiting},
    )
    if not made.letters:
        return redirect("accounts:people")
    sheets = papers(
        made.letters,
        address_of=lambda one: request.build_absolute_uri(reverse("accounts:invitation", args=[one])),
    )
    context = {
        "sheets": sheets,
        "first": request.build_absolute_uri(reverse("accounts:first")),
        "demo": settings.DEMO,
    }
    return render(request, "accounts/letters.html", context)

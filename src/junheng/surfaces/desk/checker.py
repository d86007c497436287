"""The checker: any Chinese text in, its claims with verdict and reason out."""

import json
from dataclasses import asdict
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods

from junheng.kernel.errors import Refusal
from junheng.platform.figures.checking import check_text
from junheng.surfaces.desk.drafts import DraftForm
from junheng.surfaces.desk.marking import findings, pieces, tally
from junheng.surfaces.portal.asking import question

KINDS = {"json": "application/json", "txt": "text/plain", "html": "text/html"}
"""The forms in which a result can be taken home."""


@login_required
@require_http_methods(["GET", "POST"])
def checker(request: HttpRequest) -> HttpResponse:
    """The empty form, or the checked draft; with ``download`` the result as a file. Nothing is kept here."""
    if request.method == "GET":
        return render(request, "desk/checker.html", {"form": DraftForm(), "asked": question(request)})
    form = DraftForm(request.POST, request.FILES)
    if not form.is_valid():
        raise Refusal("bad-draft", "上传的文件是空的或读不到。请重新选择文件，或直接粘贴文字。")
    text = form.draft()
    asked = question(request)
    claims = check_text(text, as_of=asked.as_of, window=asked.window)
    context = {
        "text": text,
        "pieces": pieces(text, claims),
        "claims": claims,
        "findings": findings(claims),
        "tally": tally(claims),
        "asked": asked,
    }
    if kind := request.POST.get("download"):
        return download(request, kind, context)
    return render(request, "desk/checked.html", context)


def download(request: HttpRequest, kind: str, context: dict[str, Any]) -> HttpResponse:
    """The result as a file: for programs, for reading, or coloured for passing on."""
    if kind not in KINDS:
        raise Refusal("download-kind", "结果只能下载为 .json、.txt 或 .html。请从页面上的按钮中选择。")
    if kind == "json":
        content = json.dumps(
            [asdict(claim) for claim in context["claims"]], ensure_ascii=False, indent=2, default=str
        )
    else:
        content = render_to_string(f"desk/checked_download.{kind}", context, request)
    response = HttpResponse(content, content_type=f"{KINDS[kind]}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="check.{kind}"'
    return response

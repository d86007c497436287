"""The page of one's own tokens: make one, see it once, revoke it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from junheng.kernel.errors import Refusal
from junheng.platform.access.refusals import sentence_of
from junheng.platform.registers.asker import Asker, asker_of
from junheng.platform.tokens.actions import make_token, revoke
from junheng.platform.tokens.forms import TokenForm
from junheng.platform.tokens.models import Token
from junheng.platform.tokens.opening import openable
from junheng.platform.tokens.secret import Secret


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("secret")
def mine(request: HttpRequest) -> HttpResponse:
    """One's own tokens and the form of a new one; the answer to it shows the token, this once."""
    asker = asker_of(request)
    if request.method != "POST":
        return show(request, asker, TokenForm(asker=asker))
    form = TokenForm(request.POST, asker=asker)
    if not form.is_valid():
        return show(request, asker, form, status=422)
    try:
        _token, secret = make_token(**form.cleaned_data, by=request.user, at=asker.at)
    except Refusal as refusal:
        form.add_error(None, sentence_of(refusal))
        return show(request, asker, form, status=422)
    return show(request, asker, TokenForm(asker=asker), secret=secret)


@login_required
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke one of one's own tokens."""
    token = revoke(pk, by=request.user, at=asker_of(request).at)
    messages.success(request, _("已撤销令牌「%(name)s」，使用它的系统已不能再读写。") % {"name": token.name})
    return redirect("tokens:mine")


def show(
    request: HttpRequest, asker: Asker, form: TokenForm, *, secret: Secret | None = None, status: int = 200
) -> HttpResponse:
    """The page."""
    labels = {slug: one.label for slug, one in openable().items()}
    tokens = Token.objects.filter(owner_id=request.user.pk).select_related("owner").order_by("-id")
    lines = [
        (token, token.holds(asker.today), "、".join(labels.get(slug, slug) for slug in token.registers))
        for token in tokens
    ]
    context = {"form": form, "lines": lines, "secret": str(secret) if secret else ""}
    return render(request, "tokens/mine.html", context, status=status)

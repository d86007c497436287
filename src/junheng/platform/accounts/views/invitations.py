"""The pages behind an invitation: type the one-time password of a letter, set a password, then log in with it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from junheng.platform.access.address import address_of
from junheng.platform.accounts.forms import InvitedForm
from junheng.platform.accounts.invitations import accept, as_issued, invited


@never_cache
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@sensitive_variables("secret")
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Whoever holds the link sets the password of the account; logging in is a step of its own."""
    at = timezone.now()
    found = invited(secret, address=address_of(request), at=at)
    form = InvitedForm(found.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        accept(found, form.cleaned_data["new_password1"], at=at)
        messages.success(request, _("密码已设置。请用用户名和新密码登录。"))
        return redirect("login")
    context = {"form": form, "who": found.user, "until": found.until}
    return render(
        request, "accounts/invitation.html", context, status=422 if request.method == "POST" else 200
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@sensitive_variables("secret")
def first(request: HttpRequest) -> HttpResponse:
    """Whoever has a letter types its one-time password here; a wrong one is refused and counted."""
    if request.method != "POST":
        return render(request, "accounts/first.html")
    secret = as_issued(request.POST.get("one_time", "").strip()[:80])
    invited(secret, address=address_of(request), at=timezone.now())
    return redirect("accounts:invitation", secret)

"""How the phone is answered: JSON in every case, also where nobody is signed in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from junheng.domains.fieldwork.queries.charges import in_office, persons_of
from junheng.domains.fieldwork.queries.mine import no_person
from junheng.domains.people.models import Person
from junheng.kernel.errors import NotFound, Refusal
from junheng.platform.access.refusals import sentence_of
from junheng.platform.registers.asker import Asker, asker_of

View = Callable[..., HttpResponse]


def answered(told: dict[str, Any], *, status: int = 200, **headers: str) -> JsonResponse:
    """An answer with Chinese as it is."""
    return JsonResponse(told, status=status, headers=headers, json_dumps_params={"ensure_ascii": False})


def refusal_told(refusal: Refusal, **more: Any) -> JsonResponse:
    """A refusal as the phone reads it."""
    told = {"code": refusal.code, "message": sentence_of(refusal), **more}
    return answered(told, status=refusal.status, **{"X-Refusal": refusal.code})


def for_phones(view: View) -> View:
    """A view of the phone: a session that is gone and every refusal are answered in JSON, nothing is kept by a cache."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            message = _("登录已过期，手机上的记录都还在。请重新登录后再同步。")
            return answered({"code": "sign-in", "message": message}, status=401)
        try:
            return view(request, *args, **kwargs)
        except Refusal as refusal:
            more = {"csrf": get_token(request)} if refusal.code == "no-person" else {}
            return refusal_told(refusal, **more)

    return never_cache(asked)


def posts_of(request: HttpRequest, *, also_former: bool = False) -> tuple[Asker, list[Person], Person]:
    """Who asks, all posts of theirs, and the one they hold today; refuses who holds none.

    Whoever has left office may still bring what he wrote down before.
    """
    asker = asker_of(request)
    persons = persons_of(request.user)
    today = in_office(persons, on=asker.today) or (persons[0] if also_former and persons else None)
    if today is None:
        raise no_person()
    return asker, persons, today


def not_there() -> NotFound:
    """The refusal of a photo that is not here."""
    return NotFound("no-such-photo", "没有这张照片。请在手机上重新选择照片。")

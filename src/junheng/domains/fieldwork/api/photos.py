"""The address of one photo: how much of it is here, the next stretch of it, and the picture for who took it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from junheng.domains.fieldwork.actions.opening import shown
from junheng.domains.fieldwork.actions.uploading import (
    LONGEST_PIECE,
    UnfitPhoto,
    WrongOffset,
    photo_called,
    take,
)
from junheng.domains.fieldwork.api.answers import for_phones, not_there, posts_of, refusal_told
from junheng.domains.fieldwork.api.syncing import whose
from junheng.domains.fieldwork.models import FieldPhoto
from junheng.domains.fieldwork.terms import PhotoState
from junheng.domains.people.models import Person
from junheng.kernel.errors import Refusal
from junheng.platform.registers.asker import Asker, asker_of

LARGEST = 2**31 - 1


@require_http_methods(["GET", "HEAD", "PATCH", "PUT"])
@for_phones
def photo(request: HttpRequest, digest: str) -> HttpResponse:
    """HEAD: how much is here. PATCH or PUT: the next stretch. GET: the picture."""
    asker, persons, person = owners_of(request)
    here = photo_called(digest, persons)
    if request.method == "HEAD":
        return progress(here)
    if request.method == "GET":
        if here is None or here.state != PhotoState.WHOLE:
            raise not_there()
        picture = shown(here)
        return HttpResponse(picture.data, content_type=picture.media)
    owner = here.person if here is not None else person
    offset, size = number(request, "Upload-Offset"), None
    if "Upload-Length" in request.headers:
        size = number(request, "Upload-Length")
    if len(request.body) > LONGEST_PIECE:
        raise UnfitPhoto("piece-too-long", "一次上传的一段太长，没有存入。请更新手机上的应用，它会分段上传。")
    try:
        found = take(
            here, digest, request.body, offset=offset, size=size, person=owner, by=request.user, at=asker.at
        )
    except WrongOffset as wrong:
        answer = refusal_told(wrong, offset=wrong.offset)
        answer["Upload-Offset"] = str(wrong.offset)
        return answer
    except Refusal as refusal:
        answer = refusal_told(refusal)
        answer["Upload-Offset"] = "0"
        return answer
    return progress(found, status=204)


def owners_of(request: HttpRequest) -> tuple[Asker, list[Person], Person]:
    """Whose photo it is: one's own, or ``?person=``'s where somebody hands in what that person's phone gave out."""
    given = request.GET.get("person", "")
    if not given or request.method == "GET":
        return posts_of(request, also_former=True)
    asker = asker_of(request)
    number = int(given) if given.isascii() and given.isdigit() and len(given) < 11 else 0
    persons, _handed_in = whose(number, asker=asker)
    return asker, persons, persons[0]


def progress(here: FieldPhoto | None, *, status: int = 200) -> HttpResponse:
    """How much of a photo is here."""
    response = HttpResponse(status=status)
    response["Upload-Offset"] = str(here.received if here else 0)
    if here is not None:
        response["Upload-Length"] = str(here.size)
        if here.state == PhotoState.WHOLE:
            response["Upload-Complete"] = "?1"
    return response


def number(request: HttpRequest, name: str) -> int:
    """A whole number in a header."""
    text = request.headers.get(name, "")
    if not text.isascii() or not text.isdigit() or len(text) > 10 or int(text) > LARGEST:
        raise UnfitPhoto("bad-offset", "没有说明从照片的哪里接着上传，没有存入。请更新手机上的应用后重试。")
    return int(text)

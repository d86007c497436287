"""Exhibits: taken by two officers, kept sealed under a digest, passed from hand to hand with an entry each time."""

import hashlib
from datetime import date, datetime
from typing import Any

from cryptography.exceptions import InvalidTag
from django.db import transaction
from django.utils.translation import gettext as _

from junheng.domains.governance.actions.checks import check_officers
from junheng.domains.governance.actions.stepping import working
from junheng.domains.governance.models import Case, CaseStep, Custody, Enforcer, Exhibit
from junheng.domains.governance.terms import ExhibitKind, LegalStep
from junheng.kernel.errors import Conflict, NotFound, Refusal
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.sealing.beside import keep_bytes, kept_bytes
from junheng.platform.spans import check_has_come

LARGEST = 15 * 1024 * 1024
TABLE = "governance_exhibit"
KNOWN = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"%PDF-", "application/pdf"),
)


def media_of(data: bytes) -> str:
    r"""What a file is by its first bytes; refuses what is neither a picture nor a PDF.

    >>> media_of(b"%PDF-1.7")
    'application/pdf'
    """
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    for mark, media in KNOWN:
        if data.startswith(mark):
            return media
    raise Refusal("exhibit-kind", "这个文件不是照片（JPG、PNG、WebP）或 PDF，没有存入。请重新选择。")


@transaction.atomic
def add_exhibit(
    case: Case,
    *,
    kind: str,
    title: str,
    taken_on: date,
    place: str,
    first: Enforcer,
    second: Enforcer,
    content: bytes = b"",
    by: Any,
    at: datetime,
    why: str,
) -> Exhibit:
    """Write down an exhibit with the two officers who took it; its file, if there is one, is sealed at once."""
    case, _file = working(case, _("登记证据"), by=by, at=at)
    check_has_come(taken_on, at=at)
    if len(content) > LARGEST:
        raise Refusal(
            "exhibit-too-large", "文件超过 {most} MB，没有存入。请裁小或分成几件。", most=LARGEST >> 20
        )
    taking = CaseStep(case=case, step=LegalStep.INVESTIGATE, on=taken_on, first=first, second=second)
    check_officers(taking, case)
    digest = hashlib.sha256(content).hexdigest() if content else ""
    if digest and Exhibit.objects.filter(case=case, digest=digest).exists():
        raise Conflict("exhibit-there", "这个文件已经是本案的证据，没有重复登记。")
    made = Exhibit(
        case=case,
        area_id=case.area_id,
        number=Exhibit.objects.filter(case=case).count() + 1,
        kind=ExhibitKind(kind),
        title=title.strip(),
        taken_on=taken_on,
        place=place.strip(),
        first=first,
        second=second,
        holder=first.name,
        digest=digest,
        size=len(content),
    )
    if content:
        made.media = media_of(content)
        made.seal, made.stored = keep_bytes(TABLE, content)
    save_row(made, by=by, at=at, why=why, verb=Verb.DEED.value)
    return made


@transaction.atomic
def pass_on(
    exhibit: Exhibit, *, giver: str, receiver: str, purpose: str, on: date, by: Any, at: datetime, why: str
) -> Custody:
    """An exhibit passes from hand to hand. Who gives it is written down as it was, also where a link is missing."""
    _case, _file = working(exhibit.case, _("登记证据交接"), by=by, at=at)
    check_has_come(on, at=at)
    exhibit = Exhibit.objects.select_for_update(of=("self",)).get(pk=exhibit.pk)
    giver, receiver = giver.strip(), receiver.strip()
    if giver == receiver:
        raise Refusal("custody-to-oneself", "移交人和接收人不能是同一人。")
    made = Custody(
        exhibit=exhibit,
        area_id=exhibit.area_id,
        number=Custody.objects.filter(exhibit=exhibit).count() + 1,
        on=on,
        giver=giver,
        receiver=receiver,
        purpose=purpose.strip(),
    )
    save_row(made, by=by, at=at, why=why, verb=Verb.DEED.value)
    exhibit.holder = receiver
    save_row(exhibit, by=by, at=at, why=why, verb=Verb.DEED.value)
    return made


def open_exhibit(exhibit: Exhibit) -> bytes:
    """The bytes as they were taken; refused where the file is gone or is not what was taken."""
    try:
        content = kept_bytes(TABLE, exhibit.seal, exhibit.stored)
    except InvalidTag:
        raise altered() from None
    if content is None:
        raise NotFound("exhibit-gone", "这件证据没有文件，或文件已经不在。请查看原件。")
    if hashlib.sha256(content).hexdigest() != exhibit.digest:
        raise altered()
    return content


def altered() -> Conflict:
    """The refusal of a file that is not what was taken."""
    return Conflict(
        "exhibit-altered",
        "证据文件与登记时的摘要不符，可能被改动过，没有打开。请从备份恢复并查明原因。",
    )

"""Handing in files with an application, and taking them back while it is still being filled in."""

import base64
import struct
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.content.rulebook import WORKS
from junheng.domains.schemes.actions.stepping import application_held, application_locked, check_stage
from junheng.domains.schemes.models import SchemeApplication
from junheng.domains.schemes.terms import WRITABLE
from junheng.domains.works.actions.arriving import TABLE, Arrived, Unkept
from junheng.domains.works.models import Attachment, AttachmentRule, Likeness
from junheng.domains.works.terms import TAKEN, Form
from junheng.kernel.enclosures import DOCX, FILM_MEDIA, PDF, check_pdf, words_in_docx, words_in_plain
from junheng.kernel.errors import Conflict
from junheng.kernel.passages import marks_of, tidied
from junheng.kernel.pictures import bare, photo_in
from junheng.platform.audit.append import name_of, record
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import save_row
from junheng.platform.sealing.beside import let_go, place_of
from junheng.platform.sealing.long import Keeping

WHY_BY_CODE = "幼儿园凭填报码上传"


@transaction.atomic
def attach(
    application: SchemeApplication,
    rule: AttachmentRule,
    file: Arrived,
    *,
    children: bool,
    by: Any,
    at: datetime,
    why: str,
) -> Attachment:
    """Keep a file with an application that is being filled in, for what its category asks for."""
    with let_go_of(file):
        application = application_held(application, WRITABLE, _("上传附件"), by=by, at=at)
        return kept(application, rule, file, children=children, by=name_of(by), at=at, why=why)


@transaction.atomic
def attach_by_code(
    application: SchemeApplication, rule: AttachmentRule, file: Arrived, *, children: bool, at: datetime
) -> Attachment:
    """The same by a kindergarten with the code of its county."""
    with let_go_of(file):
        application = application_locked(application)
        check_stage(application, WRITABLE, _("上传附件"))
        return kept(
            application, rule, file, children=children, by=by_code(application), at=at, why=WHY_BY_CODE
        )


def by_code(application: SchemeApplication) -> str:
    """How a kindergarten that acts by its code stands in the audit."""
    assert application.kindergarten is not None
    return f"园所{application.kindergarten.code}"


@contextmanager
def let_go_of(file: Arrived) -> Iterator[None]:
    """Let go of a film that was sealed while it came, unless it was kept."""
    try:
        yield
    finally:
        file.drop()


@dataclass(frozen=True, slots=True)
class Looked:
    """A file as it is kept, and what was read out of it."""

    data: bytes
    media: str
    letters: int | None = None
    marks: str = ""
    shape: str = ""


def kept(
    application: SchemeApplication,
    rule: AttachmentRule,
    file: Arrived,
    *,
    children: bool,
    by: str,
    at: datetime,
    why: str,
) -> Attachment:
    """Look at a file, seal it, and write its row."""
    check_wanted(application, rule, file.media)
    looked = looked_at(file, on=timezone.localdate(at))
    keeping = file.film or Keeping(TABLE)
    with keeping:
        if file.film is None:
            keeping.take(looked.data)
        there = Attachment.objects.filter(application=application)
        if there.filter(digest=keeping.digest).exists():
            raise Conflict("attachment-there", "这个文件已经附在这份申报上，没有重复存入。")
        last = there.order_by("-number").values_list("number", flat=True).first() or 0
        made = Attachment(
            application=application, area_id=application.area_id, school_id=application.school_id, number=last + 1,
            purpose=rule.purpose, form=rule.form, media=looked.media, size=keeping.size, letters=looked.letters,
            children=children, digest=keeping.digest, marks=looked.marks, shape=looked.shape, seal=keeping.seal,
            kept_at=at, kept_by=by,
        )  # fmt: skip
        made.stored = keeping.keep()
    try:
        save_row(made, by=by, at=at, why=why, verb=Verb.DEED.value)
    except BaseException:
        place_of(made.stored).unlink(missing_ok=True)  # nothing would name the file
        raise
    return made


def check_wanted(application: SchemeApplication, rule: AttachmentRule, media: str) -> None:
    """Refuse what this category does not ask for, another kind of file, and one too many."""
    if rule.category_id != application.category_id:
        raise Conflict("attachment-not-asked", "这个类别不收这种附件，没有存入。请刷新页面后重新选择。")
    if media not in TAKEN[rule.form]:
        raise Unkept(
            "attachment-form",
            "“{purpose}”要的是{form}，这个文件不是，没有存入。请换一个文件，或另存为要求的格式。",
            purpose=rule.get_purpose_display(),
            form=rule.get_form_display(),
        )
    there = Attachment.objects.filter(application=application, purpose=rule.purpose, form=rule.form)
    if there.count() >= rule.most:
        raise Conflict(
            "attachments-enough",
            "“{purpose}”最多 {most} 件，已有 {most} 件，没有存入。要换的请先取回一件。",
            purpose=rule.get_purpose_display(),
            most=rule.most,
        )


def looked_at(file: Arrived, *, on: date) -> Looked:
    """A file as it is kept: a picture without what was written beside it, words as words. What runs is refused."""
    if file.media in FILM_MEDIA:
        return Looked(b"", file.media)
    if file.media == PDF:
        check_pdf(file.data)
        return Looked(file.data, file.media)
    if file.media in TAKEN[Form.TEXT]:
        return essay(words_in_docx(file.data) if file.media == DOCX else words_in_plain(file.data), on=on)
    picture = bare(file.data)
    return Looked(picture.data, picture.media, shape=photo_in(picture.data).shape)


def essay(words: str, *, on: date) -> Looked:
    """The words of an essay as they are kept: nothing of the program they were written with, nor of its owner."""
    letters, most = len(tidied(words).letters), WORKS.words_most.on(on).value
    if letters > most:
        raise Unkept(
            "essay-too-long",
            "文章有 {letters} 字，最多 {most} 字，没有存入。请删减后再传。",
            letters=letters,
            most=most,
        )
    return Looked(words.encode(), "text/plain", letters, written(marks_of(words)))


def written(marks: Iterable[int]) -> str:
    """Marks as a column keeps them.

    >>> marks_in(written({3, 2**64 - 1})) == {3, 2**64 - 1}, written(())
    (True, '')
    """
    return base64.b64encode(b"".join(struct.pack(">Q", one) for one in sorted(marks))).decode()


def marks_in(text: str) -> frozenset[int]:
    """The marks that a column keeps."""
    return frozenset(one for (one,) in struct.iter_unpack(">Q", base64.b64decode(text)))


@transaction.atomic
def take_back(attachment: Attachment, *, by: Any, at: datetime, why: str) -> None:
    """Take a file back while the application is being filled in: the row and its key go, and the file after them."""
    application_held(attachment.application, WRITABLE, _("取回附件"), by=by, at=at)
    gone(attachment, by=name_of(by), at=at, why=why)


@transaction.atomic
def take_back_by_code(attachment: Attachment, *, at: datetime) -> None:
    """The same by a kindergarten with its code."""
    application = application_locked(attachment.application)
    check_stage(application, WRITABLE, _("取回附件"))
    gone(attachment, by=by_code(application), at=at, why=WHY_BY_CODE)


def gone(attachment: Attachment, *, by: str, at: datetime, why: str) -> None:
    """Nothing of a file is left but that it was there. Questions about it go along; the audit has what they were."""
    for one in Likeness.objects.filter(Q(one=attachment) | Q(other=attachment)).order_by("pk"):
        asked = {"one": one.one_id, "other": one.other_id, "letters": one.letters, "answer": one.answer}
        record(one, Verb.RETIRE.value, by=by, at=at, why=why, before=asked)
        one.delete()
    told = {"application": attachment.application_id, "digest": attachment.digest}
    record(attachment, Verb.RETIRE.value, by=by, at=at, why=why, before=told)
    stored = attachment.stored
    attachment.delete()
    let_go([place_of(stored)])

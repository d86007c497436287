"""A letter is drafted from a template, issued once under the next number of its series, and withdrawn with a reason."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from junheng.content.rulebook import CASEWORK
from junheng.domains.areas.policies import check_may
from junheng.domains.letters.models import Delivery, Letter, LetterSeries
from junheng.domains.letters.queries.filling import (
    bare_number,
    facts_of,
    missing,
    slots_in,
)
from junheng.domains.letters.queries.reaching import Unit
from junheng.domains.letters.terms import DeliveryState, LetterState
from junheng.kernel.errors import Conflict, Refusal
from junheng.kernel.workdays import add_working_days
from junheng.platform.audit.append import append_many, name_of
from junheng.platform.audit.chain import digest_of_rows
from junheng.platform.audit.inserting import insert_rows
from junheng.platform.audit.models import Verb
from junheng.platform.audit.save import columns_of, drafts_of, save_row
from junheng.platform.registers import every_register
from junheng.platform.registers.asker import Asker


@transaction.atomic
def draft_letter(
    series: LetterSeries,
    *,
    title: str,
    body: str,
    source: str = "",
    source_row: int = 0,
    wants_reply: bool = True,
    by: Any,
    at: datetime,
    why: str,
) -> Letter:
    """A draft in a series, about a record or about none."""
    if source:
        register = every_register().get(source)
        if register is None:
            raise Refusal("letter-source", "没有「{source}」这个台账。请从记录页面上拟函。", source=source)
        Asker(by, at).row(register, source_row)  # what one does not see one writes no letter about
    letter = Letter(
        series=series,
        area_id=series.area_id,
        title=check_words(title),
        body=check_words(body),
        source=source,
        source_row=source_row,
        wants_reply=wants_reply,
        drafted_by=name_of(by),
    )
    save_row(letter, by=by, at=at, why=why, verb=Verb.DEED.value)
    check_may(_("拟函"), letter, by=by, at=at)
    check_slots(letter)
    return letter


@transaction.atomic
def edit_letter(
    letter: Letter, *, title: str, body: str, wants_reply: bool, by: Any, at: datetime, why: str
) -> Letter:
    """Write a draft anew; what was issued is never changed."""
    letter = held(letter, _("修改函件"), LetterState.DRAFT, by=by, at=at)
    letter.title, letter.body, letter.wants_reply = check_words(title), check_words(body), wants_reply
    save_row(letter, by=by, at=at, why=why, verb=Verb.DEED.value)
    check_slots(letter)
    return letter


@transaction.atomic
def issue(letter: Letter, *, to: Sequence[Unit], on: date, by: Any, at: datetime, why: str) -> Letter:
    """Give a draft its number, fill its slots for good, and send a copy to every addressee."""
    letter = held(letter, _("签发函件"), LetterState.DRAFT, by=by, at=at)
    if on != timezone.localdate(at):
        raise Refusal(
            "letter-day", "函件按签发当天编号，发函日须是今天（{today}）。", today=timezone.localdate(at)
        )
    series = LetterSeries.objects.select_for_update().get(pk=letter.series_id)
    last = Letter.objects.filter(series=series, year=on.year).aggregate(last=Max("serial"))["last"] or 0
    letter.year, letter.serial, letter.issued_on, letter.issued_by = on.year, last + 1, on, name_of(by)
    letter.number = f"{series.word}〔{on.year}〕{last + 1}号"
    letter.reply_by = days_later(on, CASEWORK.letter_replied_within) if letter.wants_reply else None
    letter.state = LetterState.ISSUED
    freeze(letter)
    save_row(letter, by=by, at=at, why=why, verb=Verb.DEED.value)
    deliver(letter, to, on=on, by=by, at=at, why=why)
    return letter


def freeze(letter: Letter) -> None:
    """Keep what the slots hold now, and the digest of all of it."""
    if lacking := missing(letter):
        raise Refusal(
            "letter-slot-empty",
            "{slots}没有内容可填，不能签发。请在所据记录里补全，或改写正文。",
            slots="、".join(f"{{{one}}}" for one in lacking),
        )
    facts = facts_of(letter)
    used = slots_in(f"{letter.title}\n{letter.body}")
    letter.facts = [facts[slot].kept() for slot in used]
    letter.digest = digest_of_rows([[letter.number, letter.title, letter.body, *letter.facts]])


@transaction.atomic
def send_also(letter: Letter, *, to: Sequence[Unit], by: Any, at: datetime, why: str) -> Letter:
    """Send copies of an issued letter to further addressees; who has one gets no second."""
    letter = held(letter, _("补送函件"), LetterState.ISSUED, by=by, at=at)
    there = set(Delivery.objects.filter(letter=letter).values_list("school", "institution", "area"))
    new = [one for one in to if (one.school, one.institution, one.area) not in there]
    deliver(letter, new, on=timezone.localdate(at), by=by, at=at, why=why)
    return letter


def deliver(letter: Letter, to: Sequence[Unit], *, on: date, by: Any, at: datetime, why: str) -> None:
    """Write a copy for each addressee, many at once."""
    if not to:
        raise Refusal("letter-to-nobody", "没有收函单位，没有发出。请选择收函单位；已送达的不重复送。")
    receive_by = days_later(on, CASEWORK.letter_received_within)
    reply_by = days_later(on, CASEWORK.letter_replied_within) if letter.wants_reply else None
    rows = [
        Delivery(
            letter=letter,
            area_id=one.area,
            school_id=one.school,
            institution_id=one.institution,
            name=one.name[:80],
            receive_by=receive_by,
            reply_by=reply_by,
        )
        for one in to
    ]
    insert_rows(Delivery, rows)
    append_many(list(drafts_of(((one, None) for one in rows), by=by, at=at, why=why, verb=Verb.DEED.value)))


@transaction.atomic
def withdraw(letter: Letter, *, on: date, reason: str, by: Any, at: datetime, why: str) -> Letter:
    """Take an issued letter back with a reason. Its number stays used, its copies are closed."""
    letter = held(letter, _("撤回函件"), LetterState.ISSUED, by=by, at=at)
    if not reason.strip():
        raise Refusal("withdrawn-without-reason", "撤回须写明原因，收函单位会看到。")
    assert letter.issued_on is not None
    if not letter.issued_on <= on <= timezone.localdate(at):
        raise Refusal("withdrawn-day", "撤回日须在发函日 {issued} 与今天之间。", issued=letter.issued_on)
    letter.state, letter.withdrawn_on, letter.withdrawn_why = LetterState.WITHDRAWN, on, reason.strip()
    save_row(letter, by=by, at=at, why=why, verb=Verb.DEED.value)
    pairs = []
    for one in Delivery.objects.filter(letter=letter).exclude(state=DeliveryState.REPLIED):
        was = columns_of(one)
        one.state = DeliveryState.WITHDRAWN
        pairs.append((one, was))
    Delivery.objects.bulk_update([one for one, _was in pairs], ["state"], batch_size=500)
    append_many(list(drafts_of(pairs, by=by, at=at, why=why, verb=Verb.DEED.value)))
    return letter


def held(letter: Letter, deed: str, state: LetterState, *, by: Any, at: datetime) -> Letter:
    """The letter as it stands now, held; refused where it is in another state."""
    letter = Letter.objects.select_for_update(of=("self",)).select_related("series").get(pk=letter.pk)
    check_may(deed, letter, by=by, at=at)
    if letter.state != state:
        raise Conflict(
            "letter-not-there",
            "{letter}现为“{state}”，不能“{deed}”。发出的函件不再改动，也不重复签发；内容有误的先撤回，再另发一份。",
            letter=letter,
            state=letter.get_state_display(),
            deed=deed,
        )
    return letter


def check_words(text: str) -> str:
    """Words of a letter; refuses none, and a number that is no reference."""
    text = text.strip()
    if not text:
        raise Refusal("letter-empty", "标题和正文都要写。")
    if found := bare_number(text):
        raise Refusal(
            "letter-bare-number",
            "“{words}”里直接写了数字。函件里的数字须引用记录，写成花括号，如 {{答复期限}}；条款请用汉字。",
            words=found,
        )
    return text


def check_slots(letter: Letter) -> None:
    """Refuse slots that the record does not have, and name those that it has."""
    facts = facts_of(letter)
    unknown = [slot for slot in slots_in(f"{letter.title}\n{letter.body}") if slot not in facts]
    if unknown:
        raise Refusal(
            "letter-unknown-slot",
            "没有{slots}可引用。可以引用的有：{known}。",
            slots="、".join(f"{{{one}}}" for one in unknown),
            known="、".join(facts),
        )


def days_later(on: date, rule: Any) -> date:
    """The last day that a rule of working days gives."""
    return add_working_days(on, rule.on(on).value).day

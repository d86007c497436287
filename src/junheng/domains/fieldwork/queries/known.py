"""What the database knows about the records of one request or of several, asked once for all of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils import timezone

from junheng.content.rulebook import FIELDWORK
from junheng.domains.fieldwork.models import FieldPhoto, FieldQuestion, FieldRecord, FieldVersion, Shot
from junheng.domains.fieldwork.queries.asking import Other
from junheng.domains.fieldwork.queries.charges import Charge, charges_of
from junheng.domains.fieldwork.queries.sent import Sent
from junheng.domains.patrols.models import Check
from junheng.domains.people.models import Person
from junheng.domains.waters.models import Water
from junheng.kernel.errors import Refusal


@dataclass(slots=True)
class Kept:
    """A record that is here already, with its versions by number."""

    row: FieldRecord
    versions: dict[int, FieldVersion]

    @property
    def current(self) -> FieldVersion:
        """The version that counts."""
        return self.versions[self.row.version]

    @property
    def newest(self) -> int:
        """The number of the version that came last."""
        return max(self.versions)


@dataclass(slots=True)
class Known:
    """Waters, charges, records, questions, photos and neighbouring checks."""

    persons: dict[int, Person]
    waters: dict[int, Water]
    charges: dict[int, list[Charge]]
    records: dict[str, Kept]
    others: dict[int, list[Other]]
    photos: dict[tuple[int, str], FieldPhoto]
    questions: dict[int, list[FieldQuestion]]
    used: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)
    """By digest of a photo the records it was in: number, water, day."""


class Wanted(NamedTuple):
    """One request: whose records they are, the records, and by how much the phone's clock is to be set right."""

    persons: Sequence[Person]
    sents: Sequence[Sent]
    drift: timedelta


def known_of(wanted: Sequence[Wanted], *, at: datetime) -> list[Known]:
    """Ask for what these requests need, a few questions however many they are. The records themselves come later.

    Persons and charges are each request's own; everything else is one thing that all of them share, so that a later
    one meets what an earlier one of the same moment brings.
    """
    persons = {one.pk: one for each in wanted for one in each.persons}
    on = timezone.localdate(at)
    first = on - timedelta(days=FIELDWORK.late_days.on(on).value + 1)
    charges: dict[int, list[Charge]] = {}
    for charge in charges_of(list(persons), first=first):
        charges.setdefault(charge.person, []).append(charge)
    digests = {picture.digest for each in wanted for one in each.sents for picture in one.photos}
    announced = FieldPhoto.objects.filter(person__in=persons, digest__in=digests) if digests else ()
    waters = Water.objects.in_bulk({one.water for each in wanted for one in each.sents})
    others, used = neighbours(wanted, on=on), used_in(digests)
    photos = {(one.person_id, one.digest): one for one in announced}
    return [
        Known(
            persons={one.pk: one for one in each.persons},
            waters=waters,
            charges=by_water(charge for one in each.persons for charge in charges.get(one.pk, ())),
            records={},
            others=others,
            photos=photos,
            questions={},
            used=used,
        )
        for each in wanted
    ]


def by_water(charges: Iterable[Charge]) -> dict[int, list[Charge]]:
    """Charges by the water they are of."""
    found: dict[int, list[Charge]] = {}
    for one in charges:
        found.setdefault(one.water, []).append(one)
    return found


def kept_records(uuids: Iterable[str]) -> dict[str, Kept]:
    """The records of these numbers that are here, whosever they are."""
    rows = FieldRecord.objects.filter(uuid__in=list(uuids)).select_related("check_row", "water", "person")
    found = {one.pk: Kept(one, {}) for one in rows}
    for version in FieldVersion.objects.filter(record__in=list(found)).order_by("number"):
        found[version.record_id].versions[version.number] = version
    return {one.row.uuid: one for one in found.values()}


def neighbours(wanted: Sequence[Wanted], *, on: date) -> dict[int, list[Other]]:
    """The checks of these people around these moments, whether they came from a phone or were entered at a desk."""
    near = timedelta(minutes=FIELDWORK.close_minutes.on(on).value)
    around = Q()
    for persons, sents, drift in wanted:
        moments = [one.clock + drift for one in sents]
        if moments:
            around |= Q(
                person__in=[one.pk for one in persons],
                checked_at__gte=min(moments) - near,
                checked_at__lte=max(moments) + near,
            )
    if not around:
        return {}
    found: dict[int, list[Other]] = {}
    rows = Check.objects.filter(around).order_by("pk")
    for person, at, water, uuid in rows.values_list(
        "person", "checked_at", "water__name", "field_record__uuid"
    ):
        found.setdefault(person, []).append(Other(uuid or "", at, water))
    return found


def used_in(digests: Iterable[str]) -> dict[str, list[tuple[str, str, str]]]:
    """By digest the records in which a photo of these very bytes was sent, by whomever."""
    rows = Shot.objects.filter(photo__digest__in=list(digests)).order_by("pk")
    found: dict[str, list[tuple[str, str, str]]] = {}
    for digest, uuid, water, at in rows.values_list(
        "photo__digest",
        "version__record__uuid",
        "version__record__water__name",
        "version__record__checked_at",
    ):
        found.setdefault(digest, []).append((uuid, water, timezone.localtime(at).strftime("%Y-%m-%d %H:%M")))
    return found


def questions_of(records: Iterable[int]) -> dict[int, list[FieldQuestion]]:
    """The questions of records, in the order in which they were asked."""
    found: dict[int, list[FieldQuestion]] = {}
    for one in FieldQuestion.objects.filter(record__in=list(records)).order_by("pk"):
        found.setdefault(one.record_id, []).append(one)
    return found


def missing_of(records: Iterable[int]) -> dict[int, list[str]]:
    """The digests of photos that were announced and are not here yet, by record, for versions that may count."""
    rows = Shot.objects.filter(version__record__in=list(records)).exclude(photo__state="whole")
    found: dict[int, list[str]] = {}
    for record, digest in rows.order_by("version", "rank").values_list("version__record", "photo__digest"):
        if digest not in found.setdefault(record, []):
            found[record].append(digest)
    return found


@dataclass(frozen=True, slots=True)
class Judged:
    """A record that may be kept: whose it is, by which charge, and when it was by the clock set right."""

    sent: Sent
    water: Water
    charge: Charge
    at: datetime


def judged(sent: Sent, known: Known, *, drift: timedelta, sent_at: datetime, at: datetime) -> Judged:
    """Whether a record may be kept; refuses with what is wrong and what to do."""
    day_of_rule = timezone.localdate(at)
    slack = timedelta(minutes=FIELDWORK.clock_minutes.on(day_of_rule).value)
    set_right = sent.clock + drift if abs(drift) > slack else sent.clock
    if set_right > at + slack or sent.clock > sent_at + slack:
        raise Refusal(
            "check-in-future",
            "检查时间 {time} 还没有到，没有存入。请核对手机的日期和时间，改正后再同步。",
            time=local(set_right),
        )
    set_right = min(set_right, at)
    day = timezone.localdate(set_right)
    late = FIELDWORK.late_days.on(day_of_rule).value
    if (day_of_rule - day).days > late:
        raise Refusal(
            "check-too-late",
            "这次检查是 {day} 的，已超过 {late} 天的补传期限，没有存入。请从手机导出，交县（市、区）教育局登记。",
            day=day.isoformat(),
            late=late,
        )
    water = known.waters.get(sent.water)
    if water is None:
        raise Refusal("no-such-water", "没有这处水域，这条记录没有存入。请同步后从「我的水域」中重新选择。")
    charge = charge_on(known, sent.water, day)
    if charge is None:
        raise Refusal(
            "water-not-yours",
            "{day} 您不负责{water}，这条记录没有存入。如分工有误，请县（市、区）教育局先更正分工，再同步。",
            day=day.isoformat(),
            water=water.name,
        )
    return Judged(sent, water, charge, set_right)


def charge_on(known: Known, water: int, day: date) -> Charge | None:
    """By which charge somebody may check a water on a day: his own rather than another's."""
    holding = [one for one in known.charges.get(water, ()) if one.holds(day)]
    return min(holding, key=lambda one: one.whom) if holding else None


def local(at: datetime) -> str:
    """A moment as people read it."""
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")


def differs(row: Check, version: FieldVersion) -> bool:
    """Whether the books say something else than the version that counts: somebody at a desk has corrected them."""
    said: tuple[Any, ...] = (row.water_id, row.checked_at, row.hazard or "")
    return said != (version.water_id, version.checked_at, version.hazard)

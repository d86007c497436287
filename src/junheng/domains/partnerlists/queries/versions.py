"""What became of a list since its last version: who came, who left, whose entry changed."""

from dataclasses import dataclass, field

from junheng.domains.partnerlists.models import PartnerList, PartnerRow
from junheng.domains.partnerlists.queries.reading.planning import Person
from junheng.kernel.linkage import name_form
from junheng.kernel.values.identity import id_number_fault

Mark = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Compared:
    """The last version, how much is other, and the line of the last version that says the same as a line of this one."""

    former: PartnerList | None = None
    came: int | None = None
    left: int | None = None
    changed: int | None = None
    same: dict[int, int] = field(default_factory=dict)


def newest(area: str, category: str) -> PartnerList | None:
    """The version that a new list would follow."""
    return PartnerList.objects.filter(area=area, category=category).order_by("-as_of", "-pk").first()


def mark_of(number: str, name: str, born: str) -> Mark:
    """By what a person is known again from one version to the next: a right number, else name and birthday."""
    return (number, "") if number and not id_number_fault(number) else (name_form(name), born)


def compare(people: list[Person], former: PartnerList | None) -> Compared:
    """Compare what a file brings with the last version; lines that were destroyed cannot be compared any more."""
    if former is None or former.erased_on:
        return Compared(former)
    before: dict[Mark, PartnerRow] = {}
    for row in former.rows.order_by("line"):
        before.setdefault(mark_of(row.number, row.name, row.born), row)
    came, changed, same, met = 0, 0, dict[int, int](), set[Mark]()
    for one in people:
        mark = mark_of(one.number, one.name, one.born)
        known = before.get(mark)
        met.add(mark)
        if known is None:
            came += 1
        elif says_same(known, one):
            same[one.line] = known.pk
        else:
            changed += 1
    return Compared(former, came, len(before.keys() - met), changed, same)


def says_same(row: PartnerRow, person: Person) -> bool:
    """Whether a line says of a person what it said before: the same name, number, birthday and sex."""
    before = (name_form(row.name), row.number, row.born, row.sex)
    return before == (name_form(person.name), person.number, person.born, person.sex)

"""What the roll knows of a child: filled in for whoever shows that the child is theirs, and for nobody else.

Proof is the child's name and identity number together with the guardian's telephone as the kindergarten or school has
it. Without it nothing is filled in, and nothing tells whether there is such a child at all.
"""

import re
from datetime import datetime
from typing import Any

from junheng.domains.pupils.models import Child, Pupil
from junheng.domains.registrations.queries.rules import Form
from junheng.domains.schools.terms import Stage
from junheng.platform.access.tries import note_wrong, wrong_so_far
from junheng.platform.sealing import blind

ADDRESS = re.compile(r"(?P<street>.*?[路街巷道])(?P<number>[1-9][0-9]{0,4})号(?P<room>.*)")
LAST_GRADE, MOST_TRIES = 6, 5


def known_of(form: Form, stage: str, *, at: datetime) -> Form:
    """What may be filled in: address and home, for the guardian whose telephone the roll has."""
    key = f"roll:{blind(form['id_number'])}"
    if wrong_so_far(key, at=at) >= MOST_TRIES:
        return {}
    row = on_the_roll(form["id_number"], stage)
    if row is None or row.name != form["name"]:
        return {}
    household = row.household
    if str(household.phone) != form["phone"]:
        note_wrong(key, at=at)
        return {}
    home = getattr(row, "home_area_id", None) or household.area_id
    return {"home_area": home[:6], **parted(str(household.address))}


def on_the_roll(id_number: str, stage: str) -> Any:
    """The child in a kindergarten, or the pupil in the last grade of a primary school."""
    if stage == Stage.PRIMARY:
        rows: Any = Child.objects.filter(id_number=id_number, until=None)
    else:
        rows = Pupil.objects.filter(id_number=id_number, until=None, stage=Stage.PRIMARY, grade=LAST_GRADE)
    return rows.select_related("household").order_by("-since").first()


def parted(address: str) -> Form:
    """An address by its parts.

    >>> parted("文昌路12号3单元"), parted("某村")
    ({'street': '文昌路', 'number': '12', 'room': '3单元'}, {'community': '某村'})
    """
    match = ADDRESS.fullmatch("".join(address.split()))
    if match is None:
        return {"community": address[:40]} if address else {}
    return {name: words for name, words in match.groupdict().items() if words}

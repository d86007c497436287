"""Showing a photo: without what it says of itself, to whoever may see the record; each look of another leaves an entry."""

from datetime import datetime
from typing import Any

from junheng.domains.fieldwork.actions.pieces import bytes_of, gone
from junheng.domains.fieldwork.models import FieldPhoto, FieldRecord
from junheng.domains.fieldwork.terms import PhotoState
from junheng.kernel.pictures import Bare, bare
from junheng.platform.audit.append import record as write_entry
from junheng.platform.audit.models import Verb


def open_photo(photo: FieldPhoto, record: FieldRecord, *, by: Any, at: datetime) -> Bare:
    """A photo of a record that the caller found in the scope of ``by``."""
    picture = shown(photo)
    if photo.person.user_id != by.pk:
        write_entry(photo, Verb.READ.value, by=by, at=at, why=f"{record}", after={"fields": ["digest"]})
    return picture


def shown(photo: FieldPhoto) -> Bare:
    """A photo as it is given out: nothing but what is seen on it."""
    if photo.state != PhotoState.WHOLE:
        raise gone()
    return bare(bytes_of(photo))

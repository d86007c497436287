"""Entries of the audit that are older than sealing: they hold in plain words what is sealed today, and stay so."""

from django.db.models import Q

from junheng.platform.audit.models import Entry
from junheng.platform.sealing import sealed_fields, sealed_models
from junheng.platform.sealing.cipher import SEALED_MARK


def plain_entries() -> int:
    """How many entries hold words in a column that is sealed. New houses have none; the chain cannot be rewritten."""
    found = Q(pk__in=[])
    for model in sealed_models():
        told = Q(pk__in=[])
        for one in sealed_fields(model):
            for side in ("before", "after"):
                value = f"{side}__{one.attname}"
                told |= (
                    Q(**{f"{value}__isnull": False})
                    & ~Q(**{value: None})
                    & ~Q(**{value: ""})
                    & ~Q(**{f"{value}__startswith": SEALED_MARK})
                )
        found |= Q(table=model._meta.label_lower) & told
    return Entry.objects.filter(found).count()

"""Sealing: sensitive words are in the database only as ciphertext, with a key for each person, kept outside of it."""

from junheng.platform.sealing.cipher import Broken, is_sealed
from junheng.platform.sealing.fields import (
    BlindIndexField,
    Gone,
    Sealed,
    SealedCharField,
    SubjectKeyField,
    gone,
    stored_text,
)
from junheng.platform.sealing.keeping import (
    blind,
    blind_fields,
    companions,
    key_field,
    ring,
    sealed_fields,
    sealed_models,
)
from junheng.platform.sealing.ring import KeysAway

__all__ = [
    "BlindIndexField",
    "Broken",
    "Gone",
    "KeysAway",
    "Sealed",
    "SealedCharField",
    "SubjectKeyField",
    "blind",
    "blind_fields",
    "companions",
    "gone",
    "is_sealed",
    "key_field",
    "ring",
    "sealed_fields",
    "sealed_models",
    "stored_text",
]

"""Sealing: sensitive words are in the database only as ciphertext, with a key for each person, kept outside of it."""

from junheng.platform.sealing.cipher import Broken, is_sealed
from junheng.platform.sealing.fields import SealedCharField, SubjectKeyField, stored_text
from junheng.platform.sealing.following import (
    BlindIndexField,
    FileNameField,
    ReadField,
    ToldField,
    freshen,
)
from junheng.platform.sealing.keeping import (
    blind,
    blind_fields,
    companions,
    followers,
    key_field,
    keyed_models,
    ring,
    sealed_fields,
    sealed_models,
)
from junheng.platform.sealing.ring import KeysAway
from junheng.platform.sealing.words import Gone, Sealed, gone

__all__ = [
    "BlindIndexField",
    "Broken",
    "FileNameField",
    "Gone",
    "KeysAway",
    "ReadField",
    "Sealed",
    "SealedCharField",
    "SubjectKeyField",
    "ToldField",
    "blind",
    "blind_fields",
    "companions",
    "followers",
    "freshen",
    "gone",
    "is_sealed",
    "key_field",
    "keyed_models",
    "ring",
    "sealed_fields",
    "sealed_models",
    "stored_text",
]

"""What fixes a letter: the digest of all that a family reads in it."""

import hashlib
import json

from junheng.domains.familyletters.models import FamilyLetter


def digest_of(letter: FamilyLetter) -> str:
    """The digest of a letter's words, its answer day, to whom it goes and which letter it corrects."""
    told = [
        letter.issuer, letter.title, letter.topic, letter.audience, letter.only, letter.text,
        letter.due_on.isoformat(), letter.corrects.digest if letter.corrects else "",
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()

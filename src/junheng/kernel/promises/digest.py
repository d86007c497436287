"""The digest of a promise: what it says, what it reads and how it is tested."""

import hashlib
import json

from junheng.kernel.indicators.fingerprint import fingerprint
from junheng.kernel.promises.declare import Promise


def digest_of(card: Promise) -> str:
    """Digest over the card's id and kind, the contracts it reads and the test, comments and layout aside."""
    columns = [[table.table, sorted(table.columns)] for table in card.reads]
    return hashlib.sha256(
        json.dumps([card.id, card.kind, columns, fingerprint(card.formula)]).encode()
    ).hexdigest()

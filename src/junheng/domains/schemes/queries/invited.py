"""Which application a code opens, and what a browser holds for half an hour to go on with it."""

from junheng.domains.schemes.models import SchemeApplication, SchemeInvitation
from junheng.platform.sealing import codes
from junheng.platform.sealing import held as browser

ROOM = "schemes"
LETTERS_OF_A_CODE = 11
"""55 random bits; the twelfth letter tells whether the others were copied rightly."""


def digest_of(code: str) -> str:
    """What the table holds of a code."""
    return codes.keyed(ROOM, "fill", codes.tidy(code)).hex()


def opened_by(code: str) -> SchemeApplication | None:
    """The application that a code opens."""
    row = (
        SchemeInvitation.objects.filter(digest=digest_of(code))
        .select_related("application__category__scheme", "application__kindergarten")
        .first()
    )
    return row.application if row else None


def held(code: str) -> str:
    """What a browser holds."""
    return browser.carried(ROOM, codes.tidy(code))


def code_held(text: str) -> str:
    """The code that a browser holds; empty where it is not ours."""
    return browser.read(ROOM, text)

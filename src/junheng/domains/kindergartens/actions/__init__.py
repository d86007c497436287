"""Deeds about kindergartens: recognising, asking, entering what was decided on paper, and what is charged."""

from junheng.domains.kindergartens.actions.recognising import (
    check_can_be_recognised,
    end_recognition,
    open_application,
    recognise,
    reject,
)

__all__ = ["check_can_be_recognised", "end_recognition", "open_application", "recognise", "reject"]

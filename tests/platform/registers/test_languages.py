"""How a value is written follows the language now spoken, though the way is decided once."""

from django.utils.translation import override

from junheng.domains.schools.models import School
from junheng.platform.registers import register_called
from junheng.platform.registers.values import words, written


def test_a_value_is_written_in_the_language_now_spoken() -> None:
    register = register_called("schools")
    row = School(boarding=True, kind=School._meta.get_field("kind").flatchoices[0][0])
    for language in ("zh-hans", "en", "zh-hans"):
        with override(language):
            for name in ("boarding", "kind"):
                field = register.f(name)
                assert field is not None
                assert written(register, field, row) == words(register, field, row)
    with override("en"):
        field = register.f("boarding")
        assert field is not None
        assert written(register, field, row) != "是"

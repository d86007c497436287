"""A value on a page is what its column says, for every register, whatever was decided once for the column."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from junheng.domains.pupils.models import Pupil
from junheng.domains.schools.models import School
from junheng.platform.registers import SENSITIVE, every_register, register_called, register_of
from junheng.platform.registers.addresses import address_of
from junheng.platform.registers.keys import mask
from junheng.platform.registers.templatetags.cells import as_html
from junheng.platform.registers.values import Cell, cell, words
from junheng.platform.sealing import Gone
from tests.makers import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("slug", list(every_register()))
def test_every_cell_says_what_its_column_says(slug: str, language: str) -> None:
    register = register_called(slug)
    row = make(register.model)
    row = register.rows().get(pk=row.pk)
    with override(language):
        for field in register.fields:
            shown, clear = cell(register, field, row), cell(register, field, row, clear=True)
            said = words(register, field, row)
            masked = SENSITIVE in field.flags and bool(said) and not isinstance(said, Gone)
            assert clear.text == said, field.name
            assert (shown.text, shown.masked) == (mask(said) if masked else said, masked), field.name
            assert shown.label == register.label_of(field)
            value = getattr(row, field.name)
            other = register_of(type(value)) if hasattr(value, "pk") else None
            link = reverse("registers:detail", args=[other.slug, value.pk]) if other else ""
            assert shown.link == link, field.name


def test_an_address_is_that_of_the_row_whatever_its_key_is() -> None:
    for pk in (1, 48_000, "410802", "甲 乙%"):
        assert address_of("schools", pk) == reverse("registers:detail", args=["schools", pk])


@pytest.mark.parametrize(
    ("one", "html"),
    [
        (Cell("", "是", yes=True), '<span class="badge" data-tone="good">是</span>'),
        (Cell("", "否", yes=False), '<span class="badge" data-tone="calm">否</span>'),
        (Cell("", "<b>", link="/x/?a=1&b=2"), '<a href="/x/?a=1&amp;b=2">&lt;b&gt;</a>'),
        (Cell("", "王**", masked=True), '<span class="masked" title="敏感信息，已遮盖">王**</span>'),
        (Cell("", ""), "—"),
    ],
)
def test_a_value_is_shown_by_its_kind_and_escaped(one: Cell, html: str) -> None:
    assert as_html(one) == html


def test_plain_words_are_escaped_by_the_page(client: object) -> None:
    from django.template import Context, Template

    page = Template("{% load cells %}{{ cell|as_html }}")
    assert page.render(Context({"cell": Cell("", "<script>")})) == "&lt;script&gt;"


def test_a_name_with_a_sensitive_part_is_masked_in_a_relation() -> None:
    pupil = make(Pupil, name="王小明")
    consents = register_called("consents")
    row = consents.rows().get(pk=make(consents.model, pupil=pupil).pk)
    field = consents.f("pupil")
    assert field is not None
    assert "王小明" not in cell(consents, field, row).text
    assert make(School).pk

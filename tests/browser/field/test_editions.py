"""A new edition of the app takes over by itself, whole, and loses nothing that lies on the phone."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.field.standing import Standing, deliver, on_the_phone, ready, record, sign_in
from tests.small_house import SOURCE

pytestmark = pytest.mark.slow

Phone = Callable[..., Page]
KEPT = "caches.keys().then((all) => all.filter((one) => one.startsWith('field-')))"


def test_a_new_edition_takes_over(standing: Standing, phone: Phone, tmp_path: Path) -> None:
    page = phone(standing)
    sign_in(page, standing.address, "zhenbao")
    ready(page)
    before = page.locator("body").get_attribute("data-edition")
    assert page.evaluate(KEPT) == [f"field-{before}"]
    page.context.set_offline(True)
    record(page, 0, hazard="护栏破损")
    standing.fall()
    page.context.set_offline(False)

    standing.source = tmp_path / "src"
    shutil.copytree(SOURCE, standing.source, ignore=shutil.ignore_patterns("__pycache__"))
    script = standing.source / "junheng" / "surfaces" / "field" / "static" / "field" / "list.js"
    script.write_text(script.read_text("utf-8") + "\n// another edition\n", encoding="utf-8")
    standing.rise()
    page.goto("/field/#water/0")
    page.goto("/field/")
    expect(page.locator(f"body:not([data-edition='{before}'])")).to_be_attached()
    after = page.locator("body").get_attribute("data-edition")
    expect(page.locator("ul.waters li").first).to_be_visible()
    page.wait_for_function(f"{KEPT}.then((all) => all.join() === 'field-{after}')")
    deliver(page)
    assert [(one["hazard"], one["state"]) for one in on_the_phone(page)] == [("护栏破损", "sent")]


def test_a_form_that_somebody_fills_in_is_not_taken_away(
    standing: Standing, phone: Phone, tmp_path: Path
) -> None:
    page = phone(standing)
    sign_in(page, standing.address, "zhenbao")
    ready(page)
    before = page.locator("body").get_attribute("data-edition")
    page.locator("ul.waters li a").first.click()
    page.get_by_role("button", name="发现问题").click()
    page.get_by_label("发现了什么").fill("无人值守")
    standing.fall()
    standing.source = tmp_path / "src"
    shutil.copytree(SOURCE, standing.source, ignore=shutil.ignore_patterns("__pycache__"))
    script = standing.source / "junheng" / "surfaces" / "field" / "static" / "field" / "more.js"
    script.write_text(script.read_text("utf-8") + "\n// yet another edition\n", encoding="utf-8")
    standing.rise()
    page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update())")
    page.wait_for_function(f"{KEPT}.then((all) => all.length === 1 && all[0] !== 'field-{before}')")
    expect(page.get_by_label("发现了什么")).to_have_value("无人值守")
    page.get_by_role("button", name="保存问题").click()
    expect(page.locator(f"body:not([data-edition='{before}'])")).to_be_attached()
    assert [one["hazard"] for one in on_the_phone(page)] == ["无人值守"]

"""The pictures of the README, taken from a demonstration that is running: ``python -m tools.pictures ADDRESS``.

Needs a Chromium of the system (``CHROMIUM`` names another one) and the environment of the tests.
"""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
WHO = "juzhang"
TEXT = (
    "近两年来，全市新建、改扩建公办幼儿园70所，新增公办学位1.3万个，公办幼儿园在园幼儿占比达52%。"
    "全市有174处溺亡风险隐患较大的水域，乡镇责任人每周至少2次暗访检查。近两年走访学生家庭15.36万户，新增图书馆12座。"
)


def main(arguments: list[str]) -> int:
    """Log in and take them, each at the width of a small screen."""
    at = (arguments or ["http://127.0.0.1:8000"])[0].rstrip("/")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": 1200, "height": 760}, locale="zh-CN")
        page.goto(f"{at}/login/")
        page.click(f'[data-username="{WHO}"]')
        page.click("form button[type=submit]")
        for name, path in (("overview", "/overview/"), ("report", "/reports/yearly-2023/")):
            page.goto(at + path)
            take(page, name)
        page.goto(f"{at}/checker/")
        page.fill("textarea", TEXT)
        page.get_by_role("button", name="开始核查").click()
        page.wait_for_selector("text=再查一篇")
        take(page, "checker")
        browser.close()
    return 0


def take(page: Page, name: str) -> None:
    """One picture of what is on the screen, once it is still."""
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / f"{name}.png")
    print(f"  docs/pictures/{name}.png")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

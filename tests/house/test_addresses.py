"""Nothing in the project points at somebody's machine, or at a registry: locks and docs work from any mirror."""

import re

import pytest

from tests.house.tree import files, name

ADDRESS = re.compile(r"https?://([^/\s\"'<>()`\\{}\]，。；：]+)")
ALLOWED = re.compile(
    r"^(?:"
    r"127\.0\.0\.1(?::\d*)?|localhost(?::\d+)?|testserver|"  # this machine
    r"(?:[\w-]+\.)*example(?:\.\w+)*(?::\d+)?|"  # addresses that stand for others (RFC 2606)
    r"www\.w3\.org|schemas\.openxmlformats\.org|schemas\.microsoft\.com|purl\.org|"  # names of XML vocabularies
    r"www\.apache\.org"  # the licence's own address
    r")$"
)
HOME_FOLDER = re.compile(r"(?<![\w.}])/(?:work|root|home|Users)/\w")
BINARY = {".png", ".jpg", ".ico", ".woff2", ".docx", ".xlsx", ".parquet", ".gz"}


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return {name(p): p.read_text(encoding="utf-8") for p in files() if p.suffix not in BINARY}


def test_addresses_lead_to_this_machine_or_name_a_vocabulary(texts: dict[str, str]) -> None:
    found = {
        f"{where}: {host}"
        for where, text in texts.items()
        for host in ADDRESS.findall(text)
        if host.isascii() and not ALLOWED.match(host.split("@")[-1]) and "%" not in host and "$" not in host
    }
    assert found == set()


def test_no_path_of_a_machine(texts: dict[str, str]) -> None:
    found = {
        f"{where}: {line.strip()[:80]}"
        for where, text in texts.items()
        for line in text.splitlines()
        if HOME_FOLDER.search(line)
    }
    assert found == set()

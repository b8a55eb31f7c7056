"""What the repository says of itself to catalogues, forges and finders of weaknesses is complete and true."""

import re
import tomllib
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
CATEGORIES = {"workflow-management", "document-management", "business-process-management", "it-service-management"}


def load(path: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / path).read_text())
    return found


def test_publiccode_has_what_version_0_4_requires() -> None:
    told = load("publiccode.yml")
    required = {
        "publiccodeYmlVersion", "name", "url", "platforms", "categories", "developmentStatus", "softwareType",
        "description", "legal", "maintenance", "localisation",
    }  # fmt: skip
    assert required <= told.keys()
    assert (told["publiccodeYmlVersion"], told["softwareType"]) == ("0.4", "standalone/web")
    assert re.fullmatch(r"https://\S+\.git", told["url"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", told["releaseDate"])
    assert set(told["categories"]) <= CATEGORIES
    assert told["maintenance"]["type"] == "community"
    assert all(contact["name"] for contact in told["maintenance"]["contacts"])
    for language, text in told["description"].items():
        assert len(text["shortDescription"]) <= 150, language
        assert 150 <= len(text["longDescription"]) <= 10_000, language
        assert text["features"]
        assert text["genericName"] == text["genericName"][:35], language


def test_it_names_the_version_and_the_licence_of_the_project() -> None:
    told, project = load("publiccode.yml"), tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert (told["softwareVersion"], told["legal"]["license"]) == (project["version"], project["license"])
    assert set(told["localisation"]["availableLanguages"]) == {"ja", "en"}


def test_whoever_reports_or_changes_something_finds_a_form() -> None:
    for name in ("fault", "wish"):
        form = load(f".github/ISSUE_TEMPLATE/{name}.yml")
        assert {"name", "description", "body"} <= form.keys()
        assert any(part["validations"]["required"] for part in form["body"] if "validations" in part)
    assert "CONTRIBUTING.md" in (ROOT / ".github" / "pull_request_template.md").read_text()
    assert "SECURITY.md" in (ROOT / "CODE_OF_CONDUCT.md").read_text()


def test_newer_libraries_are_proposed_by_a_robot() -> None:
    updates = load(".github/dependabot.yml")["updates"]
    folders = {update["directory"] for update in updates}
    assert folders == {"/requirements", "/deploy/compose"}
    assert all((ROOT / folder.lstrip("/")).is_dir() for folder in folders)


def test_every_python_that_is_promised_is_tested_by_the_same_command() -> None:
    jobs = load(".github/workflows/test.yml")["jobs"]
    tried = jobs["test"]["strategy"]["matrix"]["python"]
    promised = re.findall(r"Python (3\.\d+) から (3\.\d+)", (ROOT / "docs/how-to/deploy.md").read_text())
    assert (tried[0], tried[-1]) == promised[0]
    known = re.findall(r"python(3\.\d+)", (ROOT / "todoke").read_text().split("prepare()")[0])
    assert set(tried) == set(known)
    assert [step["run"] for step in jobs["test"]["steps"] if "run" in step] == ["./todoke test"]
    assert tried[0] in tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]

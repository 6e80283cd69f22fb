"""The documentation names every command, setting, spider argument and exit code there is, and nothing that is not."""

from __future__ import annotations

import re
import tomllib

import click

from newsarchive import exits, settings
from newsarchive.cli import main
from tests.conftest import PROJECT

REFERENCE = (PROJECT / "docs" / "reference.md").read_text(encoding="utf-8")
README = (PROJECT / "README.md").read_text(encoding="utf-8")


def test_every_command_and_option_is_documented() -> None:
    for name, command in main.commands.items():
        assert f"`newsarchive {name}" in REFERENCE
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert any(option in REFERENCE for option in parameter.opts), (name, parameter.opts)


def test_no_command_is_documented_that_is_not_there() -> None:
    named = set(re.findall(r"(?:`|bin/)newsarchive (?:--dir \S+ )?([a-z]+)\b", REFERENCE + README))
    assert named <= main.commands.keys()
    assert len(named) > 3


def test_every_setting_is_documented_with_its_default() -> None:
    for name in dir(settings):
        if name.startswith("NEWSARCHIVE_"):
            assert f"| `{name}` |" in REFERENCE, name
    named = set(re.findall(r"NEWSARCHIVE_[A-Z_]+", REFERENCE + README))
    assert named <= set(dir(settings))


def test_every_exit_code_is_documented() -> None:
    codes = {exits.WHOLE, exits.FAILED, exits.USAGE, exits.DISK_FULL, exits.NOT_NOW, exits.TERMINATED}
    assert {int(code) for code in re.findall(r"^\| (\d+) \|", README, re.MULTILINE)} == codes


def test_every_file_that_the_readme_names_is_there() -> None:
    for path in re.findall(r"\]\((docs/[\w.-]+)\)", README):
        assert (PROJECT / path).is_file(), path


def test_every_dependency_has_its_sentence() -> None:
    told = (PROJECT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for requirement in [*project["dependencies"], *project["optional-dependencies"]["dev"]]:
        name = re.split(r"[<>=]", requirement)[0]
        assert re.search(rf"\b{re.escape(name)}\b", told), name


def test_every_module_and_test_that_security_names_is_there() -> None:
    told = (PROJECT / "SECURITY.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:[a-z_]+/)*[a-z_]+(?:\.py|/)|\.ci/[a-z]+)`", told))
    assert len(named) > 30
    for path in named:
        assert (PROJECT / path).exists() or (PROJECT / "newsarchive" / path).exists(), path

"""The files in deploy/ name only settings, options and files that there are."""

import argparse
import json
import re
import shlex
from pathlib import Path

import pytest
from streamlit import config

from dnn.hosting.limits import LIMITS, variable
from dnn.hosting.serve import add_options

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
TEXTS = {path.name: path.read_text(encoding="utf-8") for path in DEPLOY.rglob("*") if path.is_file()}
SETTINGS = {variable(name) for name in LIMITS} | {
    found
    for path in (ROOT / "dnn").rglob("*.py")
    for found in re.findall(r'"(DNN_[A-Z_]+)"', path.read_text(encoding="utf-8"))
}


@pytest.mark.parametrize("name", [*TEXTS, "hosting.md"])
def test_every_setting_exists(name: str) -> None:
    text = TEXTS.get(name) or (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert set(re.findall(r"\bDNN_[A-Z_]+\b", text)) <= SETTINGS
    of_streamlit = {option.env_var for option in config._config_options_template.values()}
    assert set(re.findall(r"\bSTREAMLIT_[A-Z_]+\b", text)) <= of_streamlit


def options(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser(exit_on_error=False)
    add_options(parser)
    return parser.parse_args(arguments)


def test_the_commands_are_understood() -> None:
    (unit,) = re.findall(
        r"^ExecStart=/opt/dnn/.venv/bin/python -m dnn serve (.+)$", TEXTS["dnn@.service"], re.MULTILINE
    )
    assert options(*shlex.split(unit.replace("%i", "8502"))).port == 8502
    (entry,) = re.findall(r"^ENTRYPOINT (.+)$", TEXTS["Dockerfile"], re.MULTILINE)
    (added,) = re.findall(r"^    command: (\[\"--sessions.+)$", TEXTS["compose.yaml"], re.MULTILINE)
    command = [*json.loads(entry), *json.loads(added)]
    assert command[:4] == ["python", "-m", "dnn", "serve"]
    given = options(*command[4:])
    assert f"EXPOSE {given.port}\n" in TEXTS["Dockerfile"]
    assert f'server.port: "{given.port}"' in TEXTS["compose.yaml"]


def test_the_image_is_made_of_files_that_are_there_and_sent() -> None:
    sent = set(re.findall(r"^!(\S+)$", TEXTS["Dockerfile.dockerignore"], re.MULTILINE))
    copied = {
        source
        for line in re.findall(r"^COPY (?!--)(.+) \S+$", TEXTS["Dockerfile"], re.MULTILINE)
        for source in line.split()
    }
    assert copied == sent
    assert all((ROOT / name).exists() for name in copied)


def test_what_the_image_installs_is_pinned() -> None:
    (added,) = re.findall(r"pip install .* -r requirements.txt (.*) -c requirements.lock$", TEXTS["Dockerfile"], re.M)
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert added == "redis"
    assert re.search(rf"^{added}==", lock, re.MULTILINE)

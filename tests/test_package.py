"""The package: what it needs, what is in it, and that it starts wherever it lies."""

import importlib.metadata
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.page_server import served
from tests.services import free_port

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = PYPROJECT["project"]
SETTING_UP = {".ci/browser", ".ci/services"}


def requirements(name: str) -> set[str]:
    """The requirements that a file lists, without comments and without other files."""
    lines = (line.partition("#")[0].strip() for line in (ROOT / name).read_text(encoding="utf-8").splitlines())
    return {line for line in lines if line and not line.startswith("-r")}


def test_the_requirements_are_those_of_the_package_and_its_page() -> None:
    assert requirements("requirements.txt") == {*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["page"]}


def test_all_is_every_extra() -> None:
    extras = PROJECT["optional-dependencies"]
    assert extras["all"] == [f"{PROJECT['name']}[{','.join(name for name in extras if name != 'all')}]"]


def test_a_kernel_with_the_notebook_extra_alone_shows_figures() -> None:
    extra = {Requirement(line).name for line in PROJECT["optional-dependencies"]["notebook"]}
    assert extra == {"anywidget", "plotly", "nbformat", "babel"}  # without nbformat Plotly raises instead


def test_a_package_has_the_same_bounds_wherever_it_is_named() -> None:
    extras = PROJECT["optional-dependencies"]
    named = {*PROJECT["dependencies"], *(line for name in extras if name != "all" for line in extras[name])}
    named |= requirements("requirements-dev.txt")
    names = [re.split(r"[<>=~!]", line)[0] for line in named]
    assert sorted(names) == sorted(set(names))


def test_the_manual_lists_the_oldest_versions() -> None:
    page = (ROOT / "docs" / "install.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| ([\w-]+) \| ([\d.]+) \|$", page, re.MULTILINE)
    needed = [Requirement(line) for line in requirements("requirements.txt")]
    oldest = {asked.name: part.version for asked in needed for part in asked.specifier if part.operator == ">="}
    assert {name.lower(): Version(version) for name, version in listed} == {
        name: Version(version) for name, version in oldest.items()
    }


def test_the_lock_has_an_allowed_version_of_every_requirement() -> None:
    locked: dict[str, set[str]] = {}
    for line in requirements("requirements.lock"):
        name, _, version = line.partition(";")[0].strip().partition("==")
        locked.setdefault(canonicalize_name(name), set()).add(version)
    for line in requirements("requirements.txt") | requirements("requirements-dev.txt"):
        asked = Requirement(line)
        versions = locked.get(canonicalize_name(asked.name), set())
        assert versions, f"requirements.lock lacks {asked.name}: run `make lock`"
        assert all(asked.specifier.contains(version) for version in versions), f"{asked}: run `make lock`"


def test_the_lock_names_no_host() -> None:
    assert "://" not in (ROOT / "requirements.lock").read_text(encoding="utf-8")


def test_the_workflow_runs_what_make_test_runs() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    ran = {re.sub(r"^\s*(-? ?run:)?", "", line).strip() for line in workflow.splitlines()}
    for target in ("lint", "test"):
        recipe = re.search(rf"^{target}:.*\n((?:\t.*\n)+)", makefile, re.MULTILINE)
        assert recipe
        commands = {line.strip().replace("$(BIN)/", "") for line in recipe[1].splitlines()} - SETTING_UP
        assert commands <= ran


def test_every_version_of_the_project_is_the_same() -> None:
    cited = re.search(r"^version: (.+)$", (ROOT / "CITATION.cff").read_text(encoding="utf-8"), re.MULTILINE)
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert cited
    assert newest
    assert cited[1] == newest[1] == PROJECT["version"]


@pytest.mark.slow
def test_the_library_imports_neither_the_page_nor_figures() -> None:
    code = (  # scikit-learn imports pandas where it is installed
        "import sys, dnn, dnn.lessons, dnn.estimators, dnn.mistakes, dnn.cli, dnn.sweeps.command\n"
        "print({'streamlit', 'plotly', 'babel', 'onnx', 'torch', 'dask'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of this checkout, unpacked in a folder whose name has spaces and letters beyond ASCII."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    (wheel,) = folder.glob("*.whl")
    target = folder / "mein Übungs raum 数"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    return target


def in_checkout() -> set[str]:
    listed = subprocess.run(["git", "ls-files", "-z", "dnn"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("this is no checkout")
    return {name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).exists()}


@pytest.mark.slow
def test_the_wheel_has_every_file_of_the_package_and_starts_the_page(unpacked: Path) -> None:
    packed = {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*") if path.is_file()}
    assert in_checkout() <= packed
    assert {name.split("/")[0] for name in packed} == {"dnn", f"dnn_playground-{PROJECT['version']}.dist-info"}
    for kind in (".js", ".css", ".svg", ".po", ".html", ".json"):
        assert any(name.endswith(kind) for name in packed), kind
    assert "dnn/py.typed" in packed
    for name, source in (("app.py", "app.py"), (".streamlit/config.toml", ".streamlit/config.toml")):
        assert (unpacked / "dnn" / "launch" / name).read_bytes() == (ROOT / source).read_bytes()
    entry = importlib.metadata.PathDistribution(unpacked / f"dnn_playground-{PROJECT['version']}.dist-info")
    assert [(point.name, point.value) for point in entry.entry_points] == [("dnn", "dnn.cli:main")]


def installed(unpacked: Path, **settings: str) -> dict[str, str]:
    """The environment of a shell without HOME in which the unpacked wheel is installed."""
    kept = {name: value for name, value in os.environ.items() if name not in {"HOME", "PYTHONHOME", "USERPROFILE"}}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)  # pip compiles what it installs; else each process would do it anew
    return kept | {"PYTHONPATH": str(unpacked), "PYTHONSAFEPATH": "1", **settings}


@pytest.mark.slow
def test_the_shell_commands_run_from_any_folder(unpacked: Path, tmp_path: Path) -> None:
    here = tmp_path / "aus gabe é"
    here.mkdir()
    (here / "versuch ü.json").write_text('{"data": {"dataset": "xor"}}', encoding="utf-8")
    for arguments, expected in (
        (["--help"], "usage: python -m dnn"),
        (["share", "versuch ü.json"], "http://localhost:8501/?data=xor"),
        (["train", "versuch ü.json", "--epochs", "2", "--export", "script,npz", "--quiet"], "Epoch 2: train cost"),
    ):
        command = [sys.executable, "-m", "dnn", *arguments]
        done = subprocess.run(command, cwd=here, env=installed(unpacked), capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith(expected)
    assert {path.name for path in here.iterdir()} == {"versuch ü.json", "dnn-xor.py", "dnn-xor.npz"}


@pytest.mark.slow
def test_the_page_is_served_with_its_settings_from_any_folder(unpacked: Path, tmp_path: Path) -> None:
    port = free_port()
    for name in ("app.py", "streamlit.py"):  # what lies in the folder is not what starts
        (tmp_path / name).write_text("raise SystemExit('the wrong file')")
    environment = installed(unpacked, STREAMLIT_SERVER_HEADLESS="true", STREAMLIT_SERVER_PORT=str(port))
    log = tmp_path / "log"
    with served(port, tmp_path, environment, log):
        pass
    said = log.read_text(encoding="utf-8")
    assert f"http://localhost:{port}" in said  # the settings' address: without them it listens on every interface
    assert "Network URL" not in said
    assert "Traceback" not in said

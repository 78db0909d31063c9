"""Modules that become one: what they import must stand before them, and nothing is declared twice."""

import re
from pathlib import Path

import pytest

from dnn.export.bundle import bundle
from dnn.export.replay import SCRIPTS


def written(folder: Path, **texts: str) -> list[Path]:
    for name, text in texts.items():
        (folder / f"{name}.js").write_text(text, encoding="utf-8")
    return [folder / f"{name}.js" for name in texts]


def test_each_module_keeps_its_scope_and_gives_what_it_exports(tmp_path: Path) -> None:
    first = "// @ts-check\n// Why.\n\n/** @param {number} n */\nexport const twice = (n) => 2 * n;\nconst own = 1;\n"
    second = "import {\n  twice as double,\n} from './first.js';\n\nconst own = 2;\nexport class Four {}\n"
    assert bundle(written(tmp_path, first=first, second=second)) == (
        "const $first = (() => {\n// Why.\n\nconst twice = (n) => 2 * n;\nconst own = 1;\nreturn { twice };\n})();\n\n"
        "const $second = (() => {\nconst {\n  twice: double,\n} = $first;\n\nconst own = 2;\nclass Four {}\n"
        "return { Four };\n})();\n"
    )


@pytest.mark.parametrize(
    ("first", "second", "problem"),
    [
        ("", "import { a } from './third.js';\n", "imports ./third.js"),
        ("", "import { a } from './second.js';\n", "imports ./second.js"),
        ("", "import './first.js';\n", "cannot be bundled"),
        ("", "export default 1;\n", "cannot be bundled"),
        ("", "export { a } from './first.js';\n", "cannot be bundled"),
        ("", "export let a = 1;\n", "cannot be bundled"),
    ],
)
def test_what_would_not_run_is_refused(tmp_path: Path, first: str, second: str, problem: str) -> None:
    with pytest.raises(ValueError, match=re.escape(problem)):
        bundle(written(tmp_path, first=first, second=second))


def test_two_scripts_of_one_name_are_refused(tmp_path: Path) -> None:
    (script,) = written(tmp_path, first="")
    with pytest.raises(ValueError, match=r"two scripts are called first\.js"):
        bundle([script, script])


def test_the_replay_has_all_its_scripts() -> None:
    names = {script.name for script in SCRIPTS}
    assert {script.name for script in SCRIPTS[-1].parent.glob("*.js")} <= names
    text = bundle(SCRIPTS)
    assert not re.search(r"^(import|export)\b", text, re.MULTILINE)
    assert "function crossings(" in text

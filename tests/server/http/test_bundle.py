"""Our modules as one script."""

import posixpath
import re

import pytest

from adexplain.paths import folder
from adexplain.server.http import bundle as module
from adexplain.server.http.bundle import bundle

SCRIPTS = folder("web") / "static" / "js"


@pytest.fixture
def scripts(tmp_path, monkeypatch):
    """A folder of modules, and the bundle of one of them."""
    (tmp_path / "static" / "js").mkdir(parents=True)
    monkeypatch.setattr(module, "folder", lambda name: tmp_path)
    bundle.cache_clear()

    def write(**texts):
        for name, text in texts.items():
            path = tmp_path / "static" / "js" / f"{name}.js"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
        return bundle("main")

    yield write
    bundle.cache_clear()


@pytest.mark.parametrize("entry", ["explorer/main", "exporting/alone", "lessons/saved"])
def test_our_modules_can_be_bundled(entry):
    text = bundle(entry)
    assert not re.search(r"^(import|export)\b", text, re.MULTILINE)
    assert "</script" not in text.lower()
    source = (SCRIPTS / f"{entry}.js").read_text("utf-8")
    imported = re.findall(r'^import .*"(\.[./\w-]+)\.js"', source, re.M)
    assert imported
    for path in imported:
        module = posixpath.normpath(posixpath.join(posixpath.dirname(entry), path))
        assert f"const module_{module.replace('/', '_')} = " in text


def test_modules_may_lie_in_different_folders(scripts):
    text = scripts(
        **{
            "main": 'import { a } from "./room/a.js";\na();\n',
            "room/a": 'import { b } from "../other/b.js";\nexport const a = b;\n',
            "other/b": "export function b() {}\n",
        }
    )
    names = re.findall(r"const (module_\w+)", text)
    assert names == ["module_other_b", "module_room_a", "module_main"]


def test_a_module_comes_once_and_after_what_it_uses(scripts):
    text = scripts(
        main='import { a } from "./a.js";\nimport { b as c } from "./b.js";\nc(a);\n',
        a='import { b } from "./b.js";\nexport const a = b;\n',
        b="export function b() {}\n",
    )
    assert re.findall(r"const (module_\w+)", text) == ["module_b", "module_a", "module_main"]
    assert "const { b: c } = module_b;" in text
    assert "return { a };" in text


def test_a_module_may_be_wanted_for_what_it_does(scripts):
    text = scripts(main='import "./a.js";\nconst b = 1;\n', a="{\n  document.title = 'a';\n}\n")
    assert re.findall(r"const (module_\w+)", text) == ["module_a", "module_main"]
    assert "import" not in text


def test_modules_that_import_one_another_are_refused(scripts):
    with pytest.raises(ValueError, match="main → a → main"):
        scripts(
            main='import { a } from "./a.js";\nexport const m = 1;\n',
            a='import { m } from "./main.js";\nexport const a = 1;\n',
        )


@pytest.mark.parametrize(
    "line",
    [
        'import * as all from "./a.js";',
        "export default 1;",
        "export let x = 1;",
        'export * from "./a.js";',
        "await import('./a.js');",
    ],
)
def test_forms_that_are_not_understood_are_refused(scripts, line):
    with pytest.raises(ValueError, match="cannot be bundled"):
        scripts(main=f"{line}\n", a="export const a = 1;\n")


def test_a_script_cannot_end_early(scripts):
    text = scripts(main='const text = "</script><!--";\n')
    assert r"\x3c/script>\x3c!--" in text

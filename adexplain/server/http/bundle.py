"""The page's own modules as one script, for a file that is to work without a server.

Each module becomes a function whose result holds what it exports, in an order in which nothing is
used before it is there. Only the forms that our modules are written in are understood; any other
is an error here, not in a reader's browser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from posixpath import dirname, join, normpath

from adexplain.paths import folder

_IMPORT = re.compile(r'^import (?:\{([^}]*)\} from )?"([./\w-]+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async function|function|class|const) ([\w$]+))", re.MULTILINE)
_OTHER = re.compile(r"^(?:import|export|await)\b.*", re.MULTILINE)
_END = re.compile(r"<(?=/script|!--)", re.IGNORECASE)


@lru_cache(maxsize=4)
def bundle(entry: str) -> str:
    """The module ``entry`` (such as ``exporting/alone``) with all it imports."""
    parts = [_wrapped(name, text) for name, text in _in_order(entry)]
    return _END.sub(r"\\x3c", "\n".join(parts))


def _in_order(entry: str) -> Iterator[tuple[str, str]]:
    """Names and texts of modules, each after those it imports."""
    scripts = folder("web") / "static" / "js"
    done: set[str] = set()

    def visit(name: str, above: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        if name in above:
            raise ValueError(f"Modules import one another: {' → '.join((*above, name))}")
        if name in done:
            return
        text = _read(scripts / f"{name}.js")
        for _, imported in _IMPORT.findall(text):
            yield from visit(_beside(name, imported), (*above, name))
        done.add(name)
        yield name, text

    yield from visit(entry, ())


def _read(path: Path) -> str:
    return path.read_text("utf-8").replace("\r\n", "\n")


def _beside(name: str, relative: str) -> str:
    """The name of a module that ``name`` imports by a relative path."""
    return normpath(join(dirname(name), relative))


def _wrapped(name: str, text: str) -> str:
    exported = _EXPORT.findall(text)
    body = _EXPORT.sub("", _IMPORT.sub(lambda statement: _destructured(name, statement), text))
    other = _OTHER.search(body)
    if other:
        raise ValueError(f"{name}.js: this cannot be bundled: {other[0]}")
    return f"const {_variable(name)} = (() => {{\n{body}return {{ {', '.join(exported)} }};\n}})();"


def _destructured(name: str, statement: re.Match[str]) -> str:
    """An import as the destructuring of what the imported module's function returned."""
    if statement[1] is None:  # only what the module does is wanted, and it has done that
        return ""
    names = re.sub(r"\s+as\s+", ": ", statement[1])
    return f"const {{{names}}} = {_variable(_beside(name, statement[2]))};\n"


def _variable(name: str) -> str:
    return f"module_{re.sub(r'[/-]', '_', name)}"

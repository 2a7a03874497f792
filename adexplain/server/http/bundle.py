"""Bundles the page's JavaScript modules into one script, for a file that works without a server.

Each module becomes a function that returns its exports; a module comes after those it imports.
Only the forms of import and export that our modules use are supported; any other raises an error
here, instead of failing in a reader's browser.
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
_UNSUPPORTED = re.compile(r"^(?:import|export|await)\b.*", re.MULTILINE)
_SCRIPT_END = re.compile(r"<(?=/script|!--)", re.IGNORECASE)


@lru_cache(maxsize=4)
def bundle(entry: str) -> str:
    """The module ``entry`` (such as ``exporting/alone``) with all it imports."""
    parts = [_wrapped(name, text) for name, text in _in_order(entry)]
    return _SCRIPT_END.sub(r"\\x3c", "\n".join(parts))


def _in_order(entry: str) -> Iterator[tuple[str, str]]:
    """Names and texts of modules, each after those it imports.

    Raises:
        ValueError: modules import one another.
    """
    scripts = folder("web") / "static" / "js"
    visited: set[str] = set()

    def visit(name: str, importers: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        if name in importers:
            raise ValueError(f"Modules import one another: {' → '.join((*importers, name))}")
        if name in visited:
            return
        text = _read(scripts / f"{name}.js")
        for _, imported in _IMPORT.findall(text):
            yield from visit(_resolved(name, imported), (*importers, name))
        visited.add(name)
        yield name, text

    yield from visit(entry, ())


def _read(path: Path) -> str:
    return path.read_text("utf-8").replace("\r\n", "\n")


def _resolved(name: str, relative: str) -> str:
    """The name of the module that ``name`` imports by a relative path."""
    return normpath(join(dirname(name), relative))


def _wrapped(name: str, text: str) -> str:
    """A module as a constant that holds its exports.

    Raises:
        ValueError: the module has a statement that is not supported.
    """
    exported = _EXPORT.findall(text)
    body = _EXPORT.sub("", _IMPORT.sub(lambda statement: _destructured(name, statement), text))
    unsupported = _UNSUPPORTED.search(body)
    if unsupported:
        raise ValueError(f"{name}.js: this cannot be bundled: {unsupported[0]}")
    return f"const {_variable(name)} = (() => {{\n{body}return {{ {', '.join(exported)} }};\n}})();"


def _destructured(name: str, statement: re.Match[str]) -> str:
    """An import as a destructuring of the constant that holds the imported module's exports."""
    if statement[1] is None:  # imported for its side effects, which have happened by now
        return ""
    names = re.sub(r"\s+as\s+", ": ", statement[1])
    return f"const {{{names}}} = {_variable(_resolved(name, statement[2]))};\n"


def _variable(name: str) -> str:
    return f"module_{re.sub(r'[/-]', '_', name)}"

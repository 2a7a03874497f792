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

from adexplain.paths import folder

_IMPORT = re.compile(r'^import (?:\{([^}]*)\} from )?"\./([\w-]+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async function|function|class|const) ([\w$]+))", re.MULTILINE)
_OTHER = re.compile(r"^(?:import|export|await)\b.*", re.MULTILINE)
_END = re.compile(r"<(?=/script|!--)", re.IGNORECASE)


@lru_cache(maxsize=4)
def bundle(entry: str) -> str:
    """The module ``entry`` with all it imports."""
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
            yield from visit(imported, (*above, name))
        done.add(name)
        yield name, text

    yield from visit(entry, ())


def _read(path: Path) -> str:
    return path.read_text("utf-8").replace("\r\n", "\n")


def _wrapped(name: str, text: str) -> str:
    exported = _EXPORT.findall(text)
    body = _EXPORT.sub("", _IMPORT.sub(_taken, text))
    other = _OTHER.search(body)
    if other:
        raise ValueError(f"{name}.js: this cannot be bundled: {other[0]}")
    return f"const {_variable(name)} = (() => {{\n{body}return {{ {', '.join(exported)} }};\n}})();"


def _taken(statement: re.Match[str]) -> str:
    if statement[1] is None:  # only what the module does is wanted, and it has done that
        return ""
    names = re.sub(r"\s+as\s+", ": ", statement[1])
    return f"const {{{names}}} = {_variable(statement[2])};\n"


def _variable(name: str) -> str:
    return f"module_{name.replace('-', '_')}"

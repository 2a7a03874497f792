"""Reads the plan of the package from its docstrings, and the imports from its modules.

A package whose docstring has a table of layers (lines indented by four spaces: names, three spaces
or more, what happens there) lists its modules and packages in the order in which work flows. A
module imports only from layers above its own; within a line, from those further left.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LAYERS = re.compile(r"^ {4}([a-z_]\w*(?: [a-z_]\w*)*) {3,}\S", re.MULTILINE)
FACES = ("adexplain", "adexplain.__main__")
"""Modules above all layers."""


@dataclass(frozen=True)
class Import:
    """One import: of which module, by which module, in which line."""

    importer: str
    imported: str
    line: int

    def __str__(self) -> str:
        return f"{self.importer}:{self.line} imports {self.imported}"


def sources(root: Path) -> dict[str, str]:
    """Every module of the package below ``root``, by its full name; packages by theirs."""
    found = {}
    for path in sorted((root / "adexplain").rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = path.read_text("utf-8")
    return found


def packages(modules: Mapping[str, str]) -> set[str]:
    """The names of those modules that hold others."""
    return {name.rpartition(".")[0] for name in modules} - {""}


def imports(modules: Mapping[str, str]) -> Iterator[Import]:
    """Every import of one module of the package by another, wherever in the module it stands."""
    holders = packages(modules)
    for name, text in modules.items():
        package = name if name in holders else name.rpartition(".")[0]
        for base, imported, line in _statements(text, package):
            full = f"{base}.{imported}"
            yield Import(name, full if imported and full in modules else base, line)


@cache
def _statements(text: str, package: str) -> list[tuple[str, str, int]]:
    """What a module imports: from which module of ours, which name ("" for all of it), where."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found += [(alias.name, "", node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, *([base] if base else [])])
            found += [(base, alias.name, node.lineno) for alias in node.names]
    return [item for item in found if item[0].split(".")[0] == "adexplain"]


def order(modules: Mapping[str, str], package: str) -> list[str]:
    """The names of a package's layers in their order; none where its docstring has no table."""
    docstring = ast.get_docstring(ast.parse(modules[package]), clean=False) or ""
    return [name for names in LAYERS.findall(docstring) for name in names.split()]


def against_the_order(modules: Mapping[str, str]) -> list[str]:
    """Imports that point downward or at a package's own face, each with what is wrong with it."""
    orders = {package: order(modules, package) for package in packages(modules)}
    wrong = []
    for found in imports(modules):
        if found.importer in FACES or found.importer == found.imported:
            continue
        if found.importer.startswith(f"{found.imported}."):
            wrong.append(f"{found}: a module does not import the package it lies in")
            continue
        package = _common(found.importer, found.imported)
        layers = orders.get(package)
        if not layers or package == found.importer:
            continue
        here, there = (_layer(name, package) for name in (found.importer, found.imported))
        if layers.index(there) > layers.index(here):
            wrong.append(f"{found}: in {package}, {here} comes before {there}")
    return wrong


def circles(modules: Mapping[str, str]) -> list[list[str]]:
    """Groups of modules that import one another, directly or through others."""
    uses: dict[str, set[str]] = {name: set() for name in modules}
    for found in imports(modules):
        uses[found.importer].add(found.imported)
    left = dict(uses)
    while True:  # what uses nothing that is left, or is used by nothing left, is in no circle
        used = set().union(*left.values()) if left else set()
        free = {name for name, some in left.items() if not some & left.keys() or name not in used}
        if not free:
            return [sorted(left)] if left else []
        left = {name: some - free for name, some in left.items() if name not in free}


def _common(one: str, other: str) -> str:
    parts = []
    for a, b in zip(one.split("."), other.split("."), strict=False):
        if a != b:
            break
        parts.append(a)
    return ".".join(parts)


def _layer(name: str, package: str) -> str:
    return name.removeprefix(f"{package}.").split(".")[0]

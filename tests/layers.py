"""Reads the layer tables in docstrings, and all imports of the package.

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
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

PACKAGE = "adexplain"
LAYERS = re.compile(r"^ {4}([a-z_]\w*(?: [a-z_]\w*)*) {3,}\S", re.MULTILINE)
ENTRY_POINTS = ("adexplain", "adexplain.__main__")
"""Modules that may import any layer."""
BESIDE = ("tests", "benchmarks", "docs", "dev")
"""What lies beside the package, and is not installed with it."""
BY_NAME = {"adexplain.workers.limits"}
"""Modules that name others as text: what a worker process imports before its first task."""


@dataclass(frozen=True)
class Import:
    """One import: of which module, by which module, in which line."""

    importer: str
    imported: str
    line: int

    def __str__(self) -> str:
        return f"{self.importer}:{self.line} imports {self.imported}"


def sources(root: Path) -> dict[str, str]:
    """Full name → source of every module; that of a package is its ``__init__``."""
    found = {}
    for path in sorted((root / PACKAGE).rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = path.read_text("utf-8")
    return found


def packages(modules: Mapping[str, str]) -> set[str]:
    """The names of those modules that hold others."""
    return {name.rpartition(".")[0] for name in modules} - {""}


def imports(modules: Mapping[str, str]) -> Iterator[Import]:
    """Every import between modules of the package, also inside functions."""
    holders = packages(modules)
    for name, text in modules.items():
        package = name if name in holders else name.rpartition(".")[0]
        for base, imported, line in _statements(text, package):
            full = f"{base}.{imported}"
            if base.split(".")[0] == PACKAGE:
                yield Import(name, full if imported and full in modules else base, line)


@cache
def _statements(text: str, package: str) -> list[tuple[str, str, int]]:
    """What a module imports: from which module, which name ("" for all of it), in which line."""
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
    return found


def order(modules: Mapping[str, str], package: str) -> list[str]:
    """The names of a package's layers in their order; none where its docstring has no table."""
    docstring = ast.get_docstring(ast.parse(modules[package]), clean=False) or ""
    return [name for names in LAYERS.findall(docstring) for name in names.split()]


def violations(modules: Mapping[str, str]) -> list[str]:
    """Imports of a later layer, of the package a module lies in, or of what is not installed."""
    orders = {package: order(modules, package) for package in packages(modules)}
    wrong = [*_unreadable(modules)]
    for found in imports(modules):
        if found.importer in ENTRY_POINTS or found.importer == found.imported:
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


def _unreadable(modules: Mapping[str, str]) -> Iterator[str]:
    """Imports whose direction cannot be read from the statement, and those from outside."""
    for name, text in modules.items():
        for base, imported, line in _statements(text, name):
            if base.split(".")[0] in BESIDE:
                yield f"{name}:{line} imports {base}, which is not installed with the package"
            elif base.split(".")[0] == PACKAGE and not imported and "." in base:
                yield f"{name}:{line} imports {base}: write from … import …, to say what is used"
        named = {} if name in BY_NAME else _module_names(text, frozenset(modules))
        for line, value in named.items():
            yield f"{name}:{line} names the module {value} as text"


@cache
def _module_names(text: str, modules: frozenset[str]) -> dict[int, str]:
    """Texts of a module that are the name of another, by line."""
    return {
        node.lineno: node.value
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Constant) and node.value in modules and node.value != PACKAGE
    }


def circles(modules: Mapping[str, str]) -> list[list[str]]:
    """For each package with such a thing, a circle of its modules and packages.

    What a package holds counts as one; so packages that import one another are found although no
    two of their modules do.
    """
    found = []
    for package in sorted(packages(modules)):
        uses: dict[str, set[str]] = {}
        for item in imports(modules):
            inside = all(name.startswith(f"{package}.") for name in (item.importer, item.imported))
            if inside and item.importer not in ENTRY_POINTS:
                here, there = (_layer(name, package) for name in (item.importer, item.imported))
                if here != there:
                    uses.setdefault(here, set()).add(there)
        try:
            TopologicalSorter(uses).prepare()
        except CycleError as error:
            found.append([f"{package}.{name}" for name in error.args[1]])
    return found


def _common(one: str, other: str) -> str:
    """The package that two modules share."""
    parts = []
    for a, b in zip(one.split("."), other.split("."), strict=False):
        if a != b:
            break
        parts.append(a)
    return ".".join(parts)


def _layer(name: str, package: str) -> str:
    return name.removeprefix(f"{package}.").split(".")[0]

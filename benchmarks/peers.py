"""Other tools that compute a value and a gradient at a point; each is optional."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

from benchmarks.functions import Function

Contestant = Callable[..., object]


def _names(function: Function) -> list[str]:
    from adexplain import parse

    return list(parse(function.text).input_names)


def _plain(function: Function, names: list[str], namespace: dict[str, Any]) -> Callable[..., Any]:
    """The function itself as a Python function over some library's sin, cos, exp and log."""
    *lines, last = function.text.split("\n")
    name, equals, expression = last.partition(" = ")
    body = [*lines, f"return {expression if equals else name}"]
    exec("\n    ".join([f"def f({', '.join(names)}):", *body]), namespace)
    f: Callable[..., Any] = namespace["f"]
    return f


def _elementary(module: Any) -> dict[str, Any]:
    return {name: getattr(module, name) for name in ("sin", "cos", "exp", "log")}


def torch(function: Function) -> Contestant:
    module = importlib.import_module("torch")
    names = _names(function)
    f = _plain(function, names, _elementary(module))

    def call(*point: float) -> object:
        leaves = [module.tensor(x, dtype=module.float64, requires_grad=True) for x in point]
        value = f(*leaves)
        return value.item(), [g.item() for g in module.autograd.grad(value, leaves)]

    return call


def jax(function: Function) -> Contestant:
    module = importlib.import_module("jax")
    module.config.update("jax_enable_x64", True)
    names = _names(function)
    f = _plain(function, names, _elementary(importlib.import_module("jax.numpy")))
    compiled = module.jit(module.value_and_grad(f, argnums=tuple(range(len(names)))))

    def call(*point: float) -> object:
        value, slopes = compiled(*point)
        return float(value), [float(g) for g in slopes]

    return call


def autograd(function: Function) -> Contestant:
    module = importlib.import_module("autograd")
    names = _names(function)
    f = _plain(function, names, _elementary(importlib.import_module("autograd.numpy")))
    found: Contestant = module.value_and_grad(f, argnum=tuple(range(len(names))))
    return found


def casadi(function: Function) -> Contestant:
    module = importlib.import_module("casadi")
    names = _names(function)
    symbols = [module.SX.sym(name) for name in names]
    value = _plain(function, names, _elementary(module))(*symbols)
    together = module.vertcat(*symbols)
    found: Contestant = module.Function("f", symbols, [value, module.gradient(value, together)])
    return found


def sympy(function: Function) -> Contestant:
    module = importlib.import_module("sympy")
    names = _names(function)
    symbols = module.symbols(names, real=True)
    value = _plain(function, names, _elementary(module))(*symbols)
    results = [value, *(module.diff(value, symbol) for symbol in symbols)]
    found: Contestant = module.lambdify(symbols, results, modules="math", cse=True)
    return found


PEERS: dict[str, Callable[[Function], Contestant]] = {
    "PyTorch": torch,
    "JAX, compiled": jax,
    "Autograd": autograd,
    "CasADi": casadi,
    "SymPy lambdify": sympy,
}

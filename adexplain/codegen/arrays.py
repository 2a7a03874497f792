"""The "numpy" backend of ``compile``: array operations on chunks that fit the processor's cache.

Each row is one array operation. Its result goes into a buffer that is used again as soon as its
content is no longer needed, so that a function at a million points needs only a few hundred
kilobytes of scratch memory. The rows are those of ``fast.derivative_program``. All branches are
evaluated, and ``where`` selects, so that a nan or infinity in the branch not taken is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from adexplain.codegen.calling import show_signature, signature, values_in_order
from adexplain.codegen.fast import derivative_program
from adexplain.codegen.layout import live
from adexplain.errors import MissingPackageError
from adexplain.program import Program
from adexplain.transforms import adjoint, tangent

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[np.float64]]

CHUNK = 8_192
"""Elements of one piece: with a dozen buffers of 64 kB it fits the second-level cache."""


def compile_numpy(program: Program, mode: str) -> Callable[..., Any]:
    """A function of arrays; see ``adexplain.codegen.compile``."""
    try:
        import numpy as np
    except ImportError as error:
        raise MissingPackageError(
            'backend="numpy" needs NumPy. Install it with: pip install "adexplain[numpy]"'
        ) from error
    engine = _Engine(program, mode)
    count = len(program.outputs)

    def compiled(*arguments: Any, **named: Any) -> Any:
        if named:
            arguments = tuple(values_in_order(engine.names, arguments, named))
        arrays = [np.asarray(argument, dtype=float) for argument in arguments]
        if len(arrays) != len(engine.names):
            raise TypeError(f"{len(arrays)} arguments given, {len(engine.names)} needed")
        shape = np.broadcast_shapes(*(array.shape for array in arrays))
        flat = [np.broadcast_to(array, shape).reshape(-1) for array in arrays]
        results = [out.reshape(shape)[()] for out in engine.run(flat)]
        return _shaped(results, count, mode)

    show_signature(compiled, signature(engine.names))
    return compiled


def _shaped(results: list[Any], count: int, mode: str) -> Any:
    values, slopes = results[:count], results[count:]
    if mode == "primal":
        return values[0] if count == 1 else tuple(values)
    if mode == "forward" or count == 1:
        single = mode == "forward" and count == 1
        return values[0] if count == 1 else tuple(values), slopes[0] if single else tuple(slopes)
    width = len(slopes) // count
    return tuple(values), tuple(tuple(slopes[k * width : (k + 1) * width]) for k in range(count))


class _Operation(NamedTuple):
    """One array operation: operands are registers (whole numbers) or constants (floats)."""

    function: Callable[..., Any]
    takes_out: bool  # whether the function has a parameter ``out`` for the register
    register: int
    operands: tuple[int | float, ...]


class _Plan(NamedTuple):
    """A program as array operations over registers: inputs first, then buffers."""

    operations: list[_Operation]
    inputs: int
    registers: int
    results: list[int | float]

    def buffers(self, size: int) -> Array:
        import numpy as np

        return np.empty((self.registers - self.inputs, size))

    def execute(
        self, pieces: list[Array], buffers: Array, outputs: list[Array], part: slice
    ) -> None:
        """Compute one chunk of the outputs from that chunk of the inputs."""
        size = part.stop - part.start
        registers = [*pieces, *(buffer[:size] for buffer in buffers)]
        for function, takes_out, register, operands in self.operations:
            values = [registers[o] if isinstance(o, int) else o for o in operands]
            if takes_out:
                function(*values, out=registers[register])
            else:
                registers[register][...] = function(*values)
        for output, result in zip(outputs, self.results, strict=True):
            output[part] = registers[result] if isinstance(result, int) else result


class _Engine:
    """A compiled function: the fast plan, and one for points where that gives nan."""

    def __init__(self, program: Program, mode: str) -> None:
        self.program = program
        self.mode = mode
        target = derivative_program(program, mode)
        self.names = target.input_names
        self.slopes = 0 if mode == "primal" else len(target.outputs) - len(program.outputs)
        self.plan = _allocate(target, frozenset())
        self._nan_plan: _Plan | None = None

    def run(self, inputs: Sequence[Array]) -> list[Array]:
        """All outputs for inputs of one length."""
        import numpy as np

        size = inputs[0].size if inputs else 1
        outputs = [np.empty(size) for _ in self.plan.results]
        buffers = self.plan.buffers(min(size, CHUNK))
        first = len(outputs) - self.slopes
        with np.errstate(all="ignore"):
            for start in range(0, size, CHUNK):
                part = slice(start, min(start + CHUNK, size))
                pieces = [array[part] for array in inputs]
                self.plan.execute(pieces, buffers, outputs, part)
                if self.slopes:
                    self._fix_nans(pieces, [out[part] for out in outputs[first:]])
        return outputs

    def _fix_nans(self, pieces: list[Array], slopes: list[Array]) -> None:
        """Where a derivative is nan, compute it again with 0·∞ = 0 along every edge."""
        import numpy as np

        bad = np.isnan(slopes[0])
        for slope in slopes[1:]:
            bad |= np.isnan(slope)
        if bad.any():
            fixed = self._slopes_at([piece[bad] for piece in pieces])
            for slope, values in zip(slopes, fixed, strict=True):
                slope[bad] = values

    def _slopes_at(self, points: list[Array]) -> list[Array]:
        """Derivatives with 0·∞ = 0; in reverse mode one sweep for each output."""
        import numpy as np

        if self._nan_plan is None:
            self._nan_plan = _plan_for_nans(self.program, self.mode)
        plan, count, size = self._nan_plan, len(self.program.outputs), points[0].size
        seeds = count if self.mode == "reverse" else 0
        buffers = plan.buffers(size)
        slopes: list[Array] = []
        for k in range(seeds or 1):
            weights = [np.full(size, 1.0 if k == other else 0.0) for other in range(seeds)]
            outputs = [np.empty(size) for _ in plan.results]
            plan.execute([*points, *weights], buffers, outputs, slice(0, size))
            slopes += outputs[count:]
        return slopes


def _plan_for_nans(program: Program, mode: str) -> _Plan:
    """The plan of the derivative with seeds as inputs, which shows the products along edges."""
    swept = tangent(program) if mode == "forward" else adjoint(program)
    seeded = set(swept.inputs[len(program.inputs) :])
    products = set()
    for slot in swept.rows:
        if not seeded.isdisjoint(swept.args[slot]):
            seeded.add(slot)
            if swept.ops[slot] == "mul":
                products.add(slot)
    return _allocate(swept, frozenset(products))


def _allocate(program: Program, products: frozenset[int]) -> _Plan:
    """The array operations for the rows that the outputs need; buffers are reused.

    Args:
        program: what is computed.
        products: rows that are products along an edge, for which 0·∞ is 0.
    """
    rows = live(program)
    last = {arg: slot for slot in rows for arg in program.args[slot]}
    last.update(dict.fromkeys(program.outputs, len(program.ops)))
    place: dict[int, int | float] = {s: c.value for s, c in program.constants.items()}
    place.update({slot: k for k, slot in enumerate(program.inputs)})
    fixed = {*program.constants, *program.inputs}
    free: list[int] = []
    top = len(program.inputs)
    operations = []
    for slot in rows:
        args = program.args[slot]
        operands = tuple(place[arg] for arg in args)
        ending = {arg for arg in args if last[arg] == slot} - fixed
        free += [int(place[arg]) for arg in ending]
        if not free:
            free.append(top)
            top += 1
        place[slot] = register = free.pop()
        function, takes_out = _function(program, slot, slot in products)
        operations.append(_Operation(function, takes_out, register, operands))
    results = [place[slot] for slot in program.outputs]
    return _Plan(operations, len(program.inputs), top, results)


def _function(program: Program, slot: int, product: bool) -> tuple[Callable[..., Any], bool]:
    """The array function of a row, and whether it has a parameter ``out``."""
    from adexplain.primitives.numpy_functions import array_function
    from adexplain.primitives.numpy_kernels import times

    return (times, False) if product else array_function(program.ops[slot])

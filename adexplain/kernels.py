"""The kernels under the name by which generated code imports them, wherever they lie.

Code that users keep says ``from adexplain.kernels import …``, so this name has to stay.
"""

from __future__ import annotations

from typing import Any

from adexplain.primitives.ieee import CALLED


def __getattr__(name: str) -> Any:
    if name not in CALLED:
        raise AttributeError(f"adexplain.kernels has no function {name}")
    return CALLED[name]

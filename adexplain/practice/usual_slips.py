"""Common slips whose wording is shared by all code that judges answers."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType

SIGN = "The size is right: look at the sign."
DEGREES = "That comes from degrees: the calculator must be set to radians."
ANGULAR: Mapping[str, Callable[[float], float]] = MappingProxyType(
    {"sin": math.sin, "cos": math.cos, "tan": math.tan}
)
"""Primitive → the function of an angle that it computes."""


def in_degrees(primitive: str) -> Callable[[float], float]:
    """A function of :data:`ANGULAR` as a calculator set to degrees computes it."""
    function = ANGULAR[primitive]
    return lambda angle: function(math.radians(angle))

"""Slips that are told in the same words wherever an answer is judged."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType

SIGN = "The size is right: look at the sign."
DEGREES = "That comes from degrees: the calculator must be set to radians."
ANGULAR: Mapping[str, Callable[[float], float]] = MappingProxyType(
    {"sin": math.sin, "cos": math.cos, "tan": math.tan}
)
"""The functions of an angle, by their primitive."""


def in_degrees(primitive: str) -> Callable[[float], float]:
    """A function of :data:`ANGULAR` as a calculator has it that was left in degrees."""
    function = ANGULAR[primitive]
    return lambda angle: function(math.radians(angle))

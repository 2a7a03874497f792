"""``Program`` → ``Program``: differentiation in forward and in reverse mode."""

from adexplain.transforms.adjoint import adjoint
from adexplain.transforms.tangent import tangent

__all__ = ["adjoint", "tangent"]

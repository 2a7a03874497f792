"""How much a test tries: less for a quick answer, more for a thorough one.

A test that tries many cases asks ``samples`` for their number, in place of a number of its own:

    @settings(max_examples=samples(300))
    for seed in range(samples(60)):

One that goes through a list of cases may ask ``thinned`` for those of a quick run.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from hypothesis import HealthCheck, settings

Case = TypeVar("Case")

FACTORS = {"quick": 0.1, "default": 1.0, "thorough": 10.0}
"""The profiles, and how many times the usual number each of them tries."""

EXAMPLES = 100
"""Examples of a Hypothesis test that names no number."""

MIN_CASES = 3
"""Every profile tries at least this many cases, where a test has that many."""


class _Chosen:
    profile = "default"


def choose(profile: str) -> None:
    """Set the profile; must run before collection, when decorators call ``samples``."""
    _Chosen.profile = profile
    settings.register_profile(
        profile,
        deadline=None,  # a busy machine must not fail a test
        derandomize=profile != "thorough",  # reproducible, except for a thorough search
        max_examples=samples(EXAMPLES),
        suppress_health_check=[HealthCheck.too_slow],
    )
    settings.load_profile(profile)


def samples(usual: int) -> int:
    """The number of cases in this profile, for ``usual`` cases in the default one."""
    return max(min(usual, MIN_CASES), round(usual * FACTORS[_Chosen.profile]))


def thinned(cases: Iterable[Case]) -> list[Case]:
    """All cases; in a quick run a tenth of them, evenly spread."""
    found = list(cases)
    return found[:: max(1, len(found) // max(1, samples(len(found))))]

"""How much a test tries: less for a quick answer, more for a thorough one.

A test that tries many cases asks ``samples`` for their number, in place of a number of its own:

    @settings(max_examples=samples(300))
    for seed in range(samples(60)):
"""

from __future__ import annotations

from hypothesis import HealthCheck, settings

FACTORS = {"quick": 0.1, "default": 1.0, "thorough": 10.0}
"""The profiles, and how many times the usual number each of them tries."""

EXAMPLES = 100
"""Examples of a Hypothesis test that names no number."""

LEAST = 3
"""Cases that any profile tries, where a test has that many."""


class _Chosen:
    profile = "default"


def choose(profile: str) -> None:
    """Make all sizes those of a profile. Before the tests are read: they ask at once."""
    _Chosen.profile = profile
    settings.register_profile(
        profile,
        deadline=None,  # a machine that does much else is slow, not wrong
        derandomize=profile != "thorough",  # the same examples in every run, but for a search
        max_examples=samples(EXAMPLES),
        suppress_health_check=[HealthCheck.too_slow],
    )
    settings.load_profile(profile)


def samples(usual: int) -> int:
    """How many cases to try where the whole suite, as CI runs it, tries ``usual``."""
    return max(min(usual, LEAST), round(usual * FACTORS[_Chosen.profile]))

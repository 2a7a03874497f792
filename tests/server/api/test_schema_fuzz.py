"""Requests made up from the OpenAPI schema: no answer is a fault of ours, all are as described."""

import pytest
import schemathesis
from hypothesis import HealthCheck, settings

from adexplain.server.app import create_app
from tests.sizes import samples

REFUSALS = "positive_data_acceptance"

schema = schemathesis.openapi.from_asgi("/api/openapi.json", create_app())


@schema.parametrize()
@settings(max_examples=samples(25), deadline=None, suppress_health_check=list(HealthCheck))
@pytest.mark.slow
def test_answers_are_as_described(case):
    # A text may well be a string and yet no function: refusing it is right.
    case.call_and_validate(excluded_checks=schemathesis.checks.CHECKS.get_by_names([REFUSALS]))

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from adexplain.server.app import create_app


@pytest.fixture(scope="session")
def client() -> Iterator[TestClient]:
    with TestClient(create_app()) as client:
        yield client

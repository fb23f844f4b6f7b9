"""Fixtures all tests share; the servers come from ``tests.servers``."""

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session")
def django_db_setup() -> Iterator[None]:
    """The database is a clone of the migrated template already; nothing to create or drop."""
    yield

from datetime import timedelta

import pytest

from formbuilder.config import Settings
from formbuilder.database import parked_posts
from formbuilder.database.connection import TenantConnection
from formbuilder.database.database import Database
from formbuilder.keyring import Keyring
from formbuilder.master_keys import KeysRefused
from formbuilder.operations.key_life import destroy_generation, generations_in_use
from tests.installed import NOW


def park(database: Database, id_: str, sealed: bytes) -> None:
    post = parked_posts.ParkedPost(
        id=id_, person_key="p", content_sealed=sealed, created_at=NOW
    )
    database.write("ekvalla", lambda tc: parked_posts.park(tc, post))


@pytest.fixture
def two_generations(database: Database, keys: Keyring) -> Keyring:
    """Rows of generation 1 and 2, and one sealed to a department."""
    park(database, "1", keys.seal("drafts", "ekvalla", "1", b"x"))
    keys.rotate()
    park(database, "2", keys.seal("drafts", "ekvalla", "2", b"x"))
    park(database, "3", keys.department_seal("ekvalla", "kitchen", b"x"))
    return keys


@pytest.mark.usefixtures("two_generations")
def test_what_each_generation_sealed_is_counted(settings: Settings) -> None:
    assert generations_in_use(settings) == {1: 1, 2: 1}


def test_a_generation_something_needs_is_not_destroyed(
    settings: Settings, two_generations: Keyring
) -> None:
    with pytest.raises(KeysRefused, match="still opens 1 values"):
        destroy_generation(settings, two_generations, 1)


def test_a_generation_nothing_needs_is_destroyed(
    settings: Settings, database: Database, two_generations: Keyring
) -> None:
    def expire(tc: TenantConnection) -> int:
        return parked_posts.delete_expired(tc, now=NOW + timedelta(hours=1))

    database.write("ekvalla", expire)

    destroy_generation(settings, two_generations, 1)

    assert two_generations.generations == (2,)

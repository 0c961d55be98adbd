from dataclasses import fields

import pytest
from sqlalchemy.exc import SQLAlchemyError

from formbuilder.database import tables
from formbuilder.database.database import Database
from formbuilder.database.drafts import DraftRow
from formbuilder.database.eid_orders import EidOrderRow
from formbuilder.database.inbox import InboxRow
from formbuilder.database.orders import OrderRow
from formbuilder.database.parked_posts import ParkedPost
from formbuilder.database.records import RecordRow
from formbuilder.database.sessions import SessionRow
from formbuilder.database.uploads import UploadRow


def test_no_error_of_the_database_lists_what_was_to_be_written(
    database: Database,
) -> None:
    with pytest.raises(SQLAlchemyError) as error:
        database.write(
            "ekvalla",
            lambda tc: tc.insert(
                tables.parked_posts, id="1", person_key="CANARY", content_sealed=b"x"
            ),
        )

    # The server may name the row in its own part of the message: ids and ciphertext.
    told = str(error.value).replace(str(error.value.__cause__), "")
    assert "CANARY" not in told


@pytest.mark.parametrize(
    "row",
    [EidOrderRow, OrderRow, InboxRow, RecordRow, UploadRow, ParkedPost],
)
def test_no_row_shows_what_is_sealed_in_it(row: type) -> None:
    shown = [field.name for field in fields(row) if field.repr]

    assert [name for name in shown if name.endswith("_sealed")] == []


@pytest.mark.parametrize("kind", [SessionRow, DraftRow])
def test_no_row_of_a_request_shows_what_is_sealed_in_it(kind: type) -> None:
    row = kind._make("CANARY" if n.endswith("_sealed") else n for n in kind._fields)

    assert "CANARY" in row
    assert "CANARY" not in repr(row)

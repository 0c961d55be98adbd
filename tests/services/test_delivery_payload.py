"""What a receiver is given is what the published schema says."""

import json

import jsonschema
from household import AMIR, FATIMA
from school_start import NUTS
from town import Town

from schemas.published import document


def test_every_payload_follows_the_published_delivery_schema(school: Town) -> None:
    school.send(FATIMA, AMIR, NUTS)
    schema = jsonschema.Draft202012Validator(document("urn:formbuilder:delivery:1"))

    payloads = [
        school.services.fulfil.delivery("ekvalla", order).payload
        for order in school.orders()
    ]

    assert payloads
    assert [list(schema.iter_errors(json.loads(p))) for p in payloads] == [[]] * len(
        payloads
    )

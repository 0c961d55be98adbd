"""Answers to the whole school start, to be changed by each story."""

from typing import Any

ALLERGY = {
    "need": True,
    "kind": ["allergy"],
    "avoid": ["nuts", "peanut"],
    "trace": "no",
    "acute": True,
    "acute_medicine": True,
    "airborne": True,
}
PLAIN: dict[str, Any] = {
    "enrolment": {
        "start": "as_usual",
        "choosing": True,
        "choices": ["ekbacken", "strandskolan"],
    },
    "leisure": {"want": False},
    "contacts": {
        "mobile": "0701740605",
        "mail": "sara@example.se",
        "interpreter": False,
        "ice": [{"name": "Rut Ek", "relation": "Mormor", "phone": "0701740606"}],
        "ice_informed": True,
    },
    "diet": {"need": False},
    "health": {
        "bvc": "BVC Ekvalla",
        "region": "13",
        "bvc_ok": "yes",
        "vaccinated": "yes",
        "conditions": ["none"],
        "medicine": False,
        "acute": False,
    },
    "mother_tongue": {"languages": ["swe"], "apply": False},
    "transport": {"apply": False},
    "photo": {"web": False, "social": False, "print": False, "until": "2028-06-16"},
    "digital": {"rules": True},
}
NUTS = PLAIN | {"diet": ALLERGY}
YES = {"web": True, "social": True, "print": True, "name": True, "until": "2028-06-16"}


def with_photo(**values: object) -> dict[str, Any]:
    return PLAIN | {"photo": {**YES, **values}}

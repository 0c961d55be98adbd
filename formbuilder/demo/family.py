"""The family of the walk: two guardians who agree on the food, not on the photos."""

from typing import Any, Final

from formbuilder.visitor import Upload

SARA: Final = "198604222383"
JOHAN: Final = "198503092390"
ELIS: Final = "202103142390"
KITCHEN: Final = "197601252385"
COMMUNICATION: Final = "197612022389"
NURSE: Final = "197607072381"

CERTIFICATE: Final = Upload(
    name="intyg.png",
    media_type="image/png",
    # The smallest picture there is: one grey pixel.
    content=bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
        "0000000a49444154789c636800000082008177cd72b60000000049454e44ae426082"
    ),
)
UPLOADS: Final = {"/diet/certificate": CERTIFICATE}

SARAS_ANSWERS: Final[dict[str, Any]] = {
    "enrolment": {
        "start": "as_usual",
        "choosing": True,
        "choices": ["ekbacken", "strandskolan"],
        "sibling": False,
        "support": False,
    },
    "contacts": {
        "mobile": "0701740605",
        "mail": "sara@example.se",
        "interpreter": False,
        "ice": [{"name": "Rut Lindqvist", "relation": "Mormor", "phone": "0701740606"}],
        "ice_informed": True,
    },
    "photo": {"web": True, "social": True, "print": True, "name": False},
    "diet": {
        "need": True,
        "kind": ["allergy"],
        "avoid": ["nuts", "peanut"],
        "trace": "no",
        "acute": True,
        "acute_medicine": True,
        "airborne": True,
    },
    "leisure": {"want": False},
    "health": {
        "bvc": "BVC Ekvalla",
        "region": "14",
        "bvc_ok": "yes",
        "vaccinated": "yes",
        "conditions": ["allergy"],
        "medicine": False,
        "acute": True,
        "acute_text": "Adrenalinpenna i ryggsäcken",
    },
    "mother_tongue": {"languages": ["swe"], "apply": False},
    "transport": {"apply": False},
    "digital": {"rules": True, "loan": True},
}

JOHANS_ANSWERS: Final[dict[str, Any]] = {
    "contacts": {
        "mobile": "0701740607",
        "mail": "johan@example.se",
        "interpreter": False,
    },
    "photo": {"web": False, "social": False, "print": False},
}

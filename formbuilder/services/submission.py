"""A submission before it is signed: what exactly will be signed, frozen."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime

from schemas.acceptance import Offer
from schemas.consent import Choice
from schemas.definition import Json
from schemas.offered import Offered, read_offered

Place = tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """One unit as it stands in the manifest: its digest, and the salt if it is new.

    `offered` are the code lists a new one's answers were chosen from.
    """

    offer: Offer
    digest: str
    salt: str = field(default="", repr=False)
    offered: tuple[Offered, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """Everything a signature will bring about, decided before anyone is asked to sign.

    `against` has the version each unit was compared with: if another stands there
    at the end, the signer has not seen it. `language` is what they read the questions
    in, where no eID says it with their signature.
    """

    tenant: str
    draft_id: str
    case_id: str
    reference: str
    is_new_case: bool
    form_id: str
    version: str
    subject_key: str
    signer: str
    header: Json
    units: tuple[Signed, ...]
    choices: tuple[Choice, ...]
    against: Mapping[Place, str]
    visible_text: str = ""
    manifest: str = ""
    language: str = ""

    @property
    def offers(self) -> tuple[Offer, ...]:
        """Return what the signer says about each unit."""
        return tuple(signed.offer for signed in self.units)

    @property
    def sections(self) -> tuple[str, ...]:
        """Return the sections this is about, in order."""
        return tuple(dict.fromkeys(s.offer.section for s in self.units))

    def to_json(self) -> Json:
        """Write the submission as `from_json` reads it."""
        written = asdict(self)
        written["against"] = [[*p, v] for p, v in self.against.items()]
        written["choices"] = [
            {**asdict(c), "at": c.at.isoformat(), "until": _iso(c.until)}
            for c in self.choices
        ]
        return written

    @classmethod
    def from_json(cls, found: Json) -> "Submission":
        """Read what `to_json` wrote."""
        values = dict(found)
        values["units"] = tuple(
            Signed(
                offer=Offer(**one["offer"]),
                digest=one["digest"],
                salt=one["salt"],
                offered=read_offered(one.get("offered", ())),
            )
            for one in found["units"]
        )
        values["choices"] = tuple(
            Choice(**{**c, "at": _time(c["at"]), "until": _time_or_none(c["until"])})
            for c in found["choices"]
        )
        values["against"] = {(s, p, o): v for s, p, o, v in found["against"]}
        return cls(**values)


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _time_or_none(text: str | None) -> datetime | None:
    return _time(text) if text else None

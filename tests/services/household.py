"""A register and an eID one can change in the middle of a test, and a family at them."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import count
from typing import ClassVar

from formbuilder.identity.provider import (
    Complete,
    Evidence,
    Failed,
    Identity,
    IdentityUnavailable,
    OrderRequest,
    Outcome,
    Pending,
    StartedOrder,
    Verdict,
)
from formbuilder.register.register import PersonRecord, Protection

# Skatteverket's official test numbers.
SARA, JOHAN, ELIS = "198604222383", "198503092390", "202103142390"
MARIA, PETER, VERA = "198704122384", "198404282397", "202104182387"
FATIMA, AMIR = "199003112381", "202105032391"
COOK, NURSE, CLERK, INFORMER = (
    "197601252385",
    "197607072381",
    "197805032385",
    "197612022389",
)


def record(
    number: str, given: str, family: str, home: str = "ekbacken"
) -> PersonRecord:
    return PersonRecord(
        personal_number=number,
        given_name=given,
        family_name=family,
        address=(f"{home} 4", "123 45 Ekvalla"),
        address_id=home,
        protection="none",
    )


@dataclass
class FakeRegister:
    """People and who decides for whom, to be changed at will."""

    key: ClassVar[str] = "fake"
    people: dict[str, PersonRecord] = field(default_factory=dict)
    guardians: dict[str, list[str]] = field(default_factory=dict)

    def person(self, personal_number: str) -> PersonRecord | None:
        return self.people.get(personal_number)

    def children_of(self, personal_number: str, on: date) -> tuple[PersonRecord, ...]:
        return tuple(
            self.people[child]
            for child, found in self.guardians.items()
            if personal_number in found
        )

    def guardians_of(self, child: str, on: date) -> tuple[PersonRecord, ...]:
        return tuple(self.people[number] for number in self.guardians.get(child, ()))

    def protect(self, number: str, protection: Protection = "marked") -> None:
        self.people[number] = replace(self.people[number], protection=protection)


def families() -> FakeRegister:
    people = [
        record(SARA, "Sara", "Lindqvist"),
        record(JOHAN, "Johan", "Lindqvist"),
        record(ELIS, "Elis", "Lindqvist"),
        record(MARIA, "Maria", "Nyström", "strand"),
        record(PETER, "Peter", "Hallberg", "torget"),
        record(VERA, "Vera", "Hallberg", "strand"),
        record(FATIMA, "Fatima", "Karimi", "allen"),
        record(AMIR, "Amir", "Karimi", "allen"),
        *(record(n, "Anställd", "Ekvalla") for n in (COOK, NURSE, CLERK, INFORMER)),
    ]
    return FakeRegister(
        people={person.personal_number: person for person in people},
        guardians={ELIS: [SARA, JOHAN], VERA: [MARIA, PETER], AMIR: [FATIMA]},
    )


@dataclass
class FakeBankID:
    """An eID that is approved by whom the test says, when the test says."""

    key: ClassVar[str] = "bankid"
    register: FakeRegister
    clock: object = None
    approved_by: str = ""
    is_slow: bool = False
    is_forged: bool = False
    device_ip: str = "127.0.0.1"
    ends: str = ""
    refuses: str = ""
    verified: list[datetime] = field(default_factory=list)
    collects: int = 0
    requests: list[OrderRequest] = field(default_factory=list)
    numbers: count = field(default_factory=count)

    def start(self, request: OrderRequest) -> StartedOrder:
        if self.refuses:
            raise IdentityUnavailable(self.refuses)
        self.requests.append(request)
        return StartedOrder(
            provider=self.key,
            purpose=request.purpose,
            reference=f"order-{next(self.numbers)}",
            started_at=self.clock(),
            tokens={"person": request.person or ""},
        )

    def collect(self, order: StartedOrder) -> Outcome:
        self.collects += 1
        if self.is_slow:
            return Pending(hint="outstandingTransaction")
        if self.ends:
            return Failed(hint=self.ends)
        number = order.tokens["person"] or self.approved_by
        person = self.register.people[number]
        request = self.requests[int(order.reference.split("-")[1])]
        return Complete(
            identity=Identity(
                personal_number=number,
                given_name=person.given_name,
                family_name=person.family_name,
                name=person.name,
            ),
            evidence=Evidence(
                signature_xml=b"<Signature/>",
                ocsp=b"ocsp",
                completion={
                    "text": request.visible_text,
                    "hidden": (request.non_visible or b"").decode(),
                    "person": number,
                },
            ),
            device_ip=self.device_ip,
        )

    def cancel(self, order: StartedOrder) -> None:
        pass

    def verify(
        self,
        evidence: Evidence,
        *,
        purpose: str,
        visible_text: str,
        non_visible: bytes | None,
        person: str | None,
        received_at: datetime,
    ) -> Verdict:
        said = evidence.completion
        self.verified.append(received_at)
        if self.is_forged:
            return Verdict(ok=False, reason="forged")
        is_same = (
            said["text"] == visible_text
            and said["hidden"] == (non_visible or b"").decode()
            and said["person"] == person
        )
        return Verdict(
            ok=is_same, reason="" if is_same else "other", signed_at=received_at
        )

    def qr(self, order: StartedOrder, now: datetime) -> str | None:
        return "bankid.qr"

    def launch_url(self, order: StartedOrder, same_device: bool) -> str:
        return "bankid:///"

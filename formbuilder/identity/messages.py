"""What to say to somebody for every answer an identity service can give."""

from collections.abc import Mapping
from typing import Final, Literal

from schemas.catalogue import SOURCE_LANGUAGE, text

Device = Literal["qr", "computer", "mobile"]
"""Where their app is: `qr` on another device, else on the one they hold."""
Status = Literal["pending", "failed"]

# The wording is ours; the numbers are BankID's recommended messages.
OPEN_APP: Final = "Öppna BankID-appen på din enhet."  # RFA1
APP_OPENS: Final = "BankID-appen öppnas nu."  # RFA13
STOPPED: Final = "Begäran stoppades. Försök igen."  # RFA3
ALREADY: Final = (
    "Det pågår redan en BankID-begäran för dig. Avbryt den i appen om du inte har "
    "startat den själv, och försök sedan igen."
)  # RFA4
FAULT: Final = "BankID har ett tekniskt fel. Vänta en stund och försök igen."  # RFA5
YOU_CANCELLED: Final = "Du avbröt i BankID-appen. Försök igen när du vill."  # RFA6
TIME_RAN_OUT: Final = (
    "Tiden gick ut innan appen svarade. Se till att du har internet och att appen är "
    "öppen, och försök igen."
)  # RFA8
CONFIRM: Final = "Bekräfta med din kod eller biometri i BankID-appen."  # RFA9
LOOKING_ON_COMPUTER: Final = (
    "Letar efter ett BankID på datorn. Har du BankID på kort, sätt i kortet."  # RFA15A
)
LOOKING_ON_DEVICE: Final = "Letar efter ett BankID på enheten."  # RFA15B
NOT_VALID: Final = (
    "Ditt BankID går inte att använda. Det kan vara spärrat eller för gammalt. "
    "Kontakta din bank."
)  # RFA16
NEVER_STARTED: Final = "BankID-appen startade inte. Kontrollera att den är installerad och försök igen."  # RFA17A
NEVER_SCANNED: Final = (
    "QR-koden lästes inte av i tid. Hämta en ny kod och försök igen."  # RFA17B
)
WAITING: Final = "Vi väntar på BankID."  # RFA21
COME_BACK: Final = (
    "Vi väntar på att appen leder tillbaka hit. Händer inget: avbryt, och välj BankID "
    "på en annan enhet."
)
UNEXPECTED: Final = "Något oväntat hände. Försök igen."  # RFA22
READ_DOCUMENT: Final = "Läs av ditt pass eller ID-kort i BankID-appen."  # RFA23
FOLLOW_APP: Final = "Följ anvisningarna i BankID-appen."  # RFA24, RFA25
DOCUMENT_NOT_READ: Final = (
    "Passet eller ID-kortet kunde inte kontrolleras. Försök igen."  # RFA26
)
FACE_NOT_SEEN: Final = "Ansiktet kunde inte jämföras. Försök igen i bra ljus."  # RFA27
NO_READER: Final = (
    "Enheten kan inte läsa av pass eller ID-kort. Använd en annan enhet."  # RFA28
)
SEVERAL: Final = (
    "Det finns flera BankID på enheten. Välj i appen vilket du vill använda och "
    "försök igen."
)  # RFA29
EXTRA_CHECK_FAILED: Final = (
    "Den extra kontrollen i appen gick inte igenom. Försök igen."  # RFA30
)
# BankID recommends no text for these.
IN_A_CALL: Final = (
    "Appen frågar om du pratar i telefon. Svara nej och avbryt om du inte själv har "
    "ringt upp."
)
DECLINED_CALL: Final = "Du svarade i appen att du inte pratar i telefon med oss."
OLD_APP: Final = "BankID-appen är för gammal. Uppdatera den och försök igen."
RISK: Final = (
    "BankID stoppade begäran för din säkerhet. Försök igen från din egen enhet, eller "
    "kontakta oss på annat sätt."
)

PENDING: Final[Mapping[str, str]] = {
    "outstandingTransaction": OPEN_APP,
    "noClient": OPEN_APP,
    "started": LOOKING_ON_DEVICE,
    "userMrtd": READ_DOCUMENT,
    "userCallConfirm": IN_A_CALL,
    "userSign": CONFIRM,
    "processing": WAITING,
    "returnAwaited": COME_BACK,
    "userFace": FOLLOW_APP,
    "userStepUp": FOLLOW_APP,
}
FAILED: Final[Mapping[str, str]] = {
    "expiredTransaction": TIME_RAN_OUT,
    "certificateErr": NOT_VALID,
    "userCancel": YOU_CANCELLED,
    "cancelled": STOPPED,
    "startFailed": NEVER_STARTED,
    "userDeclinedCall": DECLINED_CALL,
    "notSupportedByUserApp": OLD_APP,
    "transactionRiskBlocked": RISK,
    "mrtdVerificationFailed": DOCUMENT_NOT_READ,
    "facialRecognitionFailed": FACE_NOT_SEEN,
    "nfcNotSupportedByDevice": NO_READER,
    "multipleBankIdsOnDevice": SEVERAL,
    "stepUpFailed": EXTRA_CHECK_FAILED,
    # Error codes: our own mistakes tell nobody more than that it went wrong.
    "alreadyInProgress": ALREADY,
    "requestTimeout": FAULT,
    "internalError": FAULT,
    "maintenance": FAULT,
    "unreachable": FAULT,
    "invalidParameters": UNEXPECTED,
    "unauthorized": UNEXPECTED,
    "notFound": UNEXPECTED,
    "methodNotAllowed": UNEXPECTED,
    "unsupportedMediaType": UNEXPECTED,
}
ON_THIS_DEVICE: Final[Mapping[tuple[str, Device], str]] = {
    ("outstandingTransaction", "computer"): APP_OPENS,
    ("outstandingTransaction", "mobile"): APP_OPENS,
    ("started", "computer"): LOOKING_ON_COMPUTER,
    ("startFailed", "qr"): NEVER_SCANNED,
}


def message(
    hint: str,
    language: str = SOURCE_LANGUAGE,
    device: Device = "qr",
    status: Status | None = None,
) -> str:
    """Return what to say for a hint or error code.

    BankID adds codes without notice: an unknown one means waiting while `status` is
    pending, and that something went wrong otherwise.
    """
    unknown = WAITING if status == "pending" else UNEXPECTED
    known = PENDING.get(hint) or FAILED.get(hint) or unknown
    return text(ON_THIS_DEVICE.get((hint, device), known), language)


def every_message() -> frozenset[str]:
    """Return every Swedish sentence, for the catalogue to translate."""
    return frozenset({*PENDING.values(), *FAILED.values(), *ON_THIS_DEVICE.values()})

"""Every field type there is, the more particular before the more general."""

from schemas.field_type import FieldType
from schemas.field_types.address import Address
from schemas.field_types.bankgiro import Bankgiro
from schemas.field_types.clock_time import ClockTime
from schemas.field_types.consent import Consent
from schemas.field_types.day import Day
from schemas.field_types.email import Email
from schemas.field_types.file import File
from schemas.field_types.grid import Grid
from schemas.field_types.iban import Iban
from schemas.field_types.information import Information
from schemas.field_types.lines import Lines
from schemas.field_types.long_text import LongText
from schemas.field_types.many_choices import ManyChoices
from schemas.field_types.money import Money
from schemas.field_types.number import Number
from schemas.field_types.one_choice import OneChoice
from schemas.field_types.organisation_number import OrganisationNumber
from schemas.field_types.personal_number import PersonalNumberField
from schemas.field_types.phone import Phone
from schemas.field_types.postal_code import PostalCode
from schemas.field_types.ranked import Ranked
from schemas.field_types.rows import Rows
from schemas.field_types.text import Text
from schemas.field_types.tuples import Tuple
from schemas.field_types.unsupported import Unsupported
from schemas.field_types.yes_no import YesNo

BUILT_IN: tuple[FieldType, ...] = (
    Consent(),
    OneChoice(),
    Ranked(),
    Tuple(),
    ManyChoices(),
    File(),
    Email(),
    Phone(),
    PersonalNumberField(),
    OrganisationNumber(),
    PostalCode(),
    Iban(),
    Bankgiro(),
    Day(),
    ClockTime(),
    YesNo(),
    Money(),
    Number(),
    Information(),
    Rows(),
    Grid(),
    Address(),
    Lines(),
    LongText(),
    Text(),
    Unsupported(),
)

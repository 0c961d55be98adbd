"""The electronic identities people may log in and sign with."""

from formbuilder.identity.providers.bankid import BankID

BUILT_IN = (BankID,)

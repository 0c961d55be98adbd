"""A BankID of our own on this machine: the service, its certificates and a phone."""

"""Proving what a BankID signature says without asking BankID."""

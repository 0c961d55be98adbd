"""Speaking to BankID's relying-party service, version 6."""

"""The service: web, services and adapters around the form engine."""

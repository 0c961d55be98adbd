"""Form definitions made from JSON Schemas that others wrote, with their layout."""

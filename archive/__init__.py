"""What outlives the system: records, envelopes, stores and packages."""

"""From what services answer to what pages show."""

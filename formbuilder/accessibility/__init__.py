"""A form's own faults for those who cannot see, hear, point or read as others do."""

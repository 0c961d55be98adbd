"""What an operator does to an installation: look after it, copy it, put it back."""

"""The tables as the first version had them; what has been released never changes."""

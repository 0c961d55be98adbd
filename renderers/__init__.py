"""How a form and its answers look."""

"""How what was accepted reaches the departments, and that it does."""

"""What a form and an answer are: pure values and functions, no I/O."""

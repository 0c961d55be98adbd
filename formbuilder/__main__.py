"""`python -m formbuilder` is the `formbuilder` command."""

from formbuilder.cli import main

main()

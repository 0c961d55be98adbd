"""What pytest leaves alone: programs of their own, and scripts that alembic runs."""

collect_ignore_glob = ["formbuilder/database/migrations/*", "tests/eark_report.py"]

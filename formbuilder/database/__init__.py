"""What is kept: tables, transactions and a repository for each aggregate."""

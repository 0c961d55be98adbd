"""Kinds of archive packages."""

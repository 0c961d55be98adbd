"""A folder of schemas that others wrote, each taken through import, check and try."""

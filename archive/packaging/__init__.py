"""The XML documents of an archival package, one module for each vocabulary."""

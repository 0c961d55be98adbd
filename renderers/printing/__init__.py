"""How a document becomes a PDF that is still read and heard in thirty years."""

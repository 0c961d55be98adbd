"""How fast the product is, each figure a ratio to a floor measured beside it."""

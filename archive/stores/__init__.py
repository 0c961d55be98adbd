"""The kinds of places envelopes can lie in."""

from archive.stores.local import LocalStore

BUILT_IN = (LocalStore,)

"""The whole service on one machine, with simulators, for trying out and for tests."""

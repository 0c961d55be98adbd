from simulated import bankid, hand, pki_directory, simulator

__all__ = ["bankid", "hand", "pki_directory", "simulator"]

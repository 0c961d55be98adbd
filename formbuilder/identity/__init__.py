"""Who somebody is, and what they signed: electronic identities behind one contract."""

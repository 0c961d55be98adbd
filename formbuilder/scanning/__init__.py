"""Looking for malware in files that people attach."""

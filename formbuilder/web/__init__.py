"""What people meet: addresses, cookies and pages over the services."""

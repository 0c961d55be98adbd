"""Forms and pages as HTML: templates over frozen views, no request, no session."""

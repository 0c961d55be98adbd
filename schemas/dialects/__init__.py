"""Other people's JSON Schema: older drafts brought to 2020-12, bundles to one resource."""

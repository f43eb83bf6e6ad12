"""The plan language as models, section by section: the only source of its JSON Schema and help."""

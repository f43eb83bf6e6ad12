"""The forms: sections of a plan that expand into primitive sections and own no arithmetic.

One module a section: credits, scorecard, grades, counters, incentives, interventions. Each has
the pydantic models of what the author writes (the source of the schema, the editor's help and
the reference page) and an `expand` function that returns an `Expansion`.
"""

"""The plan language: a plan's text read, checked and resolved into what the engine computes.

`loading` reads YAML into the models of `models`, `resolve` turns them into a
`ResolvedPlan`, `lints` warn about what is allowed but unwise. Pure: texts and schemas in,
values and problems out.
"""

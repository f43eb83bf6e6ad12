"""Readers: a file becomes staged rows of text, in a child process of its own.

Everything below this folder but `reader` uses only the standard library, so that the child
starts fast and has little to be attacked with. Nothing here knows datasets: a reader says what
stands in the file and what it noticed, and the checks decide.
"""

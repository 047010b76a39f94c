"""The command line: one module per command, and what they share (options, tables, progress, messages).

In: the arguments of a call. Out: results on standard output, messages on standard error, an exit code.
"""

"""Pure scoring: frames of answers in, scores with their uncertainty out.

Nothing here reads a clock, a setting or a database, changes what it is given, or rounds.
"""

"""What a person can do to an instrument, one act at a time.

An act takes an instrument and gives a new one; the old one stays, which is what undo goes back to.
`acts.py` lists everything there is, `apply.py` does it.
"""

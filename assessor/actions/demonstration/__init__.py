"""Riverbend, the made-up library: set up whole, with two years of answers and a survey that runs.

`opinions` says what its people think, `people` turns that into answers, `fielding` sends them in
page by page as patrons do, and `setting_up` makes the library they belong to.
"""

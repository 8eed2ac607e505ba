"""Scorecards as figures, sentences, tables and pages: one report for the site and for files."""

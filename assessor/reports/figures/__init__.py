"""Figures of a scorecard: each takes a scorecard or a part of it and computes no number.

A figure has a chart behind it (`…_chart`) that carries its sentence and its table.
"""

from assessor.reports.figures.counts import counts
from assessor.reports.figures.coverage import coverage
from assessor.reports.figures.drawing import CONFIG, TRACES, figure_json, in_scheme
from assessor.reports.figures.groups import groups
from assessor.reports.figures.standing import indicator_standing, standing

__all__ = [
    "CONFIG",
    "TRACES",
    "counts",
    "coverage",
    "figure_json",
    "groups",
    "in_scheme",
    "indicator_standing",
    "standing",
]

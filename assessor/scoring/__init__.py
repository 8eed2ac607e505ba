"""Answers in, scores out. Read `score.py` first: it is the whole chain on one page."""

from assessor.scoring.frames import WaveAnswers, frame_from_answers
from assessor.scoring.score import score, scorecard_bytes

__all__ = ["WaveAnswers", "frame_from_answers", "score", "scorecard_bytes"]

"""Published LimeSurvey files of every version: all of them arrive, whole, and come back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assessor.domain.checks.instrument import check_instrument
from assessor.domain.kinds import columns
from assessor.formats.foreign import Imported
from assessor.formats.limesurvey import read_limesurvey, write_limesurvey

WITHOUT_QUESTIONS = {
    "limesurvey_survey_251297_import_group.lss",
    "limesurvey_survey_383591_testCreateQuestion.lss",
}

Samples = dict[str, Imported]


@pytest.fixture(scope="module")
def samples(shared_folder: Path) -> Samples:
    paths = sorted((shared_folder / "formats" / "limesurvey").iterdir())
    return {path.name: read_limesurvey(path.read_bytes(), path.name) for path in paths}


def with_questions(samples: Samples) -> Iterator[tuple[str, Imported]]:
    yield from ((name, one) for name, one in samples.items() if name not in WITHOUT_QUESTIONS)


def test_there_are_many(samples: Samples) -> None:
    assert len(samples) > 50


def test_all_that_have_questions_are_instruments(samples: Samples) -> None:
    assert {name for name, one in samples.items() if one.instrument is None} == WITHOUT_QUESTIONS
    for name in WITHOUT_QUESTIONS:
        assert [problem.code for problem in samples[name].problems] == ["limesurvey.empty"]


def test_nothing_is_missing(samples: Samples) -> None:
    for name, one in with_questions(samples):
        assert all(a == b for a, b in one.report.counts.values()), (name, one.report.counts)


def test_none_has_errors(samples: Samples) -> None:
    for name, one in with_questions(samples):
        assert one.instrument is not None
        errors = [p for p in check_instrument(one.instrument) if p.severity == "error"]
        assert not errors, (name, errors)


def test_all_come_back_as_they_went(samples: Samples) -> None:
    for name, one in with_questions(samples):
        assert one.instrument is not None
        data, _report = write_limesurvey(one.instrument)
        again = read_limesurvey(data, name).instrument
        assert again == one.instrument, name
        assert write_limesurvey(again)[0] == data, name


def test_all_answers_are_the_instruments(samples: Samples) -> None:
    for name, one in with_questions(samples):
        assert one.instrument is not None
        known = {column.name for column in columns(one.instrument)}
        assert all(set(row) <= known for row in one.answers), name


def test_responses_are_as_many_as_in_the_archives(samples: Samples) -> None:
    assert len(samples["survey_archive_statCountFunctionsTest.lsa"].answers) == 8
    assert len(samples["survey_statistics_one.lsa"].answers) == 10


def test_every_line_of_a_report_says_something(samples: Samples) -> None:
    for _name, one in with_questions(samples):
        for loss in one.report.losses:
            assert loss.item
            assert loss.about
            assert loss.message.endswith(".")

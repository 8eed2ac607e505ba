"""What is written and read back is the same, whatever it holds."""

from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.domain.checks.folder import check_folder
from assessor.domain.fingerprint import fingerprint
from assessor.domain.folder import LibraryFolder
from assessor.domain.instrument import Instrument
from assessor.domain.plan import Plan
from assessor.formats.answers_csv import read_answers_csv
from assessor.formats.answers_csv_writing import write_answers_csv
from assessor.formats.folder import read_files, write_folder
from assessor.formats.folder_zip import read_zip, zip_folder
from assessor.formats.instrument_file import read_instrument_file, write_instrument_file
from assessor.formats.mapping_file import read_mapping_file, write_mapping_file
from assessor.formats.plan_file import read_plan_file, write_plan_file
from tests import strategies


@settings(max_examples=60)
@given(strategies.plans())
def test_a_plan_file_holds_the_whole_plan(plan: Plan) -> None:
    written = write_plan_file(plan)
    assert read_plan_file(written).unwrap() == plan
    assert write_plan_file(plan) == written


@settings(max_examples=50)
@given(strategies.instruments())
def test_an_instrument_file_holds_the_whole_instrument(instrument: Instrument) -> None:
    read = read_instrument_file(write_instrument_file(instrument)).unwrap()
    assert read == instrument
    assert fingerprint(read) == fingerprint(instrument)


@settings(max_examples=30)
@given(strategies.folders())
def test_a_folder_is_sound_and_read_back_with_the_same_fingerprints(folder: LibraryFolder) -> None:
    assert not [p for p in check_folder(folder) if p.severity == "error"]
    read = read_files(write_folder(folder)).unwrap()
    assert read == folder
    assert fingerprint(read) == fingerprint(folder)
    assert read_mapping_file(write_mapping_file(folder.mapping)).unwrap() == folder.mapping


@settings(max_examples=30)
@given(strategies.folders())
def test_a_downloaded_folder_loads_back_unchanged(folder: LibraryFolder) -> None:
    archive = zip_folder(folder)
    assert zip_folder(folder) == archive
    assert read_zip(archive).unwrap() == folder


@settings(max_examples=60)
@given(st.data())
def test_answers_written_as_csv_are_the_answers_read(data: st.DataObject) -> None:
    instrument = data.draw(strategies.instruments())
    rows = data.draw(st.lists(strategies.answers(instrument), min_size=1, max_size=5))
    groups = [data.draw(st.sampled_from([None, "adults", "=other"])) for _ in rows]
    weights = [data.draw(st.floats(0, 100)) for _ in rows]
    written = write_answers_csv(instrument, rows, groups, weights).unwrap()
    read = read_answers_csv(written, "answers.csv", [instrument])
    assert not read.errors
    assert read.value is not None
    table = read.value[instrument.key]
    assert table.rows == rows
    assert table.groups == groups
    assert table.weights == weights

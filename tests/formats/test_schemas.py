"""The published schemas are those of the models, and every file we write follows them."""

import json
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from jsonschema import Draft7Validator
from pydantic import BaseModel
from ruamel.yaml import YAML

from assessor.domain.folder import LibraryFolder
from assessor.domain.instrument import Instrument
from assessor.domain.mapping import Mapping
from assessor.domain.plan import Plan
from assessor.formats.folder import write_folder
from assessor.formats.schemas import SCHEMAS, schema_files, schema_of
from tests import strategies


def test_the_published_schemas_are_up_to_date(project_root: Path) -> None:
    published = project_root / "docs" / "schemas"
    for name, content in schema_files().items():
        assert (published / name).read_bytes() == content, (
            f"{name} differs; run `python -m assessor.formats.schemas`"
        )


@pytest.mark.parametrize("model", SCHEMAS.values(), ids=lambda model: model.__name__)
def test_each_is_a_schema_that_refuses_unknown_fields(model: type[BaseModel]) -> None:
    schema = schema_of(model)
    Draft7Validator.check_schema(schema)
    assert schema["additionalProperties"] is False


def validator(model: type[BaseModel]) -> Draft7Validator:
    return Draft7Validator(schema_of(model))


@settings(max_examples=20)
@given(strategies.folders())
def test_what_is_written_follows_its_schema_for_any_reader(folder: LibraryFolder) -> None:
    files = write_folder(folder)
    for name, model in (
        ("plan.yaml", Plan),
        ("mapping.yaml", Mapping),
        ("patrons.yaml", Instrument),
    ):
        # Another reader than our own: this is what an editor sees.
        content = YAML(typ="safe", pure=True).load(StringIO(files[name].decode()))
        validator(model).validate(json.loads(json.dumps(content)))


def test_a_file_names_its_schema_in_its_first_line(project_root: Path) -> None:
    folder = LibraryFolder(plan=Plan(key="a", title="A"), mapping=Mapping(plan="a"), instruments=())
    for name, data in write_folder(folder).items():
        start, _, path = data.decode().splitlines()[0].partition("$schema=")
        assert start == "# yaml-language-server: "
        assert (project_root / "surveys" / "riverbend" / path).resolve().is_file(), name


def test_an_instrument_file_may_name_catalogue_scales() -> None:
    content = {
        "key": "a",
        "title": "A",
        "use_scales": ["agreement5"],
        "pages": [{"key": "p", "items": [{"key": "c", "kind": "long_text", "text": "C"}]}],
    }
    validator(Instrument).validate(content)
    assert not validator(Instrument).is_valid(content | {"use_scales": "agreement5"})
    assert not validator(Instrument).is_valid(content | {"titel": "A"})

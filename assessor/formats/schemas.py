"""The published JSON Schemas, made from the domain models, for editors and other programs.

`python -m assessor.formats.schemas` writes them to `docs/schemas`; a test compares the two. They
follow draft 7, which is what editors know.
"""

import json
from pathlib import Path
from typing import Any

import click
from pydantic import BaseModel

from assessor.domain.catalogue import CatalogueItems, CatalogueScales
from assessor.domain.instrument import Instrument
from assessor.domain.mapping import Mapping
from assessor.domain.plan import Plan
from assessor.domain.scorecard import Scorecard
from assessor.formats.instrument_file import USE_SCALES

DRAFT = "http://json-schema.org/draft-07/schema#"
FOLDER = Path("docs/schemas")

SCHEMAS: dict[str, type[BaseModel]] = {
    "plan.schema.json": Plan,
    "mapping.schema.json": Mapping,
    "instrument.schema.json": Instrument,
    "catalogue-scales.schema.json": CatalogueScales,
    "catalogue-items.schema.json": CatalogueItems,
    "scorecard.schema.json": Scorecard,
}

Json = dict[str, Any]  # Any: a schema is arbitrary JSON by nature


def schema_files() -> dict[str, bytes]:
    """File name → content of every published schema."""
    return {
        name: (json.dumps(schema_of(model), ensure_ascii=False, indent=2) + "\n").encode()
        for name, model in SCHEMAS.items()
    }


def schema_of(model: type[BaseModel]) -> Json:
    """The schema of a model's file: the model's own, and what only files may say."""
    schema = {"$schema": DRAFT, **model.model_json_schema(by_alias=True)}
    if model is Instrument:
        schema["properties"][USE_SCALES] = {
            "type": "array",
            "items": {"type": "string"},
            "title": "Use scales",
            "description": "Catalogue scales to use here, such as agreement5, without writing "
            "them out under `scales`",
        }
    draft_7: Json = _in_draft_7(schema)
    return draft_7


def _in_draft_7(value: Any) -> Any:
    """Pairs such as [first, last] are `items` there, and not `prefixItems`."""
    if isinstance(value, dict):
        return {
            "items" if name == "prefixItems" else name: _in_draft_7(below)
            for name, below in value.items()
        }
    if isinstance(value, list):
        return [_in_draft_7(below) for below in value]
    return value


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=FOLDER)
def write_schemas(folder: Path) -> None:
    """Write the published JSON Schemas to FOLDER."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in schema_files().items():
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    write_schemas()

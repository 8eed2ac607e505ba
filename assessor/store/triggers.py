"""What the database itself refuses, whoever asks: triggers for SQLite and PostgreSQL.

One row a rule; both dialects' statements are made from it. A migration carries its own copy,
since a migration must go on doing what it did; a test compares the two.
"""

from dataclasses import dataclass

from sqlalchemy import DDL, event

from assessor.store.database import Base


@dataclass(frozen=True)
class Rule:
    """`event` is what is refused on `table`, where `condition` (on OLD, NEW) holds."""

    name: str
    table: str
    event: str
    condition: str
    message: str

    def sqlite(self) -> list[str]:
        return [
            f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} "
            f"FOR EACH ROW WHEN {self.condition} "
            f"BEGIN SELECT RAISE(ABORT, '{self.message}'); END"
        ]

    def postgresql(self) -> list[str]:
        # The condition stands in the function: a WHEN clause there may hold no sub-select.
        done = "OLD" if self.event == "DELETE" else "NEW"
        return [
            f"CREATE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN "
            f"IF {self.condition} THEN RAISE EXCEPTION '{self.message}' "
            f"USING ERRCODE = 'restrict_violation'; END IF; RETURN {done}; END $body$",
            f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} "
            f"FOR EACH ROW EXECUTE FUNCTION {self.name}()",
        ]


_RESPONSES_OF_OLD = "EXISTS (SELECT 1 FROM response WHERE response.wave_id = OLD.id)"
_SAME_INSTRUMENT = (
    "EXISTS (SELECT 1 FROM instrument_version AS one JOIN instrument_version AS other "
    "ON other.library_id = one.library_id AND other.key = one.key WHERE {})"
)
_OLD_AND_NEW_VERSION = _SAME_INSTRUMENT.format(
    "one.id = OLD.instrument_version_id AND other.id = NEW.instrument_version_id"
)
_VERSION_OF_ITS_WAVE = _SAME_INSTRUMENT.format(
    "one.id = NEW.instrument_version_id AND other.id = "
    "(SELECT wave.instrument_version_id FROM wave WHERE wave.id = NEW.wave_id)"
)

RULES = (
    Rule(
        "plan_edition_is_final",
        "plan_edition",
        "UPDATE OF library_id, plan_key, edition, document, sha256, source_name, source_lines, "
        "left_out",
        "1 = 1",
        "An accepted plan never changes. Accept a new edition.",
    ),
    Rule(
        "mapping_edition_is_final",
        "mapping_edition",
        "UPDATE OF library_id, plan_key, edition, document, sha256",
        "1 = 1",
        "A saved mapping never changes. Save a new edition.",
    ),
    Rule(
        "instrument_version_is_final",
        "instrument_version",
        "UPDATE OF library_id, key, version, document, sha256",
        "1 = 1",
        "A published version never changes. Publish the next version.",
    ),
    Rule(
        "instrument_version_in_use",
        "instrument_version",
        "DELETE",
        "EXISTS (SELECT 1 FROM wave WHERE wave.instrument_version_id = OLD.id)",
        "A version with waves cannot be deleted.",
    ),
    Rule(
        "wave_promise_is_kept",
        "wave",
        "UPDATE OF id, library_id, access, privacy, retention_months",
        "(NEW.id <> OLD.id OR NEW.library_id <> OLD.library_id "
        "OR NEW.access <> OLD.access OR NEW.privacy <> OLD.privacy "
        "OR NEW.retention_months > OLD.retention_months) "
        f"AND {_RESPONSES_OF_OLD}",
        "What was promised cannot change after the first response.",
    ),
    Rule(
        "wave_keeps_its_instrument",
        "wave",
        "UPDATE OF instrument_version_id",
        f"NEW.instrument_version_id <> OLD.instrument_version_id AND NOT {_OLD_AND_NEW_VERSION}",
        "A wave goes on only with another version of its own instrument.",
    ),
    Rule(
        "draft_is_of_its_wave",
        "draft",
        "INSERT",
        f"NOT {_VERSION_OF_ITS_WAVE}",
        "A draft answers a version of the instrument of its wave.",
    ),
    Rule(
        "draft_keeps_its_version",
        "draft",
        "UPDATE OF wave_id, instrument_version_id",
        "NEW.wave_id <> OLD.wave_id OR NEW.instrument_version_id <> OLD.instrument_version_id",
        "Who began a version finishes it.",
    ),
    Rule(
        "response_is_of_its_wave",
        "response",
        "INSERT",
        f"NOT {_VERSION_OF_ITS_WAVE}",
        "A response answers a version of the instrument of its wave.",
    ),
    Rule(
        "response_is_final",
        "response",
        "UPDATE",
        "1 = 1",
        "A response never changes.",
    ),
)


def _attach() -> None:
    for rule in RULES:
        for dialect, statements in (("sqlite", rule.sqlite()), ("postgresql", rule.postgresql())):
            for statement in statements:
                # A percent sign would be read as a place for a value.
                ddl = DDL(statement.replace("%", "%%"))  # type: ignore[no-untyped-call]
                event.listen(Base.metadata, "after_create", ddl.execute_if(dialect=dialect))


_attach()

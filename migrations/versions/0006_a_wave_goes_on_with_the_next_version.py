"""a wave may go on with the next version of its instrument, and answers say which they are of

Revision ID: 0006
Revises: 0005
"""

from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

# Copies as they were on this day: triggers.py may go on, a migration may not.
TABLES = {
    "wave_promise_is_kept": "wave",
    "wave_keeps_its_instrument": "wave",
    "draft_is_of_its_wave": "draft",
    "draft_keeps_its_version": "draft",
    "response_is_of_its_wave": "response",
}
BEFORE = {
    "sqlite": [
        "CREATE TRIGGER wave_promise_is_kept BEFORE UPDATE OF id, library_id, instrument_version_id, access, privacy, retention_months ON wave FOR EACH ROW WHEN (NEW.id <> OLD.id OR NEW.library_id <> OLD.library_id OR NEW.instrument_version_id <> OLD.instrument_version_id OR NEW.access <> OLD.access OR NEW.privacy <> OLD.privacy OR NEW.retention_months > OLD.retention_months) AND EXISTS (SELECT 1 FROM response WHERE response.wave_id = OLD.id) BEGIN SELECT RAISE(ABORT, 'What was promised cannot change after the first response.'); END",
    ],
    "postgresql": [
        "CREATE FUNCTION wave_promise_is_kept() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN IF (NEW.id <> OLD.id OR NEW.library_id <> OLD.library_id OR NEW.instrument_version_id <> OLD.instrument_version_id OR NEW.access <> OLD.access OR NEW.privacy <> OLD.privacy OR NEW.retention_months > OLD.retention_months) AND EXISTS (SELECT 1 FROM response WHERE response.wave_id = OLD.id) THEN RAISE EXCEPTION 'What was promised cannot change after the first response.' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $body$",
        "CREATE TRIGGER wave_promise_is_kept BEFORE UPDATE OF id, library_id, instrument_version_id, access, privacy, retention_months ON wave FOR EACH ROW EXECUTE FUNCTION wave_promise_is_kept()",
    ],
}
AFTER = {
    "sqlite": [
        "CREATE TRIGGER wave_promise_is_kept BEFORE UPDATE OF id, library_id, access, privacy, retention_months ON wave FOR EACH ROW WHEN (NEW.id <> OLD.id OR NEW.library_id <> OLD.library_id OR NEW.access <> OLD.access OR NEW.privacy <> OLD.privacy OR NEW.retention_months > OLD.retention_months) AND EXISTS (SELECT 1 FROM response WHERE response.wave_id = OLD.id) BEGIN SELECT RAISE(ABORT, 'What was promised cannot change after the first response.'); END",
        "CREATE TRIGGER wave_keeps_its_instrument BEFORE UPDATE OF instrument_version_id ON wave FOR EACH ROW WHEN NEW.instrument_version_id <> OLD.instrument_version_id AND NOT EXISTS (SELECT 1 FROM instrument_version AS one JOIN instrument_version AS other ON other.library_id = one.library_id AND other.key = one.key WHERE one.id = OLD.instrument_version_id AND other.id = NEW.instrument_version_id) BEGIN SELECT RAISE(ABORT, 'A wave goes on only with another version of its own instrument.'); END",
        "CREATE TRIGGER draft_is_of_its_wave BEFORE INSERT ON draft FOR EACH ROW WHEN NOT EXISTS (SELECT 1 FROM instrument_version AS one JOIN instrument_version AS other ON other.library_id = one.library_id AND other.key = one.key WHERE one.id = NEW.instrument_version_id AND other.id = (SELECT wave.instrument_version_id FROM wave WHERE wave.id = NEW.wave_id)) BEGIN SELECT RAISE(ABORT, 'A draft answers a version of the instrument of its wave.'); END",
        "CREATE TRIGGER draft_keeps_its_version BEFORE UPDATE OF wave_id, instrument_version_id ON draft FOR EACH ROW WHEN NEW.wave_id <> OLD.wave_id OR NEW.instrument_version_id <> OLD.instrument_version_id BEGIN SELECT RAISE(ABORT, 'Who began a version finishes it.'); END",
        "CREATE TRIGGER response_is_of_its_wave BEFORE INSERT ON response FOR EACH ROW WHEN NOT EXISTS (SELECT 1 FROM instrument_version AS one JOIN instrument_version AS other ON other.library_id = one.library_id AND other.key = one.key WHERE one.id = NEW.instrument_version_id AND other.id = (SELECT wave.instrument_version_id FROM wave WHERE wave.id = NEW.wave_id)) BEGIN SELECT RAISE(ABORT, 'A response answers a version of the instrument of its wave.'); END",
    ],
    "postgresql": [
        "CREATE FUNCTION wave_promise_is_kept() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN IF (NEW.id <> OLD.id OR NEW.library_id <> OLD.library_id OR NEW.access <> OLD.access OR NEW.privacy <> OLD.privacy OR NEW.retention_months > OLD.retention_months) AND EXISTS (SELECT 1 FROM response WHERE response.wave_id = OLD.id) THEN RAISE EXCEPTION 'What was promised cannot change after the first response.' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $body$",
        "CREATE TRIGGER wave_promise_is_kept BEFORE UPDATE OF id, library_id, access, privacy, retention_months ON wave FOR EACH ROW EXECUTE FUNCTION wave_promise_is_kept()",
        "CREATE FUNCTION wave_keeps_its_instrument() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN IF NEW.instrument_version_id <> OLD.instrument_version_id AND NOT EXISTS (SELECT 1 FROM instrument_version AS one JOIN instrument_version AS other ON other.library_id = one.library_id AND other.key = one.key WHERE one.id = OLD.instrument_version_id AND other.id = NEW.instrument_version_id) THEN RAISE EXCEPTION 'A wave goes on only with another version of its own instrument.' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $body$",
        "CREATE TRIGGER wave_keeps_its_instrument BEFORE UPDATE OF instrument_version_id ON wave FOR EACH ROW EXECUTE FUNCTION wave_keeps_its_instrument()",
        "CREATE FUNCTION draft_is_of_its_wave() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN IF NOT EXISTS (SELECT 1 FROM instrument_version AS one JOIN instrument_version AS other ON other.library_id = one.library_id AND other.key = one.key WHERE one.id = NEW.instrument_version_id AND other.id = (SELECT wave.instrument_version_id FROM wave WHERE wave.id = NEW.wave_id)) THEN RAISE EXCEPTION 'A draft answers a version of the instrument of its wave.' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $body$",
        "CREATE TRIGGER draft_is_of_its_wave BEFORE INSERT ON draft FOR EACH ROW EXECUTE FUNCTION draft_is_of_its_wave()",
        "CREATE FUNCTION draft_keeps_its_version() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN IF NEW.wave_id <> OLD.wave_id OR NEW.instrument_version_id <> OLD.instrument_version_id THEN RAISE EXCEPTION 'Who began a version finishes it.' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $body$",
        "CREATE TRIGGER draft_keeps_its_version BEFORE UPDATE OF wave_id, instrument_version_id ON draft FOR EACH ROW EXECUTE FUNCTION draft_keeps_its_version()",
        "CREATE FUNCTION response_is_of_its_wave() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN IF NOT EXISTS (SELECT 1 FROM instrument_version AS one JOIN instrument_version AS other ON other.library_id = one.library_id AND other.key = one.key WHERE one.id = NEW.instrument_version_id AND other.id = (SELECT wave.instrument_version_id FROM wave WHERE wave.id = NEW.wave_id)) THEN RAISE EXCEPTION 'A response answers a version of the instrument of its wave.' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $body$",
        "CREATE TRIGGER response_is_of_its_wave BEFORE INSERT ON response FOR EACH ROW EXECUTE FUNCTION response_is_of_its_wave()",
    ],
}


def upgrade() -> None:
    _drop('wave_promise_is_kept')
    for statement in AFTER[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    for name in TABLES:
        _drop(name)
    for statement in BEFORE[op.get_bind().dialect.name]:
        op.execute(statement)


def _drop(name: str) -> None:
    if op.get_bind().dialect.name == 'postgresql':
        op.execute(f'DROP TRIGGER {name} ON {TABLES[name]}')
        op.execute(f'DROP FUNCTION {name}()')
    else:
        op.execute(f'DROP TRIGGER {name}')

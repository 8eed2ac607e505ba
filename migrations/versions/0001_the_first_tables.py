"""the first tables

Revision ID: 0001
Revises: 
"""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None

# A copy as it was on this day: triggers.py may go on, a migration may not.
TRIGGERS = {
    "sqlite": [
        "CREATE TRIGGER plan_edition_is_final BEFORE UPDATE OF library_id, plan_key, edition, document, sha256, source_name, source_lines, left_out ON plan_edition FOR EACH ROW WHEN 1 = 1 BEGIN SELECT RAISE(ABORT, 'An accepted plan never changes. Accept a new edition.'); END",
        "CREATE TRIGGER mapping_edition_is_final BEFORE UPDATE OF library_id, plan_key, edition, document, sha256 ON mapping_edition FOR EACH ROW WHEN 1 = 1 BEGIN SELECT RAISE(ABORT, 'A saved mapping never changes. Save a new edition.'); END",
        "CREATE TRIGGER instrument_version_is_final BEFORE UPDATE OF library_id, key, version, document, sha256 ON instrument_version FOR EACH ROW WHEN 1 = 1 BEGIN SELECT RAISE(ABORT, 'A published version never changes. Publish the next version.'); END",
        "CREATE TRIGGER instrument_version_in_use BEFORE DELETE ON instrument_version FOR EACH ROW WHEN EXISTS (SELECT 1 FROM wave WHERE wave.instrument_version_id = OLD.id) BEGIN SELECT RAISE(ABORT, 'A version with waves cannot be deleted.'); END",
        "CREATE TRIGGER wave_promise_is_kept BEFORE UPDATE OF id, library_id, instrument_version_id, access, privacy, retention_months ON wave FOR EACH ROW WHEN (NEW.id <> OLD.id OR NEW.library_id <> OLD.library_id OR NEW.instrument_version_id <> OLD.instrument_version_id OR NEW.access <> OLD.access OR NEW.privacy <> OLD.privacy OR NEW.retention_months > OLD.retention_months) AND EXISTS (SELECT 1 FROM response WHERE response.wave_id = OLD.id) BEGIN SELECT RAISE(ABORT, 'What was promised cannot change after the first response.'); END",
        "CREATE TRIGGER response_is_final BEFORE UPDATE ON response FOR EACH ROW WHEN 1 = 1 BEGIN SELECT RAISE(ABORT, 'A response never changes.'); END",
    ],
    "postgresql": [
        "CREATE FUNCTION plan_edition_is_final() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN IF 1 = 1 THEN RAISE EXCEPTION 'An accepted plan never changes. Accept a new edition.' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $body$",
        "CREATE TRIGGER plan_edition_is_final BEFORE UPDATE OF library_id, plan_key, edition, document, sha256, source_name, source_lines, left_out ON plan_edition FOR EACH ROW EXECUTE FUNCTION plan_edition_is_final()",
        "CREATE FUNCTION mapping_edition_is_final() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN IF 1 = 1 THEN RAISE EXCEPTION 'A saved mapping never changes. Save a new edition.' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $body$",
        "CREATE TRIGGER mapping_edition_is_final BEFORE UPDATE OF library_id, plan_key, edition, document, sha256 ON mapping_edition FOR EACH ROW EXECUTE FUNCTION mapping_edition_is_final()",
        "CREATE FUNCTION instrument_version_is_final() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN IF 1 = 1 THEN RAISE EXCEPTION 'A published version never changes. Publish the next version.' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $body$",
        "CREATE TRIGGER instrument_version_is_final BEFORE UPDATE OF library_id, key, version, document, sha256 ON instrument_version FOR EACH ROW EXECUTE FUNCTION instrument_version_is_final()",
        "CREATE FUNCTION instrument_version_in_use() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN IF EXISTS (SELECT 1 FROM wave WHERE wave.instrument_version_id = OLD.id) THEN RAISE EXCEPTION 'A version with waves cannot be deleted.' USING ERRCODE = 'restrict_violation'; END IF; RETURN OLD; END $body$",
        "CREATE TRIGGER instrument_version_in_use BEFORE DELETE ON instrument_version FOR EACH ROW EXECUTE FUNCTION instrument_version_in_use()",
        "CREATE FUNCTION wave_promise_is_kept() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN IF (NEW.id <> OLD.id OR NEW.library_id <> OLD.library_id OR NEW.instrument_version_id <> OLD.instrument_version_id OR NEW.access <> OLD.access OR NEW.privacy <> OLD.privacy OR NEW.retention_months > OLD.retention_months) AND EXISTS (SELECT 1 FROM response WHERE response.wave_id = OLD.id) THEN RAISE EXCEPTION 'What was promised cannot change after the first response.' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $body$",
        "CREATE TRIGGER wave_promise_is_kept BEFORE UPDATE OF id, library_id, instrument_version_id, access, privacy, retention_months ON wave FOR EACH ROW EXECUTE FUNCTION wave_promise_is_kept()",
        "CREATE FUNCTION response_is_final() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN IF 1 = 1 THEN RAISE EXCEPTION 'A response never changes.' USING ERRCODE = 'restrict_violation'; END IF; RETURN NEW; END $body$",
        "CREATE TRIGGER response_is_final BEFORE UPDATE ON response FOR EACH ROW EXECUTE FUNCTION response_is_final()",
    ],
}
FUNCTIONS = [
    "plan_edition_is_final",
    "mapping_edition_is_final",
    "instrument_version_is_final",
    "instrument_version_in_use",
    "wave_promise_is_kept",
    "response_is_final",
]


def upgrade() -> None:
    op.create_table('library',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('accent', sa.String(length=20), server_default='', nullable=False),
    sa.Column('logo', sa.LargeBinary(), nullable=True),
    sa.Column('logo_type', sa.String(length=60), nullable=True),
    sa.Column('created_on', sa.Date(), nullable=False),
    sa.CheckConstraint('(logo IS NULL) = (logo_type IS NULL)', name=op.f('ck_library_logo_has_a_type')),
    sa.CheckConstraint('length(key) > 0', name=op.f('ck_library_key_not_empty')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_library')),
    sa.UniqueConstraint('key', name=op.f('uq_library_key'))
    )
    op.create_table('role',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('description', sa.String(length=255), nullable=True),
    sa.Column('permissions', sa.UnicodeText(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_role')),
    sa.UniqueConstraint('name', name=op.f('uq_role_name'))
    )
    op.create_table('account',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('library_id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(length=255), nullable=False),
    sa.Column('name', sa.String(length=200), server_default='', nullable=False),
    sa.Column('password', sa.String(length=255), nullable=True),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('fs_uniquifier', sa.String(length=64), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(), nullable=True),
    sa.Column('tf_primary_method', sa.String(length=64), nullable=True),
    sa.Column('tf_totp_secret', sa.String(length=255), nullable=True),
    sa.Column('tf_phone_number', sa.String(length=128), nullable=True),
    sa.Column('mf_recovery_codes', sa.UnicodeText(), nullable=True),
    sa.Column('us_totp_secrets', sa.Text(), nullable=True),
    sa.Column('us_phone_number', sa.String(length=128), nullable=True),
    sa.Column('fs_webauthn_user_handle', sa.String(length=64), nullable=True),
    sa.Column('created_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['library_id'], ['library.id'], name=op.f('fk_account_library_id_library'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account')),
    sa.UniqueConstraint('email', name=op.f('uq_account_email')),
    sa.UniqueConstraint('fs_uniquifier', name=op.f('uq_account_fs_uniquifier')),
    sa.UniqueConstraint('fs_webauthn_user_handle', name=op.f('uq_account_fs_webauthn_user_handle')),
    sa.UniqueConstraint('us_phone_number', name=op.f('uq_account_us_phone_number'))
    )
    op.create_index(op.f('ix_account_library_id'), 'account', ['library_id'], unique=False)

    op.create_table('instrument_draft',
    sa.Column('library_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('document', sa.Text(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['library_id'], ['library.id'], name=op.f('fk_instrument_draft_library_id_library'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('library_id', 'key', name=op.f('pk_instrument_draft'))
    )
    op.create_table('scorecard',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('library_id', sa.Integer(), nullable=False),
    sa.Column('plan_key', sa.String(length=60), nullable=False),
    sa.Column('period', sa.String(length=40), nullable=False),
    sa.Column('document', sa.Text(), nullable=False),
    sa.Column('inputs_sha256', sa.String(length=64), nullable=False),
    sa.Column('computed_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['library_id'], ['library.id'], name=op.f('fk_scorecard_library_id_library'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scorecard')),
    sa.UniqueConstraint('library_id', 'plan_key', 'period', name=op.f('uq_scorecard_library_id_plan_key_period'))
    )
    op.create_table('account_role',
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('role_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_account_role_account_id_account'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['role_id'], ['role.id'], name=op.f('fk_account_role_role_id_role'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('account_id', 'role_id', name=op.f('pk_account_role'))
    )
    op.create_index(op.f('ix_account_role_role_id'), 'account_role', ['role_id'], unique=False)

    op.create_table('instrument_version',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('library_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('document', sa.Text(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('published_on', sa.Date(), nullable=False),
    sa.Column('published_by', sa.Integer(), nullable=True),
    sa.CheckConstraint('version > 0', name=op.f('ck_instrument_version_version_counts_from_one')),
    sa.ForeignKeyConstraint(['library_id'], ['library.id'], name=op.f('fk_instrument_version_library_id_library'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['published_by'], ['account.id'], name=op.f('fk_instrument_version_published_by_account'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_instrument_version')),
    sa.UniqueConstraint('library_id', 'key', 'version', name=op.f('uq_instrument_version_library_id_key_version'))
    )
    op.create_table('mapping_edition',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('library_id', sa.Integer(), nullable=False),
    sa.Column('plan_key', sa.String(length=60), nullable=False),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.Column('document', sa.Text(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('note', sa.String(length=500), server_default='', nullable=False),
    sa.Column('saved_on', sa.Date(), nullable=False),
    sa.Column('saved_by', sa.Integer(), nullable=True),
    sa.CheckConstraint('edition > 0', name=op.f('ck_mapping_edition_edition_counts_from_one')),
    sa.ForeignKeyConstraint(['library_id'], ['library.id'], name=op.f('fk_mapping_edition_library_id_library'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['saved_by'], ['account.id'], name=op.f('fk_mapping_edition_saved_by_account'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mapping_edition')),
    sa.UniqueConstraint('library_id', 'plan_key', 'edition', name=op.f('uq_mapping_edition_library_id_plan_key_edition'))
    )
    op.create_table('plan_edition',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('library_id', sa.Integer(), nullable=False),
    sa.Column('plan_key', sa.String(length=60), nullable=False),
    sa.Column('edition', sa.Integer(), nullable=False),
    sa.Column('document', sa.Text(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('source_name', sa.String(length=300), nullable=False),
    sa.Column('source_lines', sa.Text(), nullable=False),
    sa.Column('left_out', sa.Text(), nullable=False),
    sa.Column('accepted_on', sa.Date(), nullable=False),
    sa.Column('accepted_by', sa.Integer(), nullable=True),
    sa.CheckConstraint('edition > 0', name=op.f('ck_plan_edition_edition_counts_from_one')),
    sa.ForeignKeyConstraint(['accepted_by'], ['account.id'], name=op.f('fk_plan_edition_accepted_by_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['library_id'], ['library.id'], name=op.f('fk_plan_edition_library_id_library'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_edition')),
    sa.UniqueConstraint('library_id', 'plan_key', 'edition', name=op.f('uq_plan_edition_library_id_plan_key_edition'))
    )
    op.create_table('plan_review',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('library_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('plan_key', sa.String(length=60), nullable=False),
    sa.Column('source_name', sa.String(length=300), nullable=False),
    sa.Column('source_lines', sa.Text(), nullable=False),
    sa.Column('reading', sa.Text(), nullable=False),
    sa.Column('states', sa.Text(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('against_edition', sa.Integer(), nullable=True),
    sa.Column('created_on', sa.Date(), nullable=False),
    sa.CheckConstraint('position >= 0', name=op.f('ck_plan_review_position_in_states')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_plan_review_account_id_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['library_id'], ['library.id'], name=op.f('fk_plan_review_library_id_library'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_review'))
    )
    op.create_index(op.f('ix_plan_review_library_id'), 'plan_review', ['library_id'], unique=False)

    op.create_table('webauthn',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('credential_id', sa.LargeBinary(length=1024), nullable=False),
    sa.Column('public_key', sa.LargeBinary(), nullable=False),
    sa.Column('sign_count', sa.Integer(), nullable=False),
    sa.Column('transports', sa.UnicodeText(), nullable=True),
    sa.Column('backup_state', sa.Boolean(), nullable=False),
    sa.Column('device_type', sa.String(length=64), nullable=False),
    sa.Column('extensions', sa.String(length=255), nullable=True),
    sa.Column('create_datetime', sa.DateTime(), server_default=sa.func.now(), nullable=False),
    sa.Column('lastuse_datetime', sa.DateTime(), nullable=False),
    sa.Column('name', sa.String(length=64), nullable=False),
    sa.Column('usage', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_webauthn_account_id_account'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_webauthn')),
    sa.UniqueConstraint('credential_id', name=op.f('uq_webauthn_credential_id'))
    )
    op.create_index(op.f('ix_webauthn_account_id'), 'webauthn', ['account_id'], unique=False)

    op.create_table('wave',
    sa.Column('id', sa.String(length=40), nullable=False),
    sa.Column('library_id', sa.Integer(), nullable=False),
    sa.Column('instrument_version_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('period', sa.String(length=40), nullable=False),
    sa.Column('access', sa.String(length=20), nullable=False),
    sa.Column('privacy', sa.String(length=20), nullable=False),
    sa.Column('retention_months', sa.Integer(), nullable=False),
    sa.Column('opens_on', sa.Date(), nullable=True),
    sa.Column('closes_on', sa.Date(), nullable=True),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('created_on', sa.Date(), nullable=False),
    sa.CheckConstraint("access IN ('open_link', 'signed_in')", name=op.f('ck_wave_access_known')),
    sa.CheckConstraint("privacy = 'anonymous'", name=op.f('ck_wave_privacy_promised')),
    sa.CheckConstraint("state IN ('draft', 'open', 'closed')", name=op.f('ck_wave_state_known')),
    sa.CheckConstraint('length(id) >= 16', name=op.f('ck_wave_link_unguessable')),
    sa.CheckConstraint('opens_on IS NULL OR closes_on IS NULL OR opens_on <= closes_on', name=op.f('ck_wave_opens_before_it_closes')),
    sa.CheckConstraint('retention_months BETWEEN 1 AND 240', name=op.f('ck_wave_retention_stated')),
    sa.ForeignKeyConstraint(['instrument_version_id'], ['instrument_version.id'], name=op.f('fk_wave_instrument_version_id_instrument_version'), ondelete='RESTRICT'),
    sa.ForeignKeyConstraint(['library_id'], ['library.id'], name=op.f('fk_wave_library_id_library'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_wave'))
    )
    op.create_index(op.f('ix_wave_instrument_version_id'), 'wave', ['instrument_version_id'], unique=False)
    op.create_index('ix_wave_library_id_period', 'wave', ['library_id', 'period'], unique=False)

    op.create_table('draft',
    sa.Column('id', sa.String(length=64), nullable=False),
    sa.Column('wave_id', sa.String(length=40), nullable=False),
    sa.Column('answers', sa.Text(), nullable=False),
    sa.Column('pages_done', sa.Text(), nullable=False),
    sa.Column('touched_on', sa.Date(), nullable=False),
    sa.CheckConstraint('length(id) = 64', name=op.f('ck_draft_anonymous_hashed_token')),
    sa.CheckConstraint('touched_on = date(touched_on)', name=op.f('ck_draft_anonymous_day_without_time')),
    sa.ForeignKeyConstraint(['wave_id'], ['wave.id'], name=op.f('fk_draft_wave_id_wave'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft')),
    sqlite_with_rowid=False
    )
    op.create_index(op.f('ix_draft_touched_on'), 'draft', ['touched_on'], unique=False)
    op.create_index(op.f('ix_draft_wave_id'), 'draft', ['wave_id'], unique=False)

    op.create_table('participation',
    sa.Column('wave_id', sa.String(length=40), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_participation_account_id_account'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['wave_id'], ['wave.id'], name=op.f('fk_participation_wave_id_wave'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('wave_id', 'account_id', name=op.f('pk_participation')),
    sqlite_with_rowid=False
    )
    op.create_index(op.f('ix_participation_account_id'), 'participation', ['account_id'], unique=False)

    op.create_table('response',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('wave_id', sa.String(length=40), nullable=False),
    sa.Column('group_code', sa.String(length=60), nullable=True),
    sa.Column('answers', sa.Text(), nullable=False),
    sa.Column('submitted_on', sa.Date(), nullable=False),
    sa.CheckConstraint('length(id) = 32', name=op.f('ck_response_anonymous_random_id')),
    sa.CheckConstraint('submitted_on = date(submitted_on)', name=op.f('ck_response_anonymous_day_without_time')),
    sa.ForeignKeyConstraint(['wave_id'], ['wave.id'], name=op.f('fk_response_wave_id_wave'), ondelete='RESTRICT'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_response')),
    sqlite_with_rowid=False
    )
    op.create_index('ix_response_wave_id_group_code', 'response', ['wave_id', 'group_code'], unique=False)

    op.create_table('wave_group',
    sa.Column('wave_id', sa.String(length=40), nullable=False),
    sa.Column('code', sa.String(length=60), nullable=False),
    sa.Column('label', sa.String(length=2000), nullable=False),
    sa.Column('size', sa.Integer(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.CheckConstraint('size IS NULL OR size >= 0', name=op.f('ck_wave_group_size_not_negative')),
    sa.ForeignKeyConstraint(['wave_id'], ['wave.id'], name=op.f('fk_wave_group_wave_id_wave'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('wave_id', 'code', name=op.f('pk_wave_group'))
    )
    for statement in TRIGGERS[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    op.drop_table('wave_group')
    op.drop_table('response')
    op.drop_table('participation')
    op.drop_table('draft')
    op.drop_table('wave')
    op.drop_table('webauthn')
    op.drop_table('plan_review')
    op.drop_table('plan_edition')
    op.drop_table('mapping_edition')
    op.drop_table('instrument_version')
    op.drop_table('account_role')
    op.drop_table('scorecard')
    op.drop_table('instrument_draft')
    op.drop_table('account')
    op.drop_table('role')
    op.drop_table('library')
    if op.get_bind().dialect.name == 'postgresql':
        for name in FUNCTIONS:
            op.execute(f'DROP FUNCTION {name}()')

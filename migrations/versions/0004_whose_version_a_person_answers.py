"""whose version a person answers, in which language, and what is counted of those who left early

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

# A copy as it was on this day. SQLite builds both tables anew, and their triggers go with them.
RESPONSE_IS_FINAL = "CREATE TRIGGER response_is_final BEFORE UPDATE ON response FOR EACH ROW WHEN 1 = 1 BEGIN SELECT RAISE(ABORT, 'A response never changes.'); END"


def upgrade() -> None:
    _let_responses_be_changed()
    op.add_column('draft', sa.Column('seed', sa.BigInteger(), nullable=True))
    for name in ('draft', 'response'):
        op.add_column(name, sa.Column('instrument_version_id', sa.Integer(), nullable=True))
        op.add_column(name, sa.Column('language', sa.String(length=35), nullable=True))
        op.execute(f'UPDATE {name} SET instrument_version_id = (SELECT wave.instrument_version_id FROM wave WHERE wave.id = {name}.wave_id)')
    # Nothing was drawn for people who began before this day: any number is as good as another.
    op.execute('UPDATE draft SET seed = 0')
    with op.batch_alter_table('draft', copy_from=_draft(needed=False), recreate='auto') as batch:
        batch.alter_column('seed', existing_type=sa.BigInteger(), nullable=False)
        batch.alter_column('instrument_version_id', existing_type=sa.Integer(), nullable=False)
        batch.create_foreign_key(op.f('fk_draft_instrument_version_id_instrument_version'), 'instrument_version', ['instrument_version_id'], ['id'], ondelete='RESTRICT')
    with op.batch_alter_table('response', copy_from=_response(needed=False), recreate='auto') as batch:
        batch.alter_column('instrument_version_id', existing_type=sa.Integer(), nullable=False)
        batch.create_foreign_key(op.f('fk_response_instrument_version_id_instrument_version'), 'instrument_version', ['instrument_version_id'], ['id'], ondelete='RESTRICT')
    _keep_responses()

    op.create_table('ending_count',
    sa.Column('wave_id', sa.String(length=40), nullable=False),
    sa.Column('ending', sa.String(length=60), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.CheckConstraint('number > 0', name=op.f('ck_ending_count_number_counts')),
    sa.ForeignKeyConstraint(['wave_id'], ['wave.id'], name=op.f('fk_ending_count_wave_id_wave'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('wave_id', 'ending', name=op.f('pk_ending_count')),
    sqlite_with_rowid=False
    )
    op.create_table('quota_count',
    sa.Column('wave_id', sa.String(length=40), nullable=False),
    sa.Column('quota', sa.String(length=60), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.CheckConstraint('number > 0', name=op.f('ck_quota_count_number_counts')),
    sa.ForeignKeyConstraint(['wave_id'], ['wave.id'], name=op.f('fk_quota_count_wave_id_wave'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('wave_id', 'quota', name=op.f('pk_quota_count')),
    sqlite_with_rowid=False
    )
    op.create_table('upload',
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('wave_id', sa.String(length=40), nullable=False),
    sa.Column('draft_id', sa.String(length=64), nullable=True),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('extension', sa.String(length=10), nullable=False),
    sa.CheckConstraint('length(id) = 32', name=op.f('ck_upload_anonymous_random_id')),
    sa.CheckConstraint('size > 0', name=op.f('ck_upload_size_counts')),
    sa.ForeignKeyConstraint(['draft_id'], ['draft.id'], name=op.f('fk_upload_draft_id_draft'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['wave_id'], ['wave.id'], name=op.f('fk_upload_wave_id_wave'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_upload')),
    sqlite_with_rowid=False
    )
    op.create_index(op.f('ix_upload_draft_id'), 'upload', ['draft_id'], unique=False)
    op.create_index(op.f('ix_upload_wave_id'), 'upload', ['wave_id'], unique=False)


def downgrade() -> None:
    op.drop_table('upload')
    op.drop_table('quota_count')
    op.drop_table('ending_count')
    _let_responses_be_changed()
    with op.batch_alter_table('draft', copy_from=_draft(needed=True), recreate='auto') as batch:
        batch.drop_constraint(op.f('fk_draft_instrument_version_id_instrument_version'), type_='foreignkey')
        for column in ('seed', 'instrument_version_id', 'language'):
            batch.drop_column(column)
    with op.batch_alter_table('response', copy_from=_response(needed=True), recreate='auto') as batch:
        batch.drop_constraint(op.f('fk_response_instrument_version_id_instrument_version'), type_='foreignkey')
        for column in ('instrument_version_id', 'language'):
            batch.drop_column(column)
    _keep_responses()


def _let_responses_be_changed() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        op.execute('ALTER TABLE response DISABLE TRIGGER response_is_final')
    else:
        op.execute('DROP TRIGGER response_is_final')


def _keep_responses() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        op.execute('ALTER TABLE response ENABLE TRIGGER response_is_final')
    else:
        op.execute(RESPONSE_IS_FINAL)


# What SQLite copies, spelled out: a table that is only read back from there loses its checks and
# gets the row ids that would keep the order in which answers came.


def _draft(*, needed: bool) -> sa.Table:
    return sa.Table('draft', sa.MetaData(),
    sa.Column('id', sa.String(length=64), nullable=False),
    sa.Column('wave_id', sa.String(length=40), nullable=False),
    sa.Column('answers', sa.Text(), nullable=False),
    sa.Column('pages_done', sa.Text(), nullable=False),
    sa.Column('touched_on', sa.Date(), nullable=False),
    sa.Column('seed', sa.BigInteger(), nullable=not needed),
    *_version_and_language(needed),
    sa.CheckConstraint('length(id) = 64', name=op.f('ck_draft_anonymous_hashed_token')),
    sa.CheckConstraint('touched_on = date(touched_on)', name=op.f('ck_draft_anonymous_day_without_time')),
    sa.ForeignKeyConstraint(['wave_id'], ['wave.id'], name=op.f('fk_draft_wave_id_wave'), ondelete='CASCADE'),
    *_version_key('draft', needed),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_draft')),
    sa.Index(op.f('ix_draft_touched_on'), 'touched_on'),
    sa.Index(op.f('ix_draft_wave_id'), 'wave_id'),
    sqlite_with_rowid=False
    )


def _response(*, needed: bool) -> sa.Table:
    return sa.Table('response', sa.MetaData(),
    sa.Column('id', sa.String(length=32), nullable=False),
    sa.Column('wave_id', sa.String(length=40), nullable=False),
    sa.Column('group_code', sa.String(length=60), nullable=True),
    sa.Column('answers', sa.Text(), nullable=False),
    sa.Column('submitted_on', sa.Date(), nullable=False),
    *_version_and_language(needed),
    sa.CheckConstraint('length(id) = 32', name=op.f('ck_response_anonymous_random_id')),
    sa.CheckConstraint('submitted_on = date(submitted_on)', name=op.f('ck_response_anonymous_day_without_time')),
    sa.ForeignKeyConstraint(['wave_id'], ['wave.id'], name=op.f('fk_response_wave_id_wave'), ondelete='RESTRICT'),
    *_version_key('response', needed),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_response')),
    sa.Index('ix_response_wave_id_group_code', 'wave_id', 'group_code'),
    sqlite_with_rowid=False
    )


def _version_and_language(needed: bool) -> list[sa.Column]:
    return [
        sa.Column('instrument_version_id', sa.Integer(), nullable=not needed),
        sa.Column('language', sa.String(length=35), nullable=True),
    ]


def _version_key(table: str, there: bool) -> list[sa.ForeignKeyConstraint]:
    name = op.f(f'fk_{table}_instrument_version_id_instrument_version')
    key = sa.ForeignKeyConstraint(['instrument_version_id'], ['instrument_version.id'], name=name, ondelete='RESTRICT')
    return [key] if there else []

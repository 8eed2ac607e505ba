"""where imported answers came from

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('wave_source',
    sa.Column('wave_id', sa.String(length=40), nullable=False),
    sa.Column('description', sa.String(length=300), nullable=False),
    sa.Column('format', sa.String(length=40), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('responses', sa.Integer(), nullable=False),
    sa.Column('column_map', sa.Text(), nullable=False),
    sa.Column('imported_on', sa.Date(), nullable=False),
    sa.Column('imported_by', sa.Integer(), nullable=True),
    sa.CheckConstraint('responses > 0', name=op.f('ck_wave_source_responses_counted')),
    sa.ForeignKeyConstraint(['imported_by'], ['account.id'], name=op.f('fk_wave_source_imported_by_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['wave_id'], ['wave.id'], name=op.f('fk_wave_source_wave_id_wave'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('wave_id', name=op.f('pk_wave_source'))
    )
    op.create_table('column_map',
    sa.Column('library_id', sa.Integer(), nullable=False),
    sa.Column('instrument_key', sa.String(length=60), nullable=False),
    sa.Column('headers_sha256', sa.String(length=64), nullable=False),
    sa.Column('document', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['library_id'], ['library.id'], name=op.f('fk_column_map_library_id_library'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('library_id', 'instrument_key', 'headers_sha256', name=op.f('pk_column_map'))
    )


def downgrade() -> None:
    op.drop_table('column_map')
    op.drop_table('wave_source')

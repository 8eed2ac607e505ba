"""the history of drafts

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Added in place, without a copy of the table: triggers elsewhere may name it.
    op.add_column('instrument_draft', sa.Column('step', sa.Integer(), server_default='0', nullable=False))
    op.create_table('instrument_history',
    sa.Column('library_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=60), nullable=False),
    sa.Column('step', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('document', sa.Text(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('said', sa.String(length=300), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('step > 0', name=op.f('ck_instrument_history_step_counts_from_one')),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_instrument_history_account_id_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['library_id', 'key'], ['instrument_draft.library_id', 'instrument_draft.key'], name=op.f('fk_instrument_history_library_id_instrument_draft'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('library_id', 'key', 'step', name=op.f('pk_instrument_history'))
    )


def downgrade() -> None:
    op.drop_table('instrument_history')
    op.drop_column('instrument_draft', 'step')

"""when a wave forgot

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Added in place, without a copy of the table: triggers elsewhere name it.
    op.add_column("wave", sa.Column("forgotten_on", sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column("wave", "forgotten_on")

"""Causes of incidents"""

from alembic import op
import sqlalchemy as sa


revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("incident") as batch:
        batch.add_column(sa.Column("kind", sa.String(16), nullable=False, server_default=""))
        batch.add_column(sa.Column("cause_element", sa.String(200), nullable=False, server_default=""))
        batch.add_column(sa.Column("expression", sa.Text(), nullable=False, server_default=""))
        batch.add_column(sa.Column("first_at", sa.DateTime(timezone=True)))
        batch.add_column(sa.Column("last_at", sa.DateTime(timezone=True)))
        batch.add_column(sa.Column("times", sa.Integer(), nullable=False, server_default="1"))

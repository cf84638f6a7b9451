"""What a stranger says of themselves in columns of its own; how the assistant read a message."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the columns, and sort what was told into them."""
    with op.batch_alter_table("conversation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("told_name", sa.String(length=120), nullable=True))
        batch_op.add_column(sa.Column("told_company", sa.String(length=120), nullable=True))
        batch_op.add_column(sa.Column("told_email", sa.String(length=254), nullable=True))
        batch_op.add_column(sa.Column("told_phone", sa.String(length=40), nullable=True))
    op.execute("UPDATE conversation SET told_email = reach WHERE reach LIKE '%@%'")
    op.execute("UPDATE conversation SET told_phone = substr(reach, 1, 40) WHERE reach NOT LIKE '%@%'")
    with op.batch_alter_table("conversation", schema=None) as batch_op:
        batch_op.drop_column("reach")
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("understood", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Drop them."""
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_column("understood")
    with op.batch_alter_table("conversation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reach", sa.String(length=254), nullable=True))
    op.execute("UPDATE conversation SET reach = coalesce(told_email, told_phone)")
    with op.batch_alter_table("conversation", schema=None) as batch_op:
        batch_op.drop_column("told_phone")
        batch_op.drop_column("told_email")
        batch_op.drop_column("told_company")
        batch_op.drop_column("told_name")

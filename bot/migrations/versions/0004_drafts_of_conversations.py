"""A draft belongs to its conversation, and no longer to all conversations of a contact."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

OPEN = {"sqlite_where": sa.text("state = 'open'"), "postgresql_where": sa.text("state = 'open'")}


def upgrade() -> None:
    """One open draft for each conversation and task: the newest stays."""
    _keep_newest("conversation_id")
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.drop_index("uq_draft_open", **OPEN)
        batch_op.drop_column("owner")
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.create_index("uq_draft_open", ["conversation_id", "task"], unique=True, **OPEN)
        batch_op.create_index(batch_op.f("ix_draft_contact_id"), ["contact_id"], unique=False)


def downgrade() -> None:
    """Give a draft back to its contact: of several open ones the newest stays."""
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_draft_contact_id"))
        batch_op.drop_index("uq_draft_open", **OPEN)
        batch_op.add_column(sa.Column("owner", sa.String(length=80), nullable=True))
    op.execute("UPDATE draft SET owner = coalesce('contact:' || contact_id, 'conversation:' || conversation_id)")
    _keep_newest("owner")
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.alter_column("owner", existing_type=sa.String(length=80), nullable=False)
        batch_op.create_index("uq_draft_open", ["owner", "task"], unique=True, **OPEN)


def _keep_newest(whose: str) -> None:
    """Delete every open draft beside a newer one of the same task and of the same in the column ``whose``."""
    draft = sa.table("draft", *(sa.column(name) for name in ("request_id", "task", "state", "updated_at", whose)))
    other = draft.alias()
    newer = (other.c.updated_at > draft.c.updated_at) | (
        (other.c.updated_at == draft.c.updated_at) & (other.c.request_id > draft.c.request_id)
    )
    same = (other.c.state == "open") & (other.c.task == draft.c.task) & (other.c[whose] == draft.c[whose])
    op.execute(sa.delete(draft).where(draft.c.state == "open", sa.exists().where(same, newer)))

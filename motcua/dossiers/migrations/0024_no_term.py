from django.db import migrations, models
from django.db.models import Q, Value


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0023_hand_back")]

    operations = [
        migrations.AddField(
            model_name="ledgerentry",
            name="no_term",
            field=models.BooleanField(
                db_default=Value(False), default=False, help_text="of a recalculation: the law gives no term after all"
            ),
        ),
        migrations.AddConstraint(
            model_name="ledgerentry",
            constraint=models.CheckConstraint(
                condition=Q(no_term=False) | Q(effect="recalculate", term_quantity=None), name="ledger_no_term"
            ),
        ),
    ]

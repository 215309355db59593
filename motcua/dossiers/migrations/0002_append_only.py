"""History is only added to: the database refuses to change or delete an event or a ledger entry."""

from django.db import migrations

GUARD = """
CREATE FUNCTION dossiers_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is only added to', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE ON dossiers_dossierevent
    FOR EACH ROW EXECUTE FUNCTION dossiers_append_only();
CREATE TRIGGER ledger_append_only BEFORE UPDATE OR DELETE ON dossiers_ledgerentry
    FOR EACH ROW EXECUTE FUNCTION dossiers_append_only();
CREATE FUNCTION dossiers_code_is_for_good() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a dossier code never changes' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER code_is_for_good BEFORE UPDATE OF code ON dossiers_dossier
    FOR EACH ROW WHEN (OLD.code IS NOT NULL AND NEW.code IS DISTINCT FROM OLD.code)
    EXECUTE FUNCTION dossiers_code_is_for_good();
"""
UNGUARD = """
DROP TRIGGER code_is_for_good ON dossiers_dossier;
DROP FUNCTION dossiers_code_is_for_good();
DROP TRIGGER ledger_append_only ON dossiers_ledgerentry;
DROP TRIGGER event_append_only ON dossiers_dossierevent;
DROP FUNCTION dossiers_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, UNGUARD)]

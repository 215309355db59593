"""A published edition is frozen in the database itself, but for its being replaced; a published process wholly."""

from django.db import migrations

FREEZE = """
CREATE FUNCTION catalogue_edition_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'draft' THEN
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        IF NEW.state <> 'retired' THEN RETURN NEW; END IF;
    ELSIF TG_OP = 'UPDATE' AND OLD.state = 'published' AND NEW.state = 'retired' AND NEW.effective_to IS NOT NULL
        AND to_jsonb(OLD) - 'state' - 'effective_to' = to_jsonb(NEW) - 'state' - 'effective_to' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Lần ban hành quy trình % đã ban hành, không sửa hay xóa được.', OLD.id
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER edition_is_frozen BEFORE UPDATE OR DELETE ON catalogue_processedition
    FOR EACH ROW EXECUTE FUNCTION catalogue_edition_is_frozen();

CREATE FUNCTION catalogue_process_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Quy trình % đã ban hành, không sửa hay xóa được.', OLD.id USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER process_is_frozen BEFORE UPDATE OR DELETE ON catalogue_publishedprocess
    FOR EACH ROW EXECUTE FUNCTION catalogue_process_is_frozen();
"""

THAW = """
DROP TRIGGER edition_is_frozen ON catalogue_processedition;
DROP TRIGGER process_is_frozen ON catalogue_publishedprocess;
DROP FUNCTION catalogue_edition_is_frozen();
DROP FUNCTION catalogue_process_is_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0005_processes")]
    operations = [migrations.RunSQL(FREEZE, THAW)]

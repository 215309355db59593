"""A published version is frozen in the database itself: only its retirement may still be written."""

from django.db import migrations

FREEZE = """
CREATE FUNCTION catalogue_version_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.state <> 'draft' THEN
            RAISE EXCEPTION 'Phiên bản thủ tục % đã công bố, không xóa được.', OLD.id USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF OLD.state = 'draft' AND NEW.state <> 'retired' THEN
        RETURN NEW;
    END IF;
    IF OLD.state = 'published' AND NEW.state = 'retired' AND NEW.retired_at IS NOT NULL
        AND to_jsonb(OLD) - 'state' - 'retired_at' = to_jsonb(NEW) - 'state' - 'retired_at' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Phiên bản thủ tục % đã công bố, không sửa được.', OLD.id USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER version_is_frozen BEFORE UPDATE OR DELETE ON catalogue_procedureversion
    FOR EACH ROW EXECUTE FUNCTION catalogue_version_is_frozen();

-- A share lock on the version makes a publication and a change of its rows wait for one another.
CREATE FUNCTION catalogue_version_must_be_draft(version bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE found_state text;
BEGIN
    SELECT v.state INTO found_state FROM catalogue_procedureversion v WHERE v.id = version FOR SHARE;
    IF found_state <> 'draft' THEN
        RAISE EXCEPTION 'Phiên bản thủ tục % đã công bố, không sửa được.', version USING ERRCODE = 'restrict_violation';
    END IF;
END $$;

CREATE FUNCTION catalogue_row_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN PERFORM catalogue_version_must_be_draft(OLD.version_id); END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    PERFORM catalogue_version_must_be_draft(NEW.version_id);
    RETURN NEW;
END $$;

CREATE FUNCTION catalogue_paper_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM catalogue_version_must_be_draft(g.version_id) FROM catalogue_papergroup g WHERE g.id = OLD.group_id;
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    PERFORM catalogue_version_must_be_draft(g.version_id) FROM catalogue_papergroup g WHERE g.id = NEW.group_id;
    RETURN NEW;
END $$;

CREATE TRIGGER case_is_frozen BEFORE INSERT OR UPDATE OR DELETE ON catalogue_case
    FOR EACH ROW EXECUTE FUNCTION catalogue_row_is_frozen();
CREATE TRIGGER paper_group_is_frozen BEFORE INSERT OR UPDATE OR DELETE ON catalogue_papergroup
    FOR EACH ROW EXECUTE FUNCTION catalogue_row_is_frozen();
CREATE TRIGGER fee_is_frozen BEFORE INSERT OR UPDATE OR DELETE ON catalogue_feerule
    FOR EACH ROW EXECUTE FUNCTION catalogue_row_is_frozen();
CREATE TRIGGER paper_is_frozen BEFORE INSERT OR UPDATE OR DELETE ON catalogue_paperrequirement
    FOR EACH ROW EXECUTE FUNCTION catalogue_paper_is_frozen();
"""

THAW = """
DROP TRIGGER version_is_frozen ON catalogue_procedureversion;
DROP TRIGGER case_is_frozen ON catalogue_case;
DROP TRIGGER paper_group_is_frozen ON catalogue_papergroup;
DROP TRIGGER fee_is_frozen ON catalogue_feerule;
DROP TRIGGER paper_is_frozen ON catalogue_paperrequirement;
DROP FUNCTION catalogue_version_is_frozen();
DROP FUNCTION catalogue_row_is_frozen();
DROP FUNCTION catalogue_paper_is_frozen();
DROP FUNCTION catalogue_version_must_be_draft(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial")]
    operations = [migrations.RunSQL(FREEZE, THAW)]

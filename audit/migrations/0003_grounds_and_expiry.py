"""The ground of each look; expiry by a role of its own, which leaves a checkpoint.

A row without grounds keeps the digest it was written with, so earlier rows still verify.
Expiry is a function of the owner that only the keeper may call. It refuses days less than
twelve years old whatever it is asked (Act 703/2023 as the model), and removes only the oldest
rows of a chain, so that what is left still hangs together.
"""

from django.db import migrations, models

CREATE = """
CREATE OR REPLACE FUNCTION audit_digest(r audit_auditrow) RETURNS text
LANGUAGE sql STABLE SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
  SELECT encode(sha256(convert_to(
    (jsonb_build_array(r.previous_hash, r.chain, r.seq, r.at, r.kind, r.actor_kind, r.actor,
      r.actor_body, r.actor_office_id, r.action, r.purpose, r.categories, r.case_id,
      r.person_id, r.subject_type, r.subject_id)
     || CASE WHEN r.grounds = '{}'::jsonb THEN '[]'::jsonb ELSE jsonb_build_array(r.grounds) END
    )::text, 'UTF8')), 'hex')
$$;

CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('app.audit_expiry', true) = 'on'
     AND OLD.at < now() - interval '12 years' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'the audit log is append-only: % refused', TG_OP
    USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION audit_expire(before timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE total bigint;
BEGIN
  IF before > now() - interval '12 years' THEN
    RAISE EXCEPTION 'the log is kept for twelve years'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  PERFORM set_config('app.audit_expiry', 'on', true);
  WITH old AS (
    -- Of each chain, the rows before its first young one.
    SELECT r.chain, max(r.seq) AS seq FROM audit_auditrow r
    WHERE r.at < before AND NOT EXISTS (
      SELECT FROM audit_auditrow y WHERE y.chain = r.chain AND y.seq <= r.seq AND y.at >= before)
    GROUP BY r.chain
  ), marked AS (
    INSERT INTO audit_checkpoint (chain, seq, hash, removed, made_at)
    SELECT o.chain, o.seq, l.hash,
      (SELECT count(*) FROM audit_auditrow r WHERE r.chain = o.chain AND r.seq <= o.seq), now()
    FROM old o JOIN audit_auditrow l ON l.chain = o.chain AND l.seq = o.seq
    RETURNING chain, seq
  ), gone AS (
    DELETE FROM audit_auditrow r USING marked m WHERE r.chain = m.chain AND r.seq <= m.seq
    RETURNING 1
  )
  SELECT count(*) INTO total FROM gone;
  PERFORM set_config('app.audit_expiry', '', true);
  RETURN total;
END $$;
REVOKE ALL ON FUNCTION audit_expire(timestamptz) FROM PUBLIC;
"""

DROP = "DROP FUNCTION audit_expire(timestamptz)"


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_append_only")]
    operations = [
        migrations.AddField("auditrow", "grounds", models.JSONField(default=dict)),
        migrations.AlterField(
            "auditrow",
            "purpose",
            models.CharField(
                blank=True,
                max_length=20,
                choices=[
                    ("assess_need", "to assess whether joint service is needed"),
                    ("keep_case", "to work on the joint case"),
                    ("make_plan", "to make or review the joint plan"),
                    ("own_data", "to read own information"),
                    ("search", "to find a case of their own"),
                    ("follow_up", "to follow what was agreed"),
                    ("explain", "to explain who sees what"),
                    ("emergency", "because of an emergency"),
                    ("asked", "because access was asked for and given"),
                    ("shared", "because it has been shared with them"),
                    ("answer", "to answer a question or a request"),
                ],
            ),
        ),
        migrations.AddIndex(
            "auditrow",
            models.Index(fields=["subject_id"], name="audit_by_subject"),
        ),
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("chain", models.CharField(max_length=60)),
                ("seq", models.BigIntegerField()),
                ("hash", models.CharField(max_length=64)),
                ("removed", models.BigIntegerField()),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("chain", "seq"), name="audit_checkpoint_once")
                ],
            },
        ),
        migrations.RunSQL(CREATE, DROP),
    ]

"""Former identity codes, the language as the register gives it, a protection said to have ended.

No code is at once a former one of somebody and the present one of anybody: the database looks at
each statement's rows together, so an import of all people is looked at once.
"""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

CREATE = """
CREATE FUNCTION people_code_is_one_persons() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM changed c JOIN people_formercode f
             ON f.identity_code_hash = c.identity_code_hash
             JOIN people_person p ON p.identity_code_hash = f.identity_code_hash) THEN
    RAISE EXCEPTION 'an identity code is both a former and a present one'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER people_code_of_new AFTER INSERT ON people_person
  REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION people_code_is_one_persons();
CREATE TRIGGER people_code_of_changed AFTER UPDATE ON people_person
  REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION people_code_is_one_persons();
CREATE TRIGGER people_code_of_former AFTER INSERT ON people_formercode
  REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION people_code_is_one_persons();
"""

DROP = """
DROP TRIGGER people_code_of_new ON people_person;
DROP TRIGGER people_code_of_changed ON people_person;
DROP TRIGGER people_code_of_former ON people_formercode;
DROP FUNCTION people_code_is_one_persons();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0005_user_names_apart"),
    ]

    operations = [
        migrations.CreateModel(
            name="FormerCode",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("identity_code_encrypted", models.BinaryField()),
                ("identity_code_hash", models.CharField(max_length=64, unique=True)),
                ("changed_at", models.DateTimeField()),
                ("changed_by", models.CharField(max_length=60)),
            ],
        ),
        migrations.CreateModel(
            name="ProtectionQuestion",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="protection_question",
                        serialize=False,
                        to="people.person",
                    ),
                ),
                ("said_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.AlterField(
            model_name="person",
            name="language",
            field=models.CharField(
                default="fi",
                max_length=3,
                validators=[
                    django.core.validators.RegexValidator(
                        "\\A[a-z]{2,3}\\Z",
                        "Give a language as two or three letters, such as fi or ru.",
                    )
                ],
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__regex", "^[a-z]{2,3}$")),
                name="person_language_is_a_code",
            ),
        ),
        migrations.AddField(
            model_name="formercode",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="former_codes",
                to="people.person",
            ),
        ),
        migrations.AddField(
            model_name="protectionquestion",
            name="answered_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="protectionquestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at__isnull", True), ("answered_by__isnull", True)),
                    models.Q(("answered_at__isnull", False), ("answered_by__isnull", False)),
                    _connector="OR",
                ),
                name="protection_answered_at_and_by_together",
            ),
        ),
        migrations.RunSQL(CREATE, DROP),
    ]

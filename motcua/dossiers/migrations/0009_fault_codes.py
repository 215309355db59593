from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0008_turns"),
    ]

    operations = [
        migrations.AddField(
            model_name="paper",
            name="fault_code",
            field=models.CharField(
                blank=True,
                choices=[
                    ("missing", "Chưa nộp"),
                    ("unreadable", "Mờ, không đọc được"),
                    ("incomplete", "Thiếu trang, thiếu nội dung"),
                    ("wrong_kind", "Không đúng loại giấy tờ"),
                    ("expired", "Hết hạn, hết hiệu lực"),
                    ("unsigned", "Thiếu chữ ký, con dấu"),
                    ("uncertified", "Chưa chứng thực"),
                    ("mismatch", "Không khớp với giấy tờ khác"),
                    ("other", "Lý do khác"),
                ],
                db_default="",
                default="",
                help_text="trống khi đạt, chưa xem, hoặc đánh giá trước khi có mã này",
                max_length=12,
                verbose_name="lý do chưa đạt",
            ),
        ),
        migrations.AddField(
            model_name="paper",
            name="guidance",
            field=models.TextField(blank=True, db_default="", default="", verbose_name="cách sửa"),
        ),
        migrations.AlterField(
            model_name="supplement",
            name="items",
            field=models.JSONField(help_text="faults.Asked, as JSON", verbose_name="giấy tờ cần bổ sung"),
        ),
    ]

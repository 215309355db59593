"""The access log: every reading of a record by an officer."""

from django.db import models


class Reading(models.Model):
    """Somebody looked at something. `reader_id` is an id in people; base knows no domain."""

    at = models.DateTimeField()
    reader_id = models.BigIntegerField()
    topic = models.CharField(max_length=20)
    key = models.BigIntegerField()
    page = models.CharField(max_length=40)

    class Meta:
        indexes = [models.Index(fields=["topic", "key", "-at"], name="reading_by_key")]

    def __str__(self) -> str:
        return f"{self.topic} {self.key} {self.at:%Y-%m-%d %H:%M}"


class Attempt(models.Model):
    """How often something that may be guessing was tried in the window that ends at `ends_at`; see base.attempts."""

    key = models.CharField(max_length=200, primary_key=True)
    number = models.PositiveIntegerField()
    ends_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["ends_at"], name="attempt_by_end")]

    def __str__(self) -> str:
        return f"{self.key}: {self.number}"

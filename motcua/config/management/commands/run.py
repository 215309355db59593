"""`motcua run`."""

import os
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from motcua.config.embedded import revive
from motcua.config.management.commands.demo import SEED
from motcua.config.run import ServerStopped, is_free, serve
from motcua.dossiers.demo import is_unfinished
from motcua.people.demo_accounts import PASSWORD
from motcua.people.models import Agency
from motcua.people.queries import demo_officers


class Command(BaseCommand):
    """Serve the pages and do the background work, until Ctrl-C."""

    requires_system_checks = ()  # they take a second; `make test` and deployment run them
    help = _("Chạy cổng, bàn làm việc và việc nền; Ctrl-C dừng tất cả. PORT chọn cổng mạng (mặc định 8000).")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare the database, then serve until told to stop."""
        port = _port(os.environ.get("PORT", "8000"))
        call_command("migrate", interactive=False, verbosity=0)
        if settings.DEMO and (not Agency.objects.exists() or is_unfinished(seed=SEED)):
            self._say(_("Đang nạp tỉnh mẫu, chỉ một lần, khoảng một phút…"))
            call_command("demo", stdout=self.stdout)  # interrupted, it goes on at the next run
        try:
            serve(port, ready=lambda: self._welcome(port), mend=_mend, say=self._say)
        except ServerStopped as error:
            raise CommandError(
                _("Máy chủ web đã dừng; hồ sơ đã lưu không bị mất. Xem lỗi ở trên rồi chạy lại `make run`.")
            ) from error

    def _welcome(self, port: int) -> None:
        address = f"http://127.0.0.1:{port}"
        self._say(_("motcua đang chạy tại %(address)s — Ctrl-C để dừng tất cả.") % {"address": address})
        people = demo_officers() if settings.DEMO else []
        if people:
            self._say(
                _("Đăng nhập thử tại %(address)s%(path)s, mật khẩu %(password)s:")
                % {"address": address, "path": settings.LOGIN_URL, "password": PASSWORD}
            )
        for person in people:
            self._say(f"  {person.email:<40}{person.full_name}, {person.role}")

    def _say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()


def _mend() -> None:
    revive(os.environ["DATABASE_URL"], settings.VAR)


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise CommandError(_("PORT phải là một số từ 1 đến 65535; ví dụ: PORT=8001 make run."))
    if not is_free(int(text)):
        raise CommandError(
            _("Cổng %(port)s đang bận. Hãy dừng chương trình đang dùng nó, hoặc chạy: PORT=%(other)d make run.")
            % {"port": text, "other": int(text) % 65535 + 1}
        )
    return int(text)

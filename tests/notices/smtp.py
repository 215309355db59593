"""A small real mail server that can also refuse, hang up, dawdle or be away."""

import socketserver
import threading
from email import message_from_bytes, policy
from email.message import EmailMessage
from types import TracebackType
from typing import cast


class MailServer:
    """Takes letters. `replies` changes what it says: {"RCPT": "550 …"}; an empty reply hangs up.

    While `gate` is closed it holds its answer back at the point `held` ("HELLO", or "LETTER" when it has read it all);
    `asked` tells that somebody has come to this point.
    """

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.replies: dict[str, str] = {}
        self.gate = threading.Event()
        self.gate.set()
        self.held = "LETTER"
        self.asked = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _Conversation)
        self._server.post_office = self

    @property
    def address(self) -> tuple[str, int]:
        return cast("tuple[str, int]", self._server.server_address)

    def pass_gate(self, point: str) -> None:
        """Wait at that point of the conversation while the gate is closed there."""
        if point == self.held:
            self.asked.set()
            self.gate.wait()

    def __enter__(self) -> "MailServer":
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.gate.set()
        self._server.shutdown()
        self._server.server_close()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    post_office: MailServer


class _Conversation(socketserver.StreamRequestHandler):
    """One client; the few commands that smtplib speaks."""

    def handle(self) -> None:
        office = cast(_Server, self.server).post_office
        try:
            office.pass_gate("HELLO")
            goes_on = self._say(office.replies.get("HELLO", "220 vidu.vn"))
            while goes_on and (line := self.rfile.readline()):
                goes_on = self._answer(office, line.decode().split()[0].upper())
        except (ConnectionError, ValueError):
            return  # the client was killed

    def _answer(self, office: MailServer, command: str) -> bool:
        usual = {"DATA": "354 go on", "QUIT": "221 bye"}.get(command, "250 ok")
        goes_on = self._say(office.replies.get(command, usual)) and command != "QUIT"
        return self._take(office) if command == "DATA" and goes_on else goes_on

    def _take(self, office: MailServer) -> bool:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b"."))
        office.pass_gate("LETTER")
        office.letters.append(message_from_bytes(b"".join(lines), policy=policy.default))
        return self._say(office.replies.get("LETTER", "250 taken"))

    def _say(self, reply: str) -> bool:
        """Say it; an empty reply is none, and the conversation is over."""
        if reply:
            self.wfile.write(reply.encode() + b"\r\n")
        return bool(reply)

"""A mail server on this machine that takes letters and keeps them: real SMTP, nobody gets anything."""

import email
import email.policy
import re
import socket
import time

from aiosmtpd.controller import Controller


class Mailbox:
    """
    The server and what has come in: `letters`, parsed e-mails in order of arrival, each with `envelope_to`.

    Who is in `refused` is not taken (550). Addresses: `mailbox.url` for EMAIL_URL.
    """

    def __init__(self):
        self.letters, self.refused = [], set()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self._server = Controller(self, hostname="127.0.0.1", port=self.port)
        self._server.start()
        self.url = f"smtp://127.0.0.1:{self.port}"

    async def handle_RCPT(self, server, session, envelope, address, options):
        """Take or refuse one recipient."""
        if address in self.refused:
            return "550 No such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        """Keep one letter."""
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        letter.envelope_to = list(envelope.rcpt_tos)
        self.letters.append(letter)
        return "250 OK"

    def close(self):
        """Stop the server."""
        self._server.stop()

    def to(self, address):
        """The letters that have come for an address, oldest first: a list."""
        return [letter for letter in self.letters if address in letter.envelope_to]

    def wait_for(self, address, subject="", number=1, seconds=20):
        """The newest letter to `address` whose subject contains `subject`, once there are `number` of them."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            found = [letter for letter in self.to(address) if subject in letter["subject"]]
            if len(found) >= number:
                return found[-1]
            time.sleep(0.05)
        came = [str(letter["subject"]) for letter in self.letters]
        raise AssertionError(f"No letter „{subject}“ to {address}; came: {came}")


def text_of(letter):
    """The plain text of a letter."""
    return letter.get_body(preferencelist=("plain",)).get_content()


def links_in(letter):
    """The addresses in a letter's plain text: a list."""
    return re.findall(r"https?://\S+", text_of(letter))

"""Mail that the site sends, where a relay is set; a relay that fails stops nobody's work."""

import logging
import smtplib
from email.utils import make_msgid, parseaddr
from urllib.parse import urljoin

from flask import Flask, current_app
from flask_mail import Mail, Message
from flask_security import MailUtil

from assessor.settings import Settings


def install(app: Flask) -> None:
    """Teach the templates what mails and their pages need."""
    app.jinja_env.globals.update(mail_is_set_up=mail_is_set_up, site_address=site_address)


def mail_is_set_up() -> bool:
    """Whether the site can send mail at all."""
    settings: Settings = current_app.extensions["assessor_settings"]
    return bool(settings.mail_server)


def site_address(path: str) -> str:
    """A whole address for a path, from the settings alone.

    What goes out by mail must not depend on the Host that somebody sent with a request.
    """
    settings: Settings = current_app.extensions["assessor_settings"]
    # A path below a proxy's prefix comes with that prefix already.
    return urljoin(settings.base_url, path)


def send_mail(recipient: str, subject: str, body: str, html: str) -> bool:
    """Send one mail; whether the relay took it. Without a relay nothing is sent."""
    if not mail_is_set_up():
        return False
    settings: Settings = current_app.extensions["assessor_settings"]
    domain = parseaddr(settings.mail_sender)[1].rpartition("@")[2] or "localhost"
    message = Message(
        subject,
        recipients=[recipient],
        body=body,
        html=html,
        sender=settings.mail_sender,
        # Of the sender's domain: the machine's own name is nobody's business.
        extra_headers={"Message-ID": make_msgid(domain=domain)},
    )
    mail: Mail = current_app.extensions["mail"]
    try:
        mail.send(message)
    except (OSError, smtplib.SMTPException) as error:
        # Never the address: a log must not say who forgot a password.
        logging.getLogger(__name__).error("The mail relay took no mail: %s", type(error).__name__)
        return False
    return True


class SiteMail(MailUtil):
    """Flask-Security's mail through the same door."""

    def send_mail(
        self,
        template: str,
        subject: str,
        recipient: str | tuple[str, str],
        sender: str | tuple[str, str],
        body: str | None,
        html: str | None,
        **kwargs: object,
    ) -> None:
        address = recipient if isinstance(recipient, str) else recipient[1]
        send_mail(address, subject, body or "", html or "")

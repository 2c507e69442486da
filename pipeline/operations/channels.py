"""Ways to reach an operator: mail, a webhook, the log."""

import base64
import html
import http.client
import json
import re
import smtplib
import ssl
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, getaddresses, make_msgid
from typing import Any
from urllib.parse import unquote, urlsplit

from pipeline.settings import AlertSettings

TIMEOUT = 15  # seconds until a mail server or a webhook says anything
DEADLINE = 60  # seconds for a whole message: a receiver may answer letter by letter
# characters that one message may hold, its subject too: Telegram takes 4,096, Mattermost 16,383
SIZES = {"telegram": 4_000, "mattermost": 16_000}
_AS_WRITTEN = re.compile(r"[@\[\]<>`*~|\\]")  # of Mattermost's: else a mention, a link or a picture
MOVED = (301, 302, 303, 307, 308)
SIZE = 40_000  # of any other: Slack cuts what is longer


class ChannelError(Exception):
    """A message that couldn't be delivered; says why, and never names the secret address."""


class PartlyRefused(ChannelError):
    """A message that went to some and was refused for others; sent again, it would come twice to the first."""


Send = Callable[[str, str, Sequence[dict[str, str]]], None]  # subject, body, and the alerts in it for a program


@dataclass(frozen=True, slots=True)
class Channel:
    """A way to reach an operator."""

    name: str
    send: Send
    size: int = SIZE  # characters of both; alerts that don't fit go in further messages


def channels(settings: AlertSettings, *, desk: str = "") -> list[Channel]:
    """The ways that the settings open; the log is always one. A program is told at which `desk` something is wrong."""
    found = [Channel("log", lambda subject, body, _: _log(subject, body), size=0)]  # a line each: long ones are cut
    if settings.smtp_host and _one_line(settings.email_to):
        found.append(Channel("email", _in_time("a mail", lambda subject, body, _: _mail(settings, subject, body))))
    if settings.webhook_url.get_secret_value():
        size = SIZES.get(settings.webhook_shape, SIZE)
        send = _in_time("a post to the webhook", lambda *said: _post(settings, payload(settings, *said, desk=desk)))
        found.append(Channel("webhook", send, size))
    return found


def _in_time(what: str, send: Send) -> Send:
    """The same with an end to it: whatever happens in it is this channel's trouble, and keeps no other waiting."""

    def sent(subject: str, body: str, alerts: Sequence[dict[str, str]]) -> None:
        done: Future[None] = Future()

        def work() -> None:
            try:
                send(subject, body, alerts)
            except Exception as error:
                done.set_exception(error)
            else:
                done.set_result(None)

        threading.Thread(target=work, daemon=True).start()
        try:
            done.result(DEADLINE)
        except ChannelError:
            raise
        except TimeoutError:
            raise ChannelError(f"{what} wasn't taken within {DEADLINE} seconds; check [alerts].") from None
        except Exception as error:
            raise ChannelError(f"{what} can't be sent ({type(error).__name__}); check [alerts].") from None

    return sent


def unready(settings: AlertSettings) -> list[tuple[str, str]]:
    """What is wrong with the ways that are set, as far as it can be seen, each with what to do."""
    host, to, url = settings.smtp_host, _one_line(settings.email_to), settings.webhook_url.get_secret_value()
    found = []
    if bool(host) != bool(to):
        there, missing = ("smtp_host", "email_to") if host else ("email_to", "smtp_host")
        found.append((f"alerts.{there} is set without alerts.{missing}: no mail is sent", f"Set alerts.{missing} too."))
    if to and not all(map(_is_mail, _addresses(to))):
        advice = "Write them as a@example.org, separated by commas."
        found.append((f'alerts.email_to isn\'t mail addresses: "{to}"', advice))
    if host and to:
        found += _unready_sender(settings)
    if not url and (settings.webhook_shape != "slack" or settings.telegram_chat):
        there = "telegram_chat" if settings.telegram_chat else "webhook_shape"
        said = f"alerts.{there} is set without alerts.webhook_url: nothing is posted"
        found.append((said, "Set it too; it is a secret, and no backup brings it."))
    if url and not _is_web(url):
        found.append(("alerts.webhook_url isn't an http(s) address", "Copy it again from its service."))
    if url and settings.webhook_shape == "telegram" and not settings.telegram_chat:
        found.append(("alerts.telegram_chat is empty: a bot must know whom to tell", "Set it to the chat's id."))
    return found


def _unready_sender(settings: AlertSettings) -> Iterator[tuple[str, str]]:
    if [*map(_is_mail, _addresses(settings.email_from))] != [True]:
        yield f'alerts.email_from isn\'t a mail address: "{settings.email_from}"', "Write it as a@example.org."
    if settings.smtp_user and not settings.smtp_password.get_secret_value():
        said = "alerts.smtp_user is set without alerts.smtp_password: the mail server will refuse it"
        yield said, "Set it too; it is a secret, and no backup brings it."
    for name, said in (("user", settings.smtp_user), ("password", settings.smtp_password.get_secret_value())):
        if not said.isascii():
            yield f"alerts.smtp_{name} has letters beyond ASCII, which can't be sent", "Choose one without them."


def _one_line(addresses: str) -> str:
    """Addresses that may stand over several lines, as a mail's head names them."""
    return ", ".join(filter(None, (line.strip(" \t,") for line in addresses.splitlines())))


def _addresses(said: str) -> list[str]:
    return [address for _, address in getaddresses([_one_line(said)])]


def _is_mail(address: str) -> bool:
    return bool(re.fullmatch(r"[^\s@]+@[^\s@]+", address))


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _log(subject: str, body: str) -> None:
    import structlog  # a third of the time `soi status` takes to start, which never logs

    structlog.get_logger("alerts").warning("alert", subject=subject, text=body)


def _mail(settings: AlertSettings, subject: str, body: str) -> None:
    try:
        message = _message(settings, subject, body)
        with _server(settings) as server:
            if settings.smtp_user:
                server.login(settings.smtp_user, settings.smtp_password.get_secret_value())
            try:
                refused = server.send_message(message)
            except smtplib.SMTPRecipientsRefused as error:  # all of them
                refused = error.recipients
    except (OSError, ValueError, IndexError, smtplib.SMTPException) as error:  # the second and third: of a setting
        raise ChannelError(
            f"{settings.smtp_host}:{settings.smtp_port} didn't take the mail ({_why(error)}); check [alerts]."
        ) from None
    if refused:
        raise _refusal(settings, refused)


def _message(settings: AlertSettings, subject: str, body: str) -> EmailMessage:
    message, sender = EmailMessage(), _one_line(settings.email_from)
    message["From"], message["To"], message["Subject"] = sender, _one_line(settings.email_to), subject
    message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain=sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body)
    return message


def _refusal(settings: AlertSettings, refused: Mapping[str, tuple[int, bytes]]) -> ChannelError:
    """Which of the addresses a mail server refused, by their places, as this is logged."""
    addresses = _addresses(settings.email_to)
    which = [f"number {at} ({refused[one][0]})" for at, one in enumerate(addresses, start=1) if one in refused]
    kind = ChannelError if len(refused) == len({*addresses}) else PartlyRefused
    return kind(
        f"{settings.smtp_host}:{settings.smtp_port} refused, of the {len(addresses)} addresses in alerts.email_to,"
        f" {', '.join(which)}; check them."
    )


def _server(settings: AlertSettings) -> smtplib.SMTP:
    """A connection to the mail server, as safe as the settings ask for."""
    host, port, context = settings.smtp_host, settings.smtp_port, ssl.create_default_context()
    if settings.smtp_security == "tls":
        return smtplib.SMTP_SSL(host, port, timeout=TIMEOUT, context=context)
    server = smtplib.SMTP(host, port, timeout=TIMEOUT)
    if settings.smtp_security == "starttls":
        server.starttls(context=context)
    return server


def _why(error: Exception) -> str:
    if isinstance(error, UnicodeEncodeError):  # its words quote the user or the password
        return f"{type(error).__name__}: {error.reason}"
    return f"{type(error).__name__}: {str(error)[:200]}"


def payload(
    settings: AlertSettings, subject: str, body: str, alerts: Sequence[dict[str, str]], *, desk: str
) -> dict[str, Any]:
    """What the receiver of the webhook understands."""
    text = f"{subject}\n{body}"
    if settings.webhook_shape == "telegram":
        return {"chat_id": settings.telegram_chat, "text": text[: SIZES["telegram"]]}
    if settings.webhook_shape == "mattermost":
        return {"username": "Soi", "text": _AS_WRITTEN.sub(_bare, text)[: SIZES["mattermost"]]}
    if settings.webhook_shape == "slack":
        return {"text": html.escape(text, quote=False)}
    return {"subject": subject, "body": body, "desk": desk, "alerts": list(alerts)}


def _bare(mark: re.Match[str]) -> str:
    """A mark that stands for itself: behind an @ stands a space of no width, by which it names nobody."""
    return "@\u200b" if mark[0] == "@" else f"\\{mark[0]}"


class _NoDetour(urllib.request.HTTPRedirectHandler):
    """Leaves a redirect unfollowed: on its way a POST becomes a GET without its body, which any page answers."""

    def redirect_request(self, *_: object, **__: object) -> None:
        """Nothing to ask instead, so the answer stays the error that it is."""


def _post(settings: AlertSettings, told: dict[str, Any]) -> None:
    url = settings.webhook_url.get_secret_value()
    if not _is_web(url):
        raise ChannelError("alerts.webhook_url isn't an http(s) address; copy it again from its service.")
    data = json.dumps(told, ensure_ascii=False).encode()
    headers = {"content-type": "application/json; charset=utf-8", "user-agent": "soi"}
    parts = urlsplit(url)
    login, _, place = parts.netloc.rpartition("@")
    if login:  # urllib would take it for part of the host's name
        user, _, password = login.partition(":")
        said = base64.b64encode(f"{unquote(user)}:{unquote(password)}".encode()).decode()
        url, headers["authorization"] = parts._replace(netloc=place).geturl(), f"Basic {said}"
    request = urllib.request.Request(url, data, headers)  # noqa: S310  # http(s) only, checked above
    try:
        urllib.request.build_opener(_NoDetour).open(request, timeout=TIMEOUT).close()
    except urllib.error.HTTPError as error:
        if error.code in MOVED:
            raise ChannelError(f"the webhook has moved ({error.code}); set its new address.") from None
        raise ChannelError(f"the webhook answered {error.code}; check alerts.webhook_url and its shape.") from None
    except (OSError, ValueError, http.client.HTTPException) as error:  # the last: what answers speaks no HTTP
        reason = getattr(error, "reason", error)
        raise ChannelError(
            f"the webhook can't be reached ({type(reason).__name__}); check alerts.webhook_url."
        ) from None

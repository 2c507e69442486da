"""The signals that end what is at work."""

import signal


def ending() -> list[signal.Signals]:
    """Ctrl-C's, SIGTERM, and the one of a terminal that closes, but where that is ignored, as under nohup."""
    ignored = signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
    return [signal.SIGINT, signal.SIGTERM, *([] if ignored else [signal.SIGHUP])]

"""What is handed to systemd and Docker: right, and as closed as it can be."""

import contextlib
import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from pipeline.home import Home
from pipeline.operations.state import opened

DEPLOY = Path(__file__).parents[1] / "deploy"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze isn't installed")
def test_the_unit_is_right_and_hardened(tmp_path):
    unit = (DEPLOY / "soi.service").read_text(encoding="utf-8").replace("/opt/soi/bin/soi", shutil.which("true"))
    (tmp_path / "soi.service").write_text(unit, encoding="utf-8")
    verify = ["systemd-analyze", "verify", tmp_path / "soi.service"]
    said = subprocess.run(verify, capture_output=True, text=True, check=False)
    assert not [line for line in said.stderr.splitlines() if "soi.service" in line and "Unknown" in line], said.stderr
    rate = ["systemd-analyze", "security", "--offline=yes", "--threshold=20", tmp_path / "soi.service"]
    rated = subprocess.run(rate, capture_output=True, text=True, check=False)
    if "Unknown" in rated.stderr or "unrecognized" in rated.stderr:
        pytest.skip("this systemd-analyze is too old to rate a file")
    assert rated.returncode == 0, rated.stdout[-300:]  # an exposure of at most 2.0 of 10


def test_the_image_runs_as_nobody_special_and_knows_its_health():
    lines = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").splitlines()
    users = [line.split()[1] for line in lines if line.startswith("USER ")]
    assert users == ["10001"]
    assert any(line.startswith("HEALTHCHECK") for line in lines)
    assert not [line for line in lines if line.startswith("ADD ") or "latest" in line]


@pytest.mark.parametrize("name", ["Makefile", "deploy/Dockerfile", "docs/operator.md"])
def test_what_a_lock_names_is_installed_by_its_hashes_and_nothing_else(name):
    # a version newer than the lock has breaks an install that resolves what the lock has settled
    text = (DEPLOY.parent / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if "pip install" in line and " -r " in line]
    assert lines
    assert all({"--require-hashes", "--no-deps"} <= set(line.split()) for line in lines)


class Ready(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/readyz" else 404)
        self.end_headers()


@pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx isn't installed")
def test_the_desk_behind_nginx_on_any_port_is_asked_by_the_name_that_the_browser_knows(tmp_path):
    asked: list[str] = []

    class Desk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.extend(self.headers[name] for name in ("host", "x-forwarded-for", "x-forwarded-proto"))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *args) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Desk) as desk, socket.socket() as free:
        threading.Thread(target=desk.serve_forever, daemon=True).start()
        free.bind(("127.0.0.58", 0))  # an address of its own: nobody takes the port before nginx does
        port = free.getsockname()[1]
        free.close()
        site = (
            (DEPLOY / "nginx.conf")
            .read_text(encoding="utf-8")
            .replace("127.0.0.1:8765", f"127.0.0.1:{desk.server_port}")
        )
        site = re.sub(r"ssl_.*", "", site).replace("listen 443 ssl", f"listen 127.0.0.58:{port}")
        paths = "".join(
            f"{name}_temp_path {tmp_path};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        (tmp_path / "conf").write_text(
            f"daemon off; master_process off; pid {tmp_path}/pid; error_log stderr; events {{}}"
            f" http {{ access_log off; {paths}\n{site} }}", encoding="utf-8",
        )  # fmt: skip
        with subprocess.Popen(["nginx", "-p", tmp_path, "-c", tmp_path / "conf"]) as nginx:
            try:
                while nginx.poll() is None:
                    with contextlib.suppress(OSError):
                        call = http.client.HTTPConnection("127.0.0.58", port, timeout=60)
                        call.request("POST", "/case/1/draft", b"x", {"host": f"desk.example:{port}"})
                        assert call.getresponse().status == 204
                        break
                    time.sleep(0.1)
            finally:
                nginx.terminate()
        desk.shutdown()
    assert asked == [f"desk.example:{port}", "127.0.0.1", "http"]


def test_health_is_asked_where_the_desk_is_open(tmp_path):
    text = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", "")
    asking = json.loads(re.search(r"^HEALTHCHECK .*? CMD (.*)$", text, re.MULTILINE)[1])

    def healthy():
        told = {**os.environ, "SOI_HOME": str(tmp_path), "PYTHONPATH": str(DEPLOY.parent)}
        return not subprocess.run([sys.executable, *asking[1:]], env=told, capture_output=True, check=False).returncode

    (tmp_path / "data").mkdir()
    assert not healthy()
    with HTTPServer(("127.0.0.1", 0), Ready) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        with opened(Home(tmp_path), f"http://127.0.0.1:{server.server_port}"):
            assert healthy()
        server.shutdown()
        thread.join()


def test_the_compose_file_closes_what_can_be_closed():
    yaml = pytest.importorskip("yaml")
    soi = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"]["soi"]
    assert soi["read_only"] is True
    assert soi["cap_drop"] == ["ALL"]
    assert soi["user"].split(":")[0] not in {"0", "root"}
    assert all(port.startswith("127.0.0.1:") for port in soi["ports"])
    assert "no-new-privileges:true" in soi["security_opt"]


def test_the_dashboard_asks_each_panel_of_the_source_that_is_chosen():
    board = json.loads((DEPLOY / "grafana.json").read_text(encoding="utf-8"))
    ids = [panel["id"] for panel in board["panels"]]
    assert len(ids) == len(set(ids)) > 10
    for panel in board["panels"]:
        assert panel["datasource"]["uid"] == "${source}"
        assert all(target["expr"] for target in panel["targets"])
        assert panel["gridPos"]["x"] + panel["gridPos"]["w"] <= 24

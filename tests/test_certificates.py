"""Certificates are looked at: a site whose own can't be trusted is refused and told as such, and nothing is kept."""

import contextlib
import datetime
import ipaddress
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from small_site import Site, crawl, site
from test_discover import in_a_process

from pipeline.store import open_store

NOW = datetime.datetime.now(datetime.UTC)
DAY = datetime.timedelta(days=1)


def certificate(folder: Path, *, until: datetime.datetime) -> Path:
    """A key and a certificate it signed itself, for 127.0.0.1."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(until - 30 * DAY)
        .not_valid_after(until)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "site.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture(params=["self-signed", "expired"])
def web(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    until = NOW + DAY if request.param == "self-signed" else NOW - DAY
    with site(certificate=certificate(tmp_path, until=until)) as served:
        served.article("/a.html", "Trạm y tế xã Ea Nhôl mở cửa lại sau hai tháng sửa chữa, người dân đến khám đông.")
        served.feed("/a.html")
        yield served


def test_a_site_that_cannot_prove_who_it_is_is_refused_and_told_as_such(web: Site, tmp_path: Path) -> None:
    report = crawl(tmp_path / "soi.db", [web.source()])
    assert report["counts"] == {"bad_certificate": 1}
    assert report["status"] == {"bao": "failing"}
    assert web.hits == []  # not a word was said to it
    with contextlib.closing(open_store(tmp_path / "soi.db")) as db:
        (problem,) = db.conn.execute("SELECT last_problem FROM sources").fetchone()
        assert problem == "bad_certificate: robots.txt: its certificate is expired, self-signed or another's"
        assert db.conn.execute("SELECT count(*) FROM posts").fetchone() == (0,)


def test_a_check_and_a_search_say_what_is_wrong_with_it(web: Site, tmp_path: Path) -> None:
    (found,) = in_a_process(tmp_path, {"check": [web.source()]})
    assert (found["ok"], found["status"]) == (False, "bad_certificate")
    assert "tell its people" in found["advice"]
    assert "its certificate is expired" in in_a_process(tmp_path, {"find": web.root})["error"]
    assert web.hits == []

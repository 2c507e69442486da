"""Settings: secrets stay secret, typos anywhere are told, everything is printed with where it comes from."""

import json
import re
import traceback
from pathlib import Path

import pytest
import tomli

from classifier import loading
from pipeline.home import Home
from pipeline.inforce import SECRET_NAMES, HomeError, explain_settings, load_settings
from pipeline.operations.doctor import examine
from pipeline.operations.logs import clean, without_people
from pipeline.settings import PARTS, LogSettings


@pytest.fixture
def home(tmp_path) -> Home:
    return Home(tmp_path)


def secrets(home: Home, text: str, mode: int = 0o600) -> None:
    path = home.root / "secrets.toml"
    path.write_text(text)
    path.chmod(mode)


def test_a_secret_in_the_settings_file_is_refused_and_says_where_to_put_it(home):
    home.settings_file.write_text('[alerts]\nsmtp_password = "geheim"\n')
    with pytest.raises(HomeError, match=r"secrets\.toml.*SOI_ALERTS__SMTP_PASSWORD") as caught:
        home.settings()
    assert "geheim" not in str(caught.value)


def test_a_secret_in_its_own_file_or_the_environment_is_taken(home, monkeypatch):
    home.settings_file.write_text('[alerts]\nsmtp_user = "soi"\n')
    secrets(home, '[alerts]\nsmtp_password = "aus der datei"\n')
    alerts = home.settings().alerts
    assert (alerts.smtp_user, alerts.smtp_password.get_secret_value()) == ("soi", "aus der datei")
    monkeypatch.setenv("SOI_ALERTS__SMTP_PASSWORD", "aus der umgebung")
    assert home.settings().alerts.smtp_password.get_secret_value() == "aus der umgebung"


def test_secrets_that_others_can_read_are_refused(home):
    secrets(home, '[alerts]\nsmtp_password = "geheim"\n', mode=0o640)
    with pytest.raises(HomeError, match="chmod 600"):
        home.settings()


@pytest.mark.parametrize(("name", "value", "said"), [
    ("SOI_SCHEDULE__TIMEZONE", "Asia/Hanoi", "there is no time zone 'Asia/Hanoi'"),
    ("SOI_SCHEDULE__CHECK", "99 * * * *", "isn't five cron fields"), ("SOI_SCORE__BATCH", "0", "score.batch"),
    ("SOI_SCHEDULE__BACKUP", "10 3 31 2 *", "such a day never comes"),
    ("SOI_SCHEDULE__BACKUP", "", "nor off (fields: 0)"), ("SOI_SCHEDULE__BACKUP", "@daily", "nor off (fields: 1)"),
    ("SOI_SCHEDULE__BACKUP", "0 4 * * x", "nor off ('x' is no day of the week)"),
    ("SOI_SCHEDULE__BACKUP", "0 4 * * */x", "nor off ('*/x' has no step of days)"),
    ("SOI_KEEP__BACKUPS", "", "backups can't go to ''; name a folder of their own in the home"),
    ("SOI_KEEP__BACKUPS", " ", "backups can't go to ' '"), ("SOI_KEEP__BACKUPS", ".", "backups can't go to '.'"),
    ("SOI_KEEP__BACKUPS", "../../x", "backups can't go to"), ("SOI_KEEP__BACKUPS", "x/../..", "backups can't go to"),
    ("SOI_KEEP__BACKUPS", "data", "backups can't go to"), ("SOI_KEEP__BACKUPS", "./models/x", "backups can't go to"),
    ("SOI_KEEP__BACKUPS", "~/soi-backups", "'~/soi-backups'; name a folder of their own in the home, or an absolute"),
    ("SOI_KEEP__BACKUPS", " ~an/x", "backups can't go to ' ~an/x'"),
    ("SOI_DESK__HOST", "", "'' is no address to listen on; write it like 127.0.0.1"),
    ("SOI_DESK__HOST", "127.0.0.1 ", "'127.0.0.1 ' is no address"), ("SOI_DESK__HOST", "[::1]", "no address to listen"),
    *[("SOI_DESK__HOST", host, "is no address to listen on") for host in ("127.0.0.1:8080", "a:b", "-", "%", "::1%")],
    ("SOI_DESK__ADDRESS", "desk.example", "write it like https://desk.example"),
    ("SOI_DESK__ADDRESS", "https://", "write it like https://desk.example"),
    ("SOI_DESK__ADDRESS", "https://desk.example/soi/", "needs a host of its own, as https://desk.example; 'https://desk."),
    ("SOI_DESK__PUBLISH_URL", "kc.example/bai", "no link can begin with 'kc.example/bai'; write it like https://"),
    ("SOI_CRAWL__CONTACT", "not a contact", "no URL or e-mail"),
    ("SOI_CRAWL__CONTACT", "an@bao.example\nX-Evil: y", "holds what can't be printed; a URL or e-mail stands on one"),
    ("SOI_CRAWL__EVERY", "0m", "between 15 minutes"),
    ("SOI_KEEP__POST_DAYS", "999999", "less than or equal to 36500"),
    ("SOI_KEEP__MONTHLY", "99999", "less than or equal to 1200"),
    ("SOI_SCORE__RESCORE_DAYS", "inf", "finite number"), ("SOI_ALERTS__SETTLE_MINUTES", "1e300", "less than or equal"),
])  # fmt: skip
def test_a_value_that_cannot_be_is_told_with_where_it_came_from(home, monkeypatch, name, value, said):
    section, _, key = name.removeprefix("SOI_").lower().partition("__")
    home.settings_file.write_text(f"[{section}]\n{key} = {value if value == '0' else json.dumps(value)}\n")
    with pytest.raises(HomeError, match=rf"^soi\.toml: {section}\.{key}: .*") as caught:
        home.settings()
    assert said in str(caught.value)
    home.settings_file.write_text("")
    monkeypatch.setenv(name, value)
    with pytest.raises(HomeError, match=f"^{name}: "):
        home.settings()
    assert {check.what: check.state for check in examine(home)}["settings"] == "bad"


@pytest.mark.parametrize("around", ["\n", "\r\n", "\t", " ", "\u00a0"])
def test_a_contact_is_taken_without_the_blanks_and_line_ends_around_it(home, monkeypatch, around):
    home.settings_file.write_text(f"[crawl]\ncontact = {json.dumps(f'{around}an@bao.example{around}')}\n")
    assert home.settings().crawl.contact == "an@bao.example"
    monkeypatch.setenv("SOI_CRAWL__CONTACT", f"https://bao.example/bot (an\u00a0@\u00a0bao){around}")
    assert home.settings().crawl.contact == "https://bao.example/bot (an\u00a0@\u00a0bao)"


@pytest.mark.parametrize(("name", "value"), [
    ("keep.post_days", "true"), ("keep.monthly", "false"), ("score.rescore_days", "false"),
])  # fmt: skip
def test_a_switch_in_the_place_of_a_number_is_refused(home, name, value):
    section, key = name.split(".")
    home.settings_file.write_text(f"[{section}]\n{key} = {value}\n")
    with pytest.raises(HomeError, match=rf"^soi\.toml: {section}\.{key}: {value} is no number\.$"):
        home.settings()
    home.settings_file.write_text("[desk]\nsecure_cookies = true\n")
    assert home.settings().desk.secure_cookies


@pytest.mark.parametrize("folder", ["backups", "xa/gan", "/mnt/../backups", "dataset", " /mnt/backups "])
def test_backups_go_to_a_folder_of_their_own_in_the_home_or_to_one_said_in_full(home, folder):
    home.settings_file.write_text(f"[keep]\nbackups = {json.dumps(folder)}\n")
    assert home.backups == home.root / folder.strip()


def test_a_job_is_off_in_whatever_case_that_is_written(home):
    home.settings_file.write_text('[schedule]\nbackup = "OFF"\nprune = " Off "\n')
    assert (home.settings().schedule.backup, home.settings().schedule.prune) == ("off", "off")


@pytest.mark.parametrize("around", ["{}", "{} ", "# public key: age1x\n{}\n"])
def test_a_private_key_in_the_place_of_a_public_one_is_refused_and_not_repeated(home, around):
    secret = "1QQPSXHUWDKZKVZLZ0X3M9RRF5M2YT0K2M9C4J2L0N4X7Q8WVQ3SQ9Q0D"
    for key in (f"AGE-SECRET-KEY-{secret}", f"age-secret-key-{secret.lower()}"):
        home.settings_file.write_text(f"[keep]\nage_recipient = {json.dumps(around.format(key))}\n")
        with pytest.raises(HomeError, match=r"^soi\.toml: keep\.age_recipient: this is a private key") as caught:
            explain_settings(home.settings_file)
        assert secret.lower() not in "".join(traceback.format_exception(caught.value)).lower()


def test_secrets_are_never_printed(home, monkeypatch):
    monkeypatch.setenv("SOI_WATCH__METRICS_TOKEN", "geheim")
    secrets(home, '[alerts]\nwebhook_url = "https://hooks.example/geheim"\n')
    told = {name: (value, origin) for name, value, origin, _ in explain_settings(home.settings_file)}
    assert "geheim" not in str(told)
    assert told["alerts.webhook_url"] == ("**********", "secrets.toml")
    assert told["watch.metrics_token"] == ("**********", "SOI_WATCH__METRICS_TOKEN")
    assert "geheim" not in repr(home.settings())


@pytest.mark.parametrize(("variable", "said"), [
    ("SOI_ALRETS__EMAIL_TO", "Did you mean SOI_ALERTS"), ("SOI_WATCH__DISK_FRE_MB", "Did you mean disk_free_mb"),
    ("SOI_HOEM", "Did you mean SOI_HOME"), ("SOI_QQQQ", "soi settings"),
    ("SOI_DESK_PORT", r"Did you mean SOI_DESK__PORT\?"), ("SOI_PART", "Did you mean SOI_PARTS"),
])  # fmt: skip
def test_a_typo_in_a_variable_is_told_with_the_nearest_name(home, monkeypatch, variable, said):
    monkeypatch.setenv(variable, "1")
    with pytest.raises(HomeError, match=said):
        home.settings()


@pytest.mark.parametrize(("variable", "said"), [
    ("SOI_RESEARCH__DATA", 'research.data is a list, which is written \'["one", "two"]\' in a variable.'),
    ("soi_research__corpora", "research.corpora is a list"), ("SOI_PARTS", "write SOI_PARTS__NAME=VALUE"),
    ("SOI_CRAWL", "write SOI_CRAWL__NAME=VALUE"),
])  # fmt: skip
def test_a_variable_that_holds_no_list_is_named_with_how_one_is_written(home, monkeypatch, variable, said):
    monkeypatch.setenv(variable, "/tmp/x")
    with pytest.raises(HomeError, match=f"^{variable}: ") as caught:
        home.settings()
    assert said in str(caught.value)


def test_lists_and_parts_are_taken_from_variables(home, monkeypatch):
    monkeypatch.setenv("SOI_RESEARCH__DATA", '["one", "two"]')
    monkeypatch.setenv("SOI_PARTS__RIGHTS", "readers/one")
    assert (home.settings().research.data, home.settings().parts) == (("one", "two"), {"rights": "readers/one"})
    monkeypatch.setenv("soi_parts__kind", "readers/two")
    told = {name: origin for name, _, origin, _ in explain_settings(home.settings_file)}
    assert told["parts"] == "SOI_PARTS__KIND, SOI_PARTS__RIGHTS"
    assert (told["research.data"], told["research.corpora"]) == ("SOI_RESEARCH__DATA", "default")


def test_a_setting_that_a_variable_of_its_whole_table_holds_is_told_by_that(home, monkeypatch):
    home.settings_file.write_text("[crawl]\nmax_pages = 3\nevery = '2h'\n")
    monkeypatch.setenv("SOI_CRAWL", '{"max_pages": 7}')
    told = {name: (value, origin) for name, value, origin, _ in explain_settings(home.settings_file)}
    assert (told["crawl.max_pages"], told["crawl.every"]) == (("7", "SOI_CRAWL"), ("2h", "soi.toml"))
    monkeypatch.setenv("SOI_DESK", "null")  # holds none
    assert {origin for name, _, origin, _ in explain_settings(home.settings_file) if "desk." in name} == {"default"}
    monkeypatch.setenv("SOI_CRAWL", '{"max_pages": 0}')
    with pytest.raises(HomeError, match=r"^SOI_CRAWL: crawl\.max_pages: "):
        home.settings()


@pytest.mark.parametrize(("text", "said"), [
    ('[alerts]\nwebhook_shape = "irc"', "alerts.webhook_shape"), ("[keep]\npost_days = 0", "keep.post_days"),
    ('[alert]\nemail_to = "x"', r"no table \[alert\]\. Did you mean \[alerts\]\?$"),
    ("\xff", "TOML"), ("alerts = 3", "alerts"),
    ('[[source]]\nid = "a"', r"^soi\.toml: \[\[source\]\] belongs into sources"),
    ("[crawl]\nmax_pages = 1\n[desk]\nport = 1\n[crawl]", r"\[crawl\] stands twice: put both into one \(line 5\)"),
    ("[crawl]\nmax_pages = 1\nmax_pages = 2\n", r"a key stands twice \(line 3\); mend that line and try again\.$"),
    ("[crawl]\ncontact = a@b.example", r"a text needs quotes \(line 2\)"),
    ("[watch]\ndisk_free_mb = 5 GB", r"more stands behind a value; a text needs quotes \(line 2\)"),
    ('[crawl]\ncontact = "a@b.example\n', r"a text lacks its second quote \(line 2\)"),
    (f"a = {'[' * 999}", r"^soi\.toml isn't valid TOML: it is nested too deep; mend it and try again\.$"),
    ('[research]\ndata = ["a"', r"a list lacks its \] \(line 2\)"),
    ("[schedule]\nmemory_mb = 512", r"schedule\.memory_mb: it should be greater than or equal to 768\.$"),
    ('[research]\ncorpora = "one"', r'research\.corpora: it should be a list, as \["one", "two"\]\.$'),
    ("crawl = 3", r"^soi\.toml: crawl: it should be a table, under its name in brackets\.$"),
    ('[crawl]\nmax_pages = "many"', r"crawl\.max_pages: it should be a whole number\.$"),
    ("[crawl]\nmax_pages = 0", r"crawl\.max_pages: it should be greater than or equal to 1\.$"),
    ("[desk]\naddress = 3", r"desk\.address: it should be a text, in quotes\.$"),
    ('[desk]\nsecure_cookies = "maybe"', r"secure_cookies: it should be true or false\.$"),
    ('[parts]\nkinds = "readers/k"', r"^soi\.toml: parts: there is no model part kinds; .* rights, kind, "),
    ("parts = 3", r"parts: it should be a table, under its name in brackets\.$"),
])  # fmt: skip
def test_whatever_is_wrong_with_the_file_is_one_sentence(home, text, said):
    home.settings_file.write_text(text, encoding="utf-8")
    with pytest.raises(HomeError, match=said) as caught:
        load_settings(home.settings_file)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "host", ["::", "::1", "fe80::1%eth0", "localhost", "0.0.0.0", "desk-1.example", "::ffff:127.0.0.1"]
)
def test_a_desk_listens_at_an_address_of_either_kind_or_a_name(home, host):
    home.settings_file.write_text(f"[desk]\nhost = '{host}'\n")
    assert home.settings().desk.host == host


@pytest.mark.parametrize("address", ["https://desk.example", "https://desk.example/", "http://[::1]:8765/"])
def test_a_desk_is_reached_at_a_host_with_or_without_the_slash_behind_it(home, address):
    home.settings_file.write_text(f'[desk]\naddress = "{address}"\n')
    assert home.settings().desk.address == address


def test_the_parts_that_settings_know_are_those_of_a_model():
    assert set(PARTS) == set(loading.PARTS)


def test_the_mark_that_windows_sets_before_a_file_is_no_part_of_it(home):
    home.settings_file.write_text("\ufeff[crawl]\nmax_pages = 7\n", encoding="utf-8")
    secrets(home, '\ufeff[watch]\nmetrics_token = "geheim"\n')
    assert (home.settings().crawl.max_pages, home.settings().watch.metrics_token.get_secret_value()) == (7, "geheim")


@pytest.mark.parametrize("name", ["soi.toml", "secrets.toml"])
def test_a_link_that_leads_nowhere_is_no_file_without_settings(home, name):
    there = home.root / "mounted" / name
    (home.root / name).symlink_to(there)
    with pytest.raises(HomeError, match=rf"^{name} is a link to {re.escape(str(there))}, which isn't there; mount"):
        home.settings()
    assert {check.what: check.state for check in examine(home)}["settings"] == "bad"
    there.parent.mkdir()
    there.touch(mode=0o600)
    assert home.settings().desk.port == 8765


def test_a_file_in_another_charset_is_told(home):
    home.settings_file.write_bytes("[crawl]\ncontact = 'Nguyễn'".encode("utf-16"))
    with pytest.raises(HomeError, match="UTF-8"):
        home.settings()


def test_a_folder_in_the_place_of_the_file_is_told(home):
    home.settings_file.mkdir()
    with pytest.raises(HomeError, match=r"soi\.toml can't be read: "):
        home.settings()


def test_a_log_line_holds_no_person_and_no_page():
    said = clean("an@bao.example 0912345678 http://bao.example/thanh-vien/nguoi-dung-7?x=1 failed")
    assert said.count("bao.example") == 1
    assert "nguoi-dung" not in said
    assert "0912345678" not in said
    line = without_people(None, "info", {"event": "x", "author": "ai đó", "html": "<p>", "source": "bao", "n": 3})
    assert line == {"event": "x", "source": "bao", "n": 3}


@pytest.mark.parametrize("said", ["", "lỗi ở nguồn"])
def test_a_log_line_on_an_error_says_which_and_where_and_none_of_its_words(home, said):
    home.settings_file.write_text("[keep]\npost_days = 0\n")
    try:
        home.settings()
    except HomeError as error:
        found = [
            without_people(None, "error", {"event": "x", "said": said, "exc_info": info})
            for info in (True, error, (type(error), error, error.__traceback__))
        ]
    assert found[0] == found[1] == found[2]
    assert found[0].keys() == {"event", "said"}
    assert re.fullmatch(rf"{said} \(HomeError at .*\)" if said else r"HomeError at inforce\.py:\d+", found[0]["said"])
    assert without_people(None, "info", {"event": "x", "exc_info": False}) == {"event": "x"}


def test_log_lines_are_json_when_nobody_watches(home, capsys):
    import json
    import logging

    import structlog

    from pipeline.operations.logs import set_up

    before = logging.getLogger().handlers[:], logging.getLogger().level
    try:
        set_up(LogSettings())
        structlog.get_logger("run").info("done", job="backup", seconds=3, text="a" * 2000, author="ai đó")
        logging.getLogger("uvicorn.error").warning("port %d taken, tell an@bao.example", 80)
        structlog.get_logger("run").debug("not worth a line")
        try:
            raise ValueError("bài của an@bao.example")
        except ValueError:
            logging.getLogger("crawlers.watch").error("can't be kept", exc_info=True)
        first, second, third = (json.loads(line) for line in capsys.readouterr().err.splitlines())
    finally:
        logging.getLogger().handlers[:], logging.getLogger().level = before
        structlog.reset_defaults()
    assert (first["event"], first["job"], first["seconds"], len(first["text"])) == ("done", "backup", 3, 600)
    assert "author" not in first
    assert second["level"] == "warning"
    assert "port 80 taken" in second["event"]
    assert "an@bao" not in second["event"]
    assert re.fullmatch(r"ValueError at test_settings\.py:\d+", third["said"])
    assert "bài của" not in str(third)


def test_every_setting_is_in_the_operators_page_and_the_example_with_its_default(tmp_path):
    from classifier.files import shipped

    page = (Path(__file__).parents[1] / "docs" / "operator.md").read_text(encoding="utf-8")
    lines = shipped("soi", "example.toml").read_text(encoding="utf-8").splitlines()
    settings = [line.removeprefix("# ") for line in lines if re.match(r"\[|# [a-z_]+ = ", line)]
    example = tomli.loads("\n".join(settings))
    for name, value, _, sentence in explain_settings(tmp_path / "soi.toml"):
        shown = f"`{value}`" if value not in {"", "{}"} else ""
        assert f"| `{name}` | {shown} | {sentence} |" in page, name
        section, _, key = name.partition(".")
        if key and name not in SECRET_NAMES and name != "crawl.contact":
            told = example[section][key]
            assert str(tuple(told) if isinstance(told, list) else told).lower() == value.lower(), name


def test_a_log_line_keeps_no_user_or_password_of_an_address() -> None:
    assert (
        clean("http://lun:mat@khau@bao.test:80/x?y: gone, http://bao.test/a")
        == "http://bao.test:80/… gone, http://bao.test/…"
    )

"""The files ``deploy-files`` writes: read by systemd and the shell themselves, and what is refused."""

import datetime as dt
import http.client
import os
from pathlib import Path
import re
import socket
import ssl
import subprocess

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
import pytest
from real_nginx import Server, deploy, free_port, nginx, open_folder, own, started
import small_sites

from site_builder.config.load import load_site
from site_builder.errors import Exit, SiteBuilderError
from site_builder.hosting.files import Setup, setup_files


@pytest.fixture
def site(tmp_path):
    return small_sites.write_site(tmp_path / "content", site__base_path="/credit/")


def made(site, **changes):
    values = {
        "name": "dalian",
        "site_file": Path("/srv/site/content/dalian/site.yml"),
        "output": Path("/srv/site/output"),
        "program": ("/opt/site-builder/bin/site-builder",),
        "user": "site-builder",
    }
    return setup_files(load_site(site), Setup(**(values | changes)))


def test_files_are_written_and_told(site, tmp_path, capsys):
    deploy(tmp_path / "setup", site, tmp_path / "out")
    found = sorted(path.relative_to(tmp_path / "setup").as_posix() for path in (tmp_path / "setup").rglob("*.*"))
    assert found == [
        "nginx-default/default.conf",
        "nginx/dalian.conf",
        "systemd/site-builder-dalian-failure.service",
        "systemd/site-builder-dalian.service",
        "systemd/site-builder-dalian.timer",
    ]
    assert (tmp_path / "setup" / "cron" / "site-builder-dalian").is_file()
    assert "cron/site-builder-dalian" in capsys.readouterr().out


def test_same_site_and_options_give_the_same_files(site, tmp_path):
    for name in ("one", "two"):
        deploy(tmp_path / name, site, tmp_path / "out")
    assert small_sites.files_of(tmp_path / "one") == small_sites.files_of(tmp_path / "two")


def written_units(folder, files):
    """The paths of the units, the timer last."""
    units = {folder / Path(name).name: text for name, text in files.items() if name.startswith("systemd/")}
    for path, text in units.items():
        path.write_text(text)
    return sorted(map(str, units))


@pytest.mark.needs_systemd
def test_systemd_takes_the_units_and_wakes_at_five_past_midnight_in_china(site, tmp_path):
    program = tmp_path / "site-builder"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    units = written_units(tmp_path, made(site, program=(str(program),), user="root"))
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    assert not [line for line in done.stderr.splitlines() if "site-builder-dalian" in line]
    calendar = re.search(r"OnCalendar=(.+)", Path(units[-1]).read_text())[1]
    told = subprocess.run(
        ["systemd-analyze", "calendar", "--base-time", "2026-11-20 00:00:00 UTC", calendar],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "TZ": "UTC"},
    ).stdout
    assert "2026-11-20 16:05:00 UTC" in told


@pytest.mark.needs_systemd
def test_units_are_confined_and_nobody_else_can_be_reached_from_them(site, tmp_path):
    """By systemd's own measure, 0 to 10; 3 and more is what it no longer calls well protected."""
    metrics = Path("/var/lib/prometheus/node-exporter/credit.prom")
    for unit in written_units(tmp_path, made(site, metrics=metrics)):
        if unit.endswith(".service"):
            measure = ["systemd-analyze", "security", "--offline=true", "--threshold=30", "--no-pager", unit]
            done = subprocess.run(measure, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout[-200:]


def test_failed_rebuild_is_told_and_only_what_a_rebuild_writes_is_writable(site):
    files = made(site, metrics=Path("/var/lib/prometheus/node-exporter/credit.prom"))
    service = files["systemd/site-builder-dalian.service"].splitlines()
    told = files["systemd/site-builder-dalian-failure.service"].splitlines()
    assert "OnFailure=site-builder-dalian-failure.service" in service[: service.index("[Service]")]
    assert "ReadWritePaths=/srv/site/output /var/lib/prometheus/node-exporter" in service
    build = next(line for line in service if line.startswith("ExecStart="))
    assert build.endswith("--output /srv/site/output --metrics /var/lib/prometheus/node-exporter/credit.prom")
    assert build.removeprefix("ExecStart=") in files["cron/site-builder-dalian"]
    confined = {"NoNewPrivileges=yes", "CapabilityBoundingSet=", "ProtectSystem=strict", "PrivateNetwork=yes"}
    confined |= {"RestrictNamespaces=yes", "SystemCallFilter=@system-service", "SystemCallFilter=~@privileged"}
    assert confined <= set(service) & set(told)
    assert not [line for line in told if line.startswith(("ReadWritePaths=", "User="))]
    assert "ReadWritePaths=/srv/site/output" in made(site)["systemd/site-builder-dalian.service"].splitlines()


@pytest.mark.needs_nginx
@pytest.mark.parametrize("tls", [False, True])
def test_name_that_is_no_site_of_the_machine_is_answered_by_nobody(site, tls):
    """Neither over HTTP nor TLS, where no certificate is shown; the site itself is served beside."""
    with open_folder() as folder:
        pem, key = certificate(folder) if tls else (None, None)
        port = free_port()
        listen = {"listen": (f"127.0.0.1:{port}",), "certificate": pem, "certificate_key": key}
        files = made(site, **listen, logs=own(folder / "logs"))
        conf = folder / "both.conf"
        conf.write_text(files["nginx-default/default.conf"] + files["nginx/dalian.conf"])
        with started(folder, conf, port):
            if tls:
                trust = ssl.create_default_context(cafile=pem)
                with trust.wrap_socket(socket.create_connection(("127.0.0.1", port)), server_hostname="small.example"):
                    pass
                for name in ("other.example", None):
                    trust.check_hostname = False
                    with pytest.raises(ssl.SSLError, match=r"UNRECOGNIZED_NAME|unrecognized name"):
                        trust.wrap_socket(socket.create_connection(("127.0.0.1", port)), server_hostname=name)
                return
            server = Server(port, folder / "logs")
            assert server.ask("/credit/", host="small.example")[0] == 404  # no release yet
            for host in ("other.example", f"127.0.0.1:{port}", "small.example.other.example"):
                with pytest.raises(http.client.RemoteDisconnected):
                    server.ask("/credit/", host=host)


@pytest.mark.parametrize(("hour", "runs"), [("00", True), ("01", False), ("16", False), ("23", False)])
def test_cron_line_rebuilds_in_the_first_hour_of_the_day_in_china(site, tmp_path, hour, runs):
    """The line's own shell command, with the hour as ``date`` tells it for China's offset."""
    program = tmp_path / "site-builder"
    program.write_text(f'#!/bin/sh\necho "$*" > {tmp_path}/ran\n')
    (tmp_path / "date").write_text(f'#!/bin/sh\n[ "$TZ $1" = "CST-8 +%H" ] && echo {hour}\n')
    for one in ("site-builder", "date"):
        (tmp_path / one).chmod(0o755)
    line = made(site, program=(str(program),))["cron/site-builder-dalian"].splitlines()[-1]
    minute, *every, user, command = line.split(" ", 6)
    assert (minute, every, user) == ("5", ["*"] * 4, "site-builder")
    shell = command.replace(r"\%", "%")
    subprocess.run(["/bin/sh", "-c", shell], check=True, env={"PATH": f"{tmp_path}:{os.environ['PATH']}"})
    assert (tmp_path / "ran").exists() is runs
    if runs:
        expected = "build --site /srv/site/content/dalian/site.yml --output /srv/site/output\n"
        assert (tmp_path / "ran").read_text() == expected


def test_chinas_offset_is_written_as_the_shell_reads_it():
    """POSIX writes offsets west of Greenwich."""
    command = ["date", "-d", "2026-11-20T16:05:00Z", "+%F %H"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={"TZ": "CST-8"})
    assert done.stdout == "2026-11-21 00\n"


def test_rebuild_reads_the_given_export(site):
    text = made(site, export=Path("/srv/export/credit.zip"))["systemd/site-builder-dalian.service"]
    assert "--output /srv/site/output --export /srv/export/credit.zip\n" in text


@pytest.mark.parametrize(
    "change",
    [
        {"name": "大连"},
        {"name": "a b"},
        {"name": "../dalian"},
        {"user": "root; rm"},
        {"output": Path("/srv/a b")},
        {"output": Path("/srv/$uri")},
        {"output": Path("/srv/100%")},
        {"site_file": Path("/srv/a;b/site.yml")},
        {"site_file": Path("/srv/{a}/site.yml")},
        {"export": Path("/srv/a\nb")},
        {"export": Path('/srv/"a')},
        {"program": ("/opt/site builder",)},
        {"listen": ("80; include /etc/passwd",)},
        {"listen": ("localhost",)},
        {"listen": ("99999",)},
        {"listen": ("65536",)},
        {"listen": ("0",)},
        {"listen": ("127.0.0.1:70000",)},
        {"listen": ("1.2.3:80",)},
        {"listen": ("999.0.0.1:80",)},
        {"listen": ("[::1::2]:80",)},
        {"certificate": Path("/etc/ssl/site.pem")},
        {"certificate_key": Path("/etc/ssl/site.key")},
        {"logs": Path("/var/log/a b")},
        {"challenges": Path("/srv/{a}")},
        {"metrics": Path("/var/lib/a;b.prom")},
    ],
    ids=str,
)
def test_what_a_configuration_cannot_hold_is_refused(site, change):
    with pytest.raises(SiteBuilderError) as caught:
        made(site, **change)
    assert caught.value.exit_code == Exit.USAGE
    assert [finding.code for finding in caught.value.findings] == ["setup"]
    assert caught.value.findings[0].hint


def certificate(folder):
    """A self-signed certificate of the site's host, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "small.example")])
    day = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(day).not_valid_after(day.replace(year=2099))
    (folder / "site.pem").write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    (folder / "site.key").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    (folder / "site.key").chmod(0o644)
    return folder / "site.pem", folder / "site.key"


@pytest.mark.needs_nginx
def test_site_is_served_over_tls_with_transport_security():
    with open_folder() as folder:
        site = small_sites.write_site(folder / "content")
        small_sites.build_site(
            site, small_sites.write_export(folder / "export", severe=[small_sites.entry("S-1")]), folder / "out"
        )
        pem, key = certificate(folder)
        with nginx(folder, site, folder / "out", "--certificate", pem, "--certificate-key", key) as server:
            trust = ssl.create_default_context(cafile=pem)
            trust.check_hostname = False
            connection = http.client.HTTPSConnection("127.0.0.1", server.port, context=trust, timeout=30)
            connection.request("GET", "/severe/S-1.html")
            answer = connection.getresponse()
            assert (answer.status, answer.getheader("Strict-Transport-Security")) == (200, "max-age=31536000")
            answer.read()
            connection.close()


@pytest.mark.needs_nginx
def test_plain_http_leads_to_tls_where_there_is_a_certificate(site):
    """nginx itself reads the configuration for the usual ports, which the tests may not take."""
    with open_folder() as folder:
        pem, key = certificate(folder)
        challenges = folder / "challenges" / ".well-known" / "acme-challenge"
        challenges.mkdir(parents=True)
        (challenges / "Ab_-1").write_text("Ab_-1.key")
        options = {"certificate": pem, "certificate_key": key, "logs": own(folder / "logs")}
        text = made(site, **options, challenges=folder / "challenges")["nginx/dalian.conf"]
        plain, secure = free_port(), free_port()
        text = re.sub(r"listen (\[::\]:)?80;", f"listen 127.0.0.1:{plain};", text, count=1)
        text = re.sub(r"listen (\[::\]:)?443 ", f"listen 127.0.0.1:{secure} ", text, count=1)
        text = re.sub(r"    listen \[::\]:.+\n", "", text)
        (folder / "site.conf").write_text(text)
        with started(folder, folder / "site.conf", plain):
            server = Server(plain, folder / "logs")
            status, headers, _ = server.ask("/credit/severe/?a=b")
            assert (status, headers["location"]) == (301, "https://small.example/credit/severe/?a=b")
            assert server.ask("/.well-known/acme-challenge/Ab_-1")[::2] == (200, b"Ab_-1.key")
            assert server.ask("/.well-known/acme-challenge/none")[0] == 404
            assert server.ask("/.well-known/acme-challenge/")[0] == 301
            assert "?" not in server.told()

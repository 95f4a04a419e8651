"""Real nginx over a built site, with the configuration ``deploy-files`` writes, run by an ordinary user."""

from contextlib import contextmanager
import http.client
import os
from pathlib import Path
import socket
import subprocess
import tempfile
import time

from site_builder.cli.main import commands
from site_builder.machine import program

NGINX = program("nginx")
NOBODY = 65534

MAIN = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log info;
events {{}}
http {{
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {conf};
}}
"""


@contextmanager
def open_folder():
    """A temporary folder that every user may enter, as a web server's user has to."""
    with tempfile.TemporaryDirectory(prefix="site-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Server:
    """A running nginx: its port, the folder of its logs, and what it answers."""

    def __init__(self, port, logs=None):
        self.port, self.logs = port, logs

    def url(self, path):
        return f"http://127.0.0.1:{self.port}{path}"

    def ask(self, path, method="GET", **headers):
        """(status, headers with lower-case names, body); the path goes out as it is written."""
        wanted = {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, headers=wanted)
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def told(self):
        """All that the site's access log says of what was asked before now: an answer may be there before its line."""
        last = f"/last-{time.monotonic_ns()}"
        self.ask(last)
        (log,) = (one for one in self.logs.iterdir() if ".error." not in one.name)
        while last not in (text := log.read_text()):
            pass
        return text


@contextmanager
def nginx(folder, site_file, output, *options):
    """Real nginx over a site, the options those of ``deploy-files``; ``folder`` is new and its own."""
    port = free_port()
    logs = own(folder / "logs")
    listen = ("--listen", f"127.0.0.1:{port}", "--logs", logs)
    deploy(folder / "setup", site_file, output, *listen, *options)
    (conf,) = (folder / "setup" / "nginx").iterdir()
    with started(folder, conf, port):
        yield Server(port, logs)


def own(folder):
    """A new folder that nginx's user may write to."""
    folder.mkdir()
    if os.geteuid() == 0:
        os.chown(folder, NOBODY, NOBODY)
    return folder


@contextmanager
def started(folder, conf, port):
    """Real nginx with a configuration that listens on the port."""
    place = own(folder / "nginx")
    (place / "nginx.conf").write_text(MAIN.format(folder=place, conf=conf))
    as_user = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    command = [NGINX, "-e", str(place / "error.log"), "-p", str(place), "-c", str(place / "nginx.conf")]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, **as_user) as process:
        try:
            wait_for(process, port)
            yield
        finally:
            process.terminate()


def deploy(folder, site_file, output, *options):
    """Run ``deploy-files``."""
    arguments = ["deploy-files", folder, "--site", site_file, "--output", output, *options, "--json"]
    commands.main([str(one) for one in arguments], standalone_mode=False)


def wait_for(process, port):
    """Until the server takes connections."""
    while True:
        if process.poll() is not None:
            raise AssertionError(f"nginx did not start: {process.stderr.read()}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except ConnectionRefusedError:
            continue
        return

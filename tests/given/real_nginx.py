"""Real nginx over a built site, with the configuration ``deploy-files`` writes, run by an ordinary user."""

from contextlib import contextmanager
import http.client
import os
from pathlib import Path
import socket
import subprocess
import tempfile

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
    """A running nginx: its port, and what it answers."""

    def __init__(self, port):
        self.port = port

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


@contextmanager
def nginx(folder, site_file, output, *options):
    """Real nginx over a site, the options those of ``deploy-files``; ``folder`` is new and its own."""
    port = free_port()
    deploy(folder / "setup", site_file, output, "--listen", f"127.0.0.1:{port}", *options)
    (conf,) = (folder / "setup" / "nginx").iterdir()
    with started(folder, conf, port):
        yield Server(port)


@contextmanager
def started(folder, conf, port):
    """Real nginx with a configuration that listens on the port."""
    own = folder / "nginx"
    own.mkdir()
    (own / "nginx.conf").write_text(MAIN.format(folder=own, conf=conf))
    as_user = {}
    if os.geteuid() == 0:
        os.chown(own, NOBODY, NOBODY)
        as_user = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
    command = [NGINX, "-e", str(own / "error.log"), "-p", str(own), "-c", str(own / "nginx.conf")]
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

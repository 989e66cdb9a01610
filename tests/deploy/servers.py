"""The sample app as `sample_app/deploy` runs it: gunicorn and nginx with ports and folders of their own."""

import contextlib
import functools
import http.client
import json
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from pathlib import Path

from clova_flask.security.devkey import generate_key, public_pem, sign

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "sample_app" / "deploy"
HOST = "pizza.example.com"
KEY = generate_key()


def nginx_program():
    """Return the path of nginx, which Debian has where only root looks, or None."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return listening.getsockname()[1]


@contextlib.contextmanager
def running(command, log, **options):
    """Run a program until the block ends: SIGTERM, and SIGKILL for what does not end by it."""
    with log.open("ab") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, start_new_session=True, **options)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        print(log.read_text(errors="replace")[-5000:])  # noqa: T201 - beside a failure


@contextlib.contextmanager
def gunicorn(folder, *options, app="sample_app.wsgi:app", port=None, **environ):
    """Serve an app by the configuration of the folder `deploy`; yield the process, and its port."""
    folder.mkdir(exist_ok=True)
    port = port or free_port()
    settings = {
        "FLASK_SECRET_KEY": "0" * 64,
        "FLASK_CLOVA_PUBLIC_KEY": public_pem(KEY),
        "FLASK_SAMPLE_DATABASE_URL": f"sqlite:///{folder}/sample.db",
        "FLASK_CLOVA_HEALTH": "1",
        "HOME": str(folder),
        "PYTHONPATH": f"{folder}:{ROOT}",
        **environ,
    }
    command = [sys.executable, "-m", "gunicorn", "--config", str(DEPLOY / "gunicorn.conf.py")]
    command += ["--bind", f"127.0.0.1:{port}", *options, app]
    env = {**os.environ, **settings}
    with running(command, folder / "gunicorn.log", cwd=folder, env=env) as process:
        wait_until(lambda: status_of(port) == 200, process)
        yield process, port


@contextlib.contextmanager
def nginx(folder, certificate, *ports):
    """Put nginx before gunicorns; yield its port.

    The files are those of the folder `deploy`, but for ports, paths and the workers' addresses.
    """
    folder.mkdir(exist_ok=True)
    port = free_port()
    config = nginx_config(folder, certificate, port, ports)
    command = [nginx_program(), "-p", str(folder), "-c", str(config), "-g", "daemon off;"]
    with running(command, folder / "nginx.log") as process:
        wait_until(lambda: status_of(port, tls=certificate) == 200, process)
        yield port


def nginx_config(folder, certificate, port, ports):
    site = (DEPLOY / "nginx" / "pizzabot.conf").read_text()
    for pattern, replacement in {
        r"listen 443 ssl": f"listen 127.0.0.1:{port} ssl",
        r"ssl_certificate(_key)? /.*": rf"ssl_certificate\1 {certificate};",
        r"/var/log/nginx/": f"{folder}/",
    }.items():
        site, found = re.subn(pattern, replacement, site)
        assert found, pattern
    servers = "\n".join(f"server 127.0.0.1:{one};" for one in ports)
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    # As root its workers are another user, who may not be in the folder of a test.
    user = "" if os.geteuid() else "user root;\n"
    config = folder / "nginx.conf"
    config.write_text(
        f"{user}pid {folder}/nginx.pid;\nerror_log {folder}/error.log;\nworker_processes 1;\n"
        f"events {{ worker_connections 256; }}\n"
        f"http {{\n{temporary}upstream pizzabot {{\n{servers}\n}}\n{site}}}\n"
    )
    return config


def wait_until(is_so, process, seconds=20):
    stop = time.monotonic() + seconds
    while not is_so():
        assert process.poll() is None, "it has ended"
        assert time.monotonic() < stop, f"not within {seconds} seconds"
        time.sleep(0.05)


def status_of(port, path="/clova/health", **options):
    try:
        return call(port, "GET", path, **options)[0]
    except OSError:
        return None


def call(port, method, path, body=None, headers=(), *, tls=None, source="127.0.0.1", host=HOST, timeout=20):
    """Send a request to a port of this machine, and return the status and the body of the answer."""
    connection = http.client.HTTPConnection(host, timeout=timeout)
    connection.sock = connect(port, tls=tls, source=source, host=host, timeout=timeout)
    with contextlib.closing(connection):
        connection.request(method, path, body, dict(headers))
        response = connection.getresponse()
        return response.status, response.read()


def connect(port, *, tls=None, source="127.0.0.1", host=HOST, timeout=20):
    plain = socket.create_connection(("127.0.0.1", port), timeout, (source, 0))
    plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return plain if tls is None else tls_context(tls).wrap_socket(plain, server_hostname=host)


@functools.cache
def tls_context(certificate):
    return ssl.create_default_context(cafile=certificate)


def post(port, body, **options):
    """Send a signed message, and return the status and the body of the answer."""
    headers = {"SignatureCEK": sign(KEY, body), "Content-Type": "application/json;charset=UTF-8"}
    return call(port, "POST", "/clova", body, headers, **options)


def launch(user="보라"):
    """Write the message with which a user starts the extension."""
    message = {
        "version": "1.0",
        "session": {"sessionId": "세션", "new": True, "user": {"userId": user}},
        "context": {"System": {"application": {"applicationId": "com.example.pizzabot"}}},
        "request": {"type": "LaunchRequest"},
    }
    return json.dumps(message, ensure_ascii=False).encode()

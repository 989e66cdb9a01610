"""What the files of `sample_app/deploy` must have, where no engine or init system runs them."""

import re
import shutil
import subprocess

import pytest

from clova_flask.settings import Settings
from tests.deploy.servers import DEPLOY, ROOT

yaml = pytest.importorskip("yaml")


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text())


@pytest.fixture(scope="module")
def dockerfile():
    """The instructions, a line each, without comments."""
    text = re.sub(r"^#.*\n", "", (DEPLOY / "Dockerfile").read_text(), flags=re.MULTILINE)
    return text.replace("\\\n", "").splitlines()


def test_the_proxy_accepts_what_the_endpoint_accepts():
    site = (DEPLOY / "nginx" / "pizzabot.conf").read_text()
    (limit,) = re.findall(r"client_max_body_size (\d+)m;", site)
    assert int(limit) * 2**20 == Settings().max_content_length


def test_the_image_runs_as_nobody_who_owns_it(dockerfile):
    last = [line for line in dockerfile if line.startswith("FROM")][-1]
    final = dockerfile[dockerfile.index(last) :]
    (user,) = [line for line in final if line.startswith("USER")]
    assert re.fullmatch(r"USER [1-9]\d*:[1-9]\d*", user)
    after = final[final.index(user) :]
    assert not [line for line in after if line.startswith(("RUN", "COPY", "ADD"))]
    assert not [line for line in final if "--chown" in line]


def test_memory_is_given_back(dockerfile):
    """It must be in the environment when a process starts: gunicorn's configuration is too late."""
    unit = (DEPLOY / "pizzabot.service").read_text()
    (image,) = [line for line in dockerfile if line.startswith("ENV") and "MALLOC" in line]
    for setting in ("MALLOC_ARENA_MAX=2", "MALLOC_MMAP_THRESHOLD_=131072"):
        assert re.search(rf"^Environment=.*\b{setting}(\s|$)", unit, re.MULTILINE)
        assert re.search(rf"\s{setting}(\s|$)", image)


def test_the_image_has_a_health_and_starts_without_a_shell(dockerfile):
    text = "\n".join(dockerfile)
    assert re.search(r'HEALTHCHECK .*\n?.*CMD \["flask", "clova", "health", "http', text)
    assert dockerfile[-1].startswith('CMD ["gunicorn"'), "SIGTERM must reach gunicorn, not a shell"


def test_images_have_a_version(dockerfile, compose):
    stages = {line.split(" AS ")[1] for line in dockerfile if " AS " in line}
    images = [line.split()[1] for line in dockerfile if line.startswith("FROM")]
    images += [one["image"] for one in compose["services"].values() if "build" not in one]
    assert not [name for name in images if name not in stages and not re.search(r":\d", name)]


def test_no_secret_is_in_a_layer_or_in_the_compose_file(dockerfile, compose):
    secret = re.compile(r"SECRET_KEY=|PASSWORD=|TOKEN=|://[^/\s]+:[^/\s]+@", re.IGNORECASE)
    assert not [line for line in dockerfile if secret.search(line)]
    assert not secret.search((DEPLOY / "compose.yaml").read_text())
    for service in compose["services"].values():
        named = {name for name in service.get("environment", {}) if re.search("SECRET|PASSWORD", name)}
        assert all(name.endswith(("_FILE", "SAMPLE_SECRETS")) for name in named)
        assert set(service.get("secrets", ())) <= set(compose["secrets"])
    assert all(one["file"].startswith("secrets/") for one in compose["secrets"].values())
    assert "/sample_app/deploy/secrets/" in (ROOT / ".gitignore").read_text().splitlines()
    ignored = (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()
    assert ignored[1] == "*"
    assert "sample_app/deploy/secrets" in ignored


def test_what_the_image_copies_is_there_and_not_ignored(dockerfile):
    allowed = {
        line[1:] for line in (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines() if line[:1] == "!"
    }
    copied = [
        name
        for line in dockerfile
        if line.startswith("COPY") and "--from" not in line
        for name in line.split()[1:-1]
    ]
    assert "clova_flask" in copied
    for name in copied:
        assert (ROOT / name).exists()
        assert name.split("/")[0] in allowed


def test_the_tables_are_upgraded_once_before_the_workers_start(compose):
    services = compose["services"]
    assert services["upgrade"]["command"] == ["flask", "clova", "db", "upgrade"]
    assert services["upgrade"]["restart"] == "no"
    assert services["app"]["depends_on"]["upgrade"] == {"condition": "service_completed_successfully"}


def test_what_is_waited_for_tells_its_health(compose):
    services = compose["services"]
    for service in services.values():
        for name, how in service.get("depends_on", {}).items():
            if how["condition"] == "service_healthy":
                assert name == "app" or "healthcheck" in services[name]


def test_only_the_proxy_is_reached_from_outside(compose):
    services = compose["services"]
    assert [name for name, one in services.items() if "ports" in one] == ["nginx"]
    assert "data" not in services["nginx"]["networks"]
    assert compose["networks"]["data"] == compose["networks"]["front"] == {"internal": True}


def test_docker_reads_the_compose_file():
    if shutil.which("docker") is None:
        pytest.skip("no docker is installed: the compose file is only read as YAML")
    there = subprocess.run(["docker", "compose", "version"], capture_output=True, check=False)
    if there.returncode:
        pytest.skip("docker has no compose: the compose file is only read as YAML")
    command = ["docker", "compose", "-f", str(DEPLOY / "compose.yaml"), "config", "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_systemd_accepts_the_unit(tmp_path):
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd is installed: its unit is not verified")
    # What it starts must be there, and is in /srv/pizzabot on the server alone.
    unit = (DEPLOY / "pizzabot.service").read_text()
    unit, found = re.subn(r"/srv/pizzabot/venv/bin/\w+", "/bin/true", unit)
    assert found == 3
    path = tmp_path / "pizzabot.service"
    path.write_text(unit)
    command = ["systemd-analyze", "verify", "--man=no", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    "line",
    [
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "StateDirectory=pizzabot",
        "ExecReload=/bin/kill -s HUP $MAINPID",
        "ExecStartPre=/srv/pizzabot/venv/bin/flask clova db upgrade",
    ],
)
def test_the_unit_has(line):
    assert line in (DEPLOY / "pizzabot.service").read_text().splitlines()


def test_the_unit_waits_longer_than_the_workers():
    (patience,) = re.findall(r"TimeoutStopSec=(\d+)", (DEPLOY / "pizzabot.service").read_text())
    (grace,) = re.findall(
        r"^graceful_timeout = (\d+)", (DEPLOY / "gunicorn.conf.py").read_text(), re.MULTILINE
    )
    (docker,) = re.findall(r"stop_grace_period: (\d+)s", (DEPLOY / "compose.yaml").read_text())
    assert int(grace) < min(int(patience), int(docker))

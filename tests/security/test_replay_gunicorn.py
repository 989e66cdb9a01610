"""The replay guard over several workers and machines, with one Redis."""

import json
import os
import time
import urllib.error
import urllib.request
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from clova_flask.security.devkey import generate_key, public_pem, sign

pytest.importorskip("gunicorn")
if not hasattr(os, "fork"):
    pytest.skip("the system cannot fork", allow_module_level=True)

from tests.test_gunicorn import gunicorn

KEY = generate_key()

# The process that loads it has a connection to Redis already, which no worker may use.
APP = """
import os

from flask import Flask

from clova_flask import Clova
from clova_flask.home import Appliance, action

clova = Clova(
    public_key=os.environ["PUBLIC_KEY"],
    home_any_token=True,
    replay_guard_url=os.environ["REDIS_URL"],
    replay_guard_fail="closed",
)


class Lock(Appliance, type="SMARTLOCK"):
    @action("SetLockState")
    def set_state(self, lock_state: str):
        with open("opened", "a") as opened:
            opened.write(f"{os.getpid()}\\n")
        return lock_state


clova.home.load(lambda appliance_id: Lock(appliance_id))
app = Flask(__name__)
clova.init_app(app)
app.extensions["clova"]["clova"].guard.memory.check()
"""


def unlock():
    header = {"messageId": str(uuid.uuid4()), "namespace": "ClovaHome", "name": "SetLockStateRequest"}
    payload = {"accessToken": "토큰", "appliance": {"applianceId": "현관"}, "lockState": "UNLOCKED"}
    message = {"header": {**header, "payloadVersion": "1.0"}, "payload": payload}
    return json.dumps(message, ensure_ascii=False).encode()


def post(url, body):
    request = urllib.request.Request(url, body, {"SignatureCEK": sign(KEY, body)})
    try:
        with urllib.request.urlopen(request, timeout=20) as response:
            assert json.load(response)["header"]["name"] == "SetLockStateConfirmation"
            return response.status
    except urllib.error.HTTPError as error:
        with error:
            return error.code


@pytest.mark.parametrize(
    "worker", ["sync", "gthread --threads 4", "gevent"], ids=lambda text: text.split()[0]
)
def test_a_replayed_unlock_works_once_over_two_machines_of_two_workers(own_redis, tmp_path, worker):
    if worker == "gevent":
        pytest.importorskip("gevent")
    folders = [tmp_path / name for name in ("서울", "부산")]
    for folder in folders:
        folder.mkdir()
    environ = {"PUBLIC_KEY": public_pem(KEY), "REDIS_URL": own_redis.url}
    options = f"--preload --workers 2 --worker-class {worker}"
    with (
        gunicorn(folders[0], APP, options, **environ) as seoul,
        gunicorn(folders[1], APP, options, **environ) as busan,
        ThreadPoolExecutor(8) as pool,
    ):
        urls, end = [seoul, busan], time.monotonic() + 30
        # First all workers connect, which may take longer than a message waits where the machine is busy.
        while len(set(opened(folders))) < 4:
            assert time.monotonic() < end, "a worker does not answer"
            assert {*pool.map(lambda n: post(urls[n % 2], unlock()), range(32))} <= {200, 503}
        for _ in range(5):
            before, body = len(opened(folders)), unlock()
            replayed = Counter(pool.map(post, urls * 150, [body] * 300))
            assert replayed[200] <= 1
            assert len(opened(folders)) == before + replayed[200]
            if not replayed[503]:  # of a guard that is closed while the machine is too busy for Redis
                break
        assert replayed == {200: 1, 409: 299}


def opened(folders):
    files = [folder / "opened" for folder in folders]
    return [line for file in files if file.exists() for line in file.read_text().split()]

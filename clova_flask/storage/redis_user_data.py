"""User data in Redis: a hash a record, changed by scripts, and a set of the records of each owner.

A script finds the owner's set by what is in the record, so it is one Redis, not a cluster of several.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from secrets import token_hex
from typing import Any

from ..errors import StorageUnavailable
from ..user_data.stores import Record
from .redis_server import RedisServer

_RECORD = "clova:user_data:"
_OWNED = "clova:user_data_of:"
"""What the keys of records begin with, and those of owners' sets."""


@dataclass(frozen=True, slots=True)
class _Script:
    """A script, which Redis runs as a whole, with nothing else between."""

    text: str

    def run(self, client: Any, key: str, *arguments: str | bytes) -> int:
        """Run it by its digest, in one round trip; by its text where Redis has been restarted since."""
        from redis.exceptions import NoScriptError

        digest = hashlib.sha1(self.text.encode(), usedforsecurity=False).hexdigest()
        try:
            return int(client.evalsha(digest, 1, key, *arguments))
        except NoScriptError:
            return int(client.eval(self.text, 1, key, *arguments))


_WRITE = _Script("""
local record = KEYS[1]
local replacing, text, version, changed_at, owned, owner = unpack(ARGV)
if (redis.call('HGET', record, 'version') or '') ~= replacing then
    return 0
end
redis.call('HSET', record, 'text', text, 'version', version, 'changed_at', changed_at)
if owner ~= '' then
    local former = redis.call('HGET', record, 'owner')
    if former then
        redis.call('SREM', owned .. former, record)
    end
    redis.call('HSET', record, 'owner', owner)
    redis.call('SADD', owned .. owner, record)
end
return 1
""")

_DELETE = _Script("""
local owner = redis.call('HGET', KEYS[1], 'owner')
if owner then
    redis.call('SREM', ARGV[1] .. owner, KEYS[1])
end
return redis.call('DEL', KEYS[1])
""")

_DELETE_OWNED = _Script("""
local deleted = 0
for _, record in ipairs(redis.call('SMEMBERS', KEYS[1])) do
    if redis.call('HGET', record, 'owner') == ARGV[1] then
        deleted = deleted + redis.call('DEL', record)
    end
end
redis.call('DEL', KEYS[1])
return deleted
""")


class RedisUserData:
    """A :class:`~clova_flask.user_data.stores.UserDataStore` in Redis.

    Nothing is sent twice: where the answer to a write is lost, the write may have been done.

    :ivar server: where it is.
    """

    def __init__(self, server: RedisServer) -> None:
        self.server = server

    def read(self, key: str) -> Record | None:
        """Return the record of a key; None when there is none."""
        with self.server.use() as client:
            *values, owner = client.hmget(_RECORD + key, ["text", "version", "changed_at", "owner"])
            if None in values:
                return None
            text, version, changed_at = map(str, values)
            return Record(text, version, int(changed_at), None if owner is None else str(owner))

    def write(self, key: str, text: str, *, replacing: str | None, owner: str | None = None) -> bool:
        """Write a record where its version is still the one that is replaced."""
        values = (text.encode(), token_hex(8), str(int(time.time())))
        with self.server.use() as client:
            return _WRITE.run(client, _RECORD + key, replacing or "", *values, _OWNED, owner or "") == 1

    def delete(self, key: str) -> bool:
        """Delete the record of a key, and return whether there was one."""
        with self.server.use() as client:
            return _DELETE.run(client, _RECORD + key, _OWNED) == 1

    def owned(self, owner: str) -> list[str]:
        """List the keys of an owner's records."""
        with self.server.use() as client:
            records = client.smembers(_OWNED + owner)
        return [record.removeprefix(_RECORD) for record in map(str, records)]

    def delete_owned(self, owner: str) -> int:
        """Delete every record of an owner, and return how many there were."""
        with self.server.use() as client:
            return _DELETE_OWNED.run(client, _OWNED + owner, owner)

    def check(self) -> None:
        """Check that Redis is up, may be written to, and keeps what it has."""
        self.delete("")
        with self.server.use() as client:
            remark = _remark(_info(client))
        if remark:
            raise StorageUnavailable(f"The Redis for user data {remark}: CLOVA_USER_DATA_URL.")


def _info(client: Any) -> dict[str, Any]:
    """Return what Redis tells of itself: nothing to a user who may not ask."""
    from redis.exceptions import NoPermissionError

    try:
        return {**client.info("server"), **client.info("memory")}
    except NoPermissionError:
        return {}


def _remark(info: dict[str, Any]) -> str:
    """Tell what makes a Redis unfit for data that is to stay."""
    if info.get("redis_mode") == "cluster":
        return "is a cluster, and must be one server, with or without replicas"
    policy = str(info.get("maxmemory_policy", ""))
    if info.get("maxmemory") and policy.startswith("allkeys"):
        return (
            f"drops records when its memory is full: its maxmemory-policy is {policy}. Set it to noeviction, "
            "or name another Redis"
        )
    return ""

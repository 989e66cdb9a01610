"""The tables as the first version made them, which noted no revision, with a link in them."""

from sqlalchemy import text

TABLES = """
CREATE TABLE clova_clients (
    key VARCHAR(64) NOT NULL, extension TEXT NOT NULL, client_id TEXT NOT NULL,
    secret_hash VARCHAR(64) NOT NULL, title TEXT NOT NULL, redirect_uris TEXT NOT NULL, scope TEXT NOT NULL,
    created_at BIGINT NOT NULL, PRIMARY KEY (key)
);
CREATE TABLE clova_links (
    id {serial} NOT NULL, extension TEXT NOT NULL, client_key VARCHAR(64) NOT NULL, user_id TEXT NOT NULL,
    scope TEXT NOT NULL, created_at BIGINT NOT NULL, revoked_at BIGINT, code_hash VARCHAR(64) NOT NULL,
    code_expires_at BIGINT NOT NULL, code_used_at BIGINT, code_challenge TEXT, redirect_uri TEXT NOT NULL,
    PRIMARY KEY (id), FOREIGN KEY(client_key) REFERENCES clova_clients (key), UNIQUE (code_hash)
);
CREATE INDEX clova_links_of_user ON clova_links (extension, user_id);
CREATE TABLE clova_tokens (
    hash VARCHAR(64) NOT NULL, link_id INTEGER NOT NULL, kind VARCHAR(7) NOT NULL, expires_at BIGINT,
    replaced_at BIGINT, PRIMARY KEY (hash), FOREIGN KEY(link_id) REFERENCES clova_links (id)
);
CREATE INDEX ix_clova_tokens_link_id ON clova_tokens (link_id)
"""

ROWS = """
INSERT INTO clova_clients VALUES (
    '{client}', 'clova', 'clova-of-pizza', '{secret}', 'NAVER Clova',
    'https://prod-ni-cic.clova.ai/v1/al/token', '', 1764000000
);
INSERT INTO clova_links
    (extension, client_key, user_id, scope, created_at,
    code_hash, code_expires_at, code_used_at, redirect_uri)
    VALUES ('clova', '{client}', 'bora', 'orders', 1764000000,
    '{code}', 1764000300, 1764000001, 'https://a');
INSERT INTO clova_tokens VALUES ('{access}', 1, 'access', 1764003601, NULL);
INSERT INTO clova_tokens VALUES ('{refresh}', 1, 'refresh', NULL, NULL)
"""


def make(engine, digest):
    """Make the tables, with one client (secret "비밀"), whose user bora has a link: tokens "접근", "갱신"."""
    values = {
        "serial": "SERIAL" if engine.dialect.name == "postgresql" else "INTEGER",
        "client": digest("clova", "clova-of-pizza"),
        "secret": digest("비밀"),
        "code": digest("code"),
        "access": digest("접근"),
        "refresh": digest("갱신"),
    }
    with engine.begin() as connection:
        for statement in f"{TABLES};{ROWS}".split(";"):
            connection.execute(text(statement.format(**values)))


SINCE = {
    "0002": "ALTER TABLE clova_clients DROP COLUMN former_secret_hash",
    "0003": "DROP TABLE clova_user_data",
}
"""What takes back each revision after the first."""


def go_back(connection, revision="0001"):
    """Leave the tables as a revision made them."""
    for later in sorted(SINCE, reverse=True):
        if later > revision:
            connection.execute(text(SINCE[later]))
    connection.execute(text("UPDATE clova_alembic_version SET version_num = :reached"), {"reached": revision})

"""Pooler and object store of the multi-node proof 周りの道具: PgBouncer and an S3-compatible server on loopback."""

import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import boto3
from botocore.config import Config

from todoke.proving.cluster import Cluster, MissingProgram, free_port

WITHIN = 30.0
INI = """[databases]
* = host=127.0.0.1 port={database} user=todoke
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 20
max_client_conn = 500
logfile = {folder}/log
"""


class LoopbackProcess:
    """A program on a free loopback port, with a temporary folder."""

    def __init__(self) -> None:
        self.port, self.folder = free_port(), Path(tempfile.mkdtemp(prefix="todoke-beside-"))
        self.running: subprocess.Popen[bytes] | None = None

    def command(self) -> list[str]:
        """Return the command line."""
        raise NotImplementedError

    def start(self, user: str | None = None) -> None:
        """Start it and wait until the port accepts connections. Raises TimeoutError."""
        nowhere = subprocess.DEVNULL
        self.running = subprocess.Popen(  # noqa: S603 - programs of this machine
            self.command(), cwd=self.folder, stdout=nowhere, stderr=nowhere, user=user, start_new_session=True
        )
        deadline = time.monotonic() + WITHIN
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise TimeoutError(type(self).__name__)

    def kill(self) -> None:
        """SIGKILL its process group."""
        if self.running is not None:
            os.killpg(self.running.pid, signal.SIGKILL)
            self.running.wait()
            self.running = None

    def remove(self) -> None:
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


class Pooler(LoopbackProcess):
    """PgBouncer with transaction pooling, configured like deploy/pgbouncer.ini. Raises MissingProgram."""

    def __init__(self, cluster: Cluster) -> None:
        super().__init__()
        found = shutil.which("pgbouncer") or "/usr/sbin/pgbouncer"
        if not Path(found).exists():
            raise MissingProgram("pgbouncer")
        self.program, self.owner = found, cluster.user
        if self.owner:
            shutil.chown(self.folder, self.owner, self.owner)
        (self.folder / "ini").write_text(INI.format(database=cluster.port, port=self.port, folder=self.folder))

    def command(self) -> list[str]:
        return [self.program, str(self.folder / "ini")]

    def start(self, user: str | None = None) -> None:
        super().start(self.owner)

    @property
    def address(self) -> str:
        return f"postgresql://todoke@127.0.0.1:{self.port}/postgres"


class S3Server(LoopbackProcess):
    """An S3 server (moto) with one bucket in memory. Raises MissingProgram."""

    BUCKET = "todoke"

    def __init__(self) -> None:
        super().__init__()
        if importlib.util.find_spec("moto") is None:
            raise MissingProgram("moto(./todoke test を一度実行すると入ります)")

    def command(self) -> list[str]:
        return [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(self.port)]

    def start(self, user: str | None = None) -> None:
        super().start(user)
        keys = {"aws_access_key_id": "proof", "aws_secret_access_key": "proof", "region_name": "us-east-1"}
        client = boto3.client("s3", endpoint_url=self.address, config=Config(s3={"addressing_style": "path"}), **keys)
        client.create_bucket(Bucket=self.BUCKET)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def environment(self) -> dict[str, str]:
        """Return the environment variables that make an installation store files here."""
        return {
            "TODOKE_FILES": f"s3://{self.BUCKET}",
            "TODOKE_S3_URL": self.address,
            "AWS_ACCESS_KEY_ID": "proof",
            "AWS_SECRET_ACCESS_KEY": "proof",
            "AWS_DEFAULT_REGION": "us-east-1",
        }

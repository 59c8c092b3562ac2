"""Where files are kept: in a folder, or in an S3-compatible store.

What is kept is named after its digest, so that it can be checked whenever it is read, and after the file it belongs
to, so that the same photo sent to two complaints is two things and deleting one leaves the other. Nothing is ever
held in memory whole.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, Protocol
from urllib.parse import parse_qs, unquote, urlsplit
from uuid import UUID, uuid4

PIECE = 256 * 1024
"""Bytes that are held in memory at one time."""


class NotStored(LookupError):
    """There is nothing of that name: it has not arrived yet, or was deleted."""


class StoreAway(OSError):
    """The store cannot be reached or refuses us now."""


class Store(Protocol):
    """A place for files."""

    def put(self, name: str, source: BinaryIO) -> None:
        """Keep everything from where `source` stands. What is there under that name already is replaced."""

    def read(self, name: str) -> Iterator[bytes]:
        """What is kept, in pieces. Raises `NotStored` at once, before the first piece is asked for."""

    def delete(self, name: str) -> None:
        """Forget it. What is not there is no error."""


def name_of(evidence_id: UUID, digest: str) -> str:
    """The name under which the content of this digest is kept for a file."""
    return f"{digest[:2]}/{digest}-{evidence_id.hex}"


def digest_of(source: BinaryIO) -> tuple[str, int]:
    """The SHA-256 and the length of everything in `source`, which then stands at its beginning again."""
    source.seek(0)
    digest, length = sha256(), 0
    while piece := source.read(PIECE):
        digest.update(piece)
        length += len(piece)
    source.seek(0)
    return digest.hexdigest(), length


def store_at(url: str) -> Store:
    """The store at `file:///folder` or `s3://bucket/prefix?endpoint=http://host`. Raises ValueError for another."""
    parts = urlsplit(url)
    if parts.scheme == "file" and parts.path:
        return Folder(Path(unquote(parts.path)))
    if parts.scheme == "s3" and parts.hostname:
        endpoint = parse_qs(parts.query).get("endpoint", [None])[0]
        return Bucket(parts.hostname, unquote(parts.path).strip("/"), endpoint)
    raise ValueError("files are kept at file:///a/folder or s3://bucket/prefix?endpoint=https://host")


class Folder:
    """Files in a folder of this machine, which is made when the first one comes."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def put(self, name: str, source: BinaryIO) -> None:
        """Written beside its place and then moved there, so that nobody ever reads half of it."""
        place = self._path / name
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = place.with_name(f".{uuid4().hex}")
        try:
            with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
                shutil.copyfileobj(source, target, PIECE)
                target.flush()
                os.fsync(target.fileno())
            beside.replace(place)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise

    def read(self, name: str) -> Iterator[bytes]:
        try:
            source = (self._path / name).open("rb")
        except FileNotFoundError as missing:
            raise NotStored(name) from missing
        return Pieces(source)

    def delete(self, name: str) -> None:
        with suppress(FileNotFoundError):
            (self._path / name).unlink()


class Bucket:
    """Files in a bucket that speaks S3. Who we are is told as that library's other users tell it: AWS_* variables."""

    def __init__(self, bucket: str, prefix: str, endpoint: str | None) -> None:
        self._bucket, self._prefix, self._endpoint = bucket, prefix, endpoint
        self._made: Any = None

    def put(self, name: str, source: BinaryIO) -> None:
        with _away():
            self._client.upload_fileobj(source, self._bucket, self._key(name))

    def read(self, name: str) -> Iterator[bytes]:
        with _away():
            body = self._client.get_object(Bucket=self._bucket, Key=self._key(name))["Body"]
        return Pieces(body)

    def delete(self, name: str) -> None:
        with _away():
            self._client.delete_object(Bucket=self._bucket, Key=self._key(name))

    def _key(self, name: str) -> str:
        return f"{self._prefix}/{name}" if self._prefix else name

    @property
    def _client(self) -> Any:
        """Made when it is first needed: the library is large, and most installations keep files in a folder."""
        if self._made is None:
            import boto3

            self._made = boto3.client("s3", endpoint_url=self._endpoint)
        return self._made


class _away:  # noqa: N801  used as a statement
    """Turns what the S3 library raises into what callers know."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        from boto3.exceptions import Boto3Error
        from botocore.exceptions import BotoCoreError, ClientError

        if isinstance(error, ClientError):
            code = str(error.response.get("Error", {}).get("Code"))
            if code in {"NoSuchKey", "404"}:
                raise NotStored(code) from error
            raise StoreAway(code) from error
        if isinstance(error, BotoCoreError | Boto3Error):
            raise StoreAway(type(error).__name__) from error


class Pieces:
    """What is kept, piece by piece. A server closes it even where nobody asked for the first piece."""

    def __init__(self, source: Any) -> None:
        self._source = source

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        piece: bytes = self._source.read(PIECE)
        if not piece:
            self.close()
            raise StopIteration
        return piece

    def close(self) -> None:
        self._source.close()

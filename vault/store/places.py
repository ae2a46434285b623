"""Where a vault should not lie: on a network disk, or where a program keeps folders in sync.

Two computers can then write at once, locks may not hold, and another program can put back an
older state of a single file: each of these damages a database.
"""

from __future__ import annotations

import re
from pathlib import Path

MOUNTS = Path("/proc/self/mountinfo")

_NETWORK_NAMES = (
    "9p afs ceph cifs coda davfs drvfs fuse.davfs2 fuse.gcsfuse fuse.glusterfs fuse.gvfsd-fuse "
    "fuse.rclone fuse.s3fs fuse.smbnetfs fuse.sshfs fuse.vmhgfs-fuse glusterfs lustre ncpfs nfs "
    "nfs4 prl_fs smb2 smb3 smbfs sshfs vboxsf vmhgfs"
)
_NETWORK = frozenset(_NETWORK_NAMES.split(" "))
_CLIENTS = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "mobile documents": "iCloud",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "proton drive": "Proton Drive",
    "pclouddrive": "pCloud",
    "megasync": "MEGA",
    "seafile": "Seafile",
    "cloudstorage": "a cloud service",
}
_BESIDE = re.compile(r"[ (_-].*")  # "OneDrive - Elm Street", "Dropbox (Personal)"
_OCTAL = re.compile(r"\\([0-7]{3})")


def _unescaped(text: str) -> str:
    return _OCTAL.sub(lambda match: chr(int(match[1], 8)), text)


def file_system(folder: Path, mounts: Path = MOUNTS) -> str:
    """The type of the file system a folder is on, "" where the system does not tell (Linux)."""
    try:
        lines = mounts.read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    best, found = -1, ""
    for line in lines:
        left, _, right = line.partition(" - ")
        fields, kind = left.split(" "), right.split(" ")[0]
        if len(fields) < 5:
            continue
        point = Path(_unescaped(fields[4]))
        depth = len(point.parts)
        if folder.is_relative_to(point) and depth >= best:  # the later mount hides the earlier
            best, found = depth, kind
    return found


def _client_of(name: str) -> str:
    plain = name.lower()
    return _CLIENTS.get(plain) or _CLIENTS.get(_BESIDE.sub("", plain), "")


def sync_client(folder: Path) -> str:
    """The program that keeps a folder in sync with other computers, "" where none is known."""
    for place in (folder, *folder.parents):
        if client := _client_of(place.name):
            return client
        if (place / ".stfolder").exists():
            return "Syncthing"
        if (place / ".dropbox").is_file():  # in the home folder it is a folder, of settings
            return "Dropbox"
    return ""


def warning(folder: Path, mounts: Path = MOUNTS) -> str:
    """A sentence where a vault should not be in `folder`, else ""; nothing has to be there yet."""
    real = folder.resolve()
    kind = file_system(real, mounts)
    if kind in _NETWORK:
        return (
            f"the vault is on a network disk ({kind}), where locks may not hold and a lost "
            "connection can damage it; keep it on a disk of this computer, and backups there"
        )
    client = sync_client(real)
    if client:
        return (
            f"the vault is in a folder that {client} keeps in sync, which can damage it or bring "
            "back an older state; keep it somewhere else, and backups there"
        )
    return ""

"""A vault on a network disk or in a synced folder is warned about, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.helpers import make
from vault.store import places, swapspace

MOUNTS = """\
22 1 0:21 / / rw - ext4 /dev/vda rw
23 22 0:22 / /proc rw,relatime - proc proc rw
24 22 0:30 / /mnt/share rw shared:3 master:1 - {kind} server:/x rw
25 24 0:31 / /mnt/share/local rw - ext4 /dev/vdb rw
26 22 0:32 / /mnt/a\\040b rw - {kind} server:/y rw
27 22 0:33 / /mnt/twice rw - {kind} server:/z rw
28 22 0:34 / /mnt/twice rw - btrfs /dev/vdc rw
a line of another kind
"""


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "smb3", "fuse.sshfs", "9p", "fuse.rclone"])
def test_a_network_disk(tmp_path: Path, kind: str) -> None:
    """By the mount the folder is on: the deepest, and the last one at the same point."""
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS.format(kind=kind))
    for folder in ("/mnt/share/vault", "/mnt/share", "/mnt/a b/deep/vault"):
        assert f"network disk ({kind})" in places.warning(Path(folder), mounts)
    for folder in ("/home/x/vault", "/mnt/share/local/vault", "/mnt/shared", "/mnt/twice/v"):
        assert places.warning(Path(folder), mounts) == ""


def test_a_system_that_does_not_tell(tmp_path: Path) -> None:
    """Without a list of mounts only the path speaks."""
    assert places.file_system(tmp_path, tmp_path / "none") == ""
    assert places.warning(tmp_path, tmp_path / "none") == ""


@pytest.mark.parametrize(
    ("path", "client"),
    [
        ("Dropbox/health", "Dropbox"),
        ("Dropbox (Personal)/health", "Dropbox"),
        ("OneDrive - Elm Street/x", "OneDrive"),
        ("Google Drive/My Drive/x", "Google Drive"),
        ("Library/Mobile Documents/com~apple~CloudDocs/x", "iCloud"),
        ("Nextcloud/x", "Nextcloud"),
        ("Library/CloudStorage/x", "a cloud service"),
        ("dropboxes/x", ""),
        ("records/vault", ""),
    ],
)
def test_a_synced_folder_by_its_name(tmp_path: Path, path: str, client: str) -> None:
    """The usual names of the usual programs, and no name that only begins like one."""
    assert places.sync_client(tmp_path / path) == client


def test_a_synced_folder_by_its_mark(tmp_path: Path) -> None:
    """A mark above counts; the settings folder of Dropbox in a home is none."""
    folder = tmp_path / "a" / "b" / "vault"
    folder.mkdir(parents=True)
    (tmp_path / "a" / ".dropbox").mkdir()
    assert places.sync_client(folder) == ""
    (tmp_path / "a" / "b" / ".stfolder").mkdir()
    assert places.sync_client(folder) == "Syncthing"
    (tmp_path / "a" / "b" / ".stfolder").rmdir()
    (tmp_path / "a" / ".dropbox").rmdir()
    (tmp_path / "a" / ".dropbox").write_text("{}")
    assert places.sync_client(folder) == "Dropbox"


def test_a_link_is_looked_through(tmp_path: Path) -> None:
    """The place meant is the real one."""
    real = tmp_path / "Dropbox" / "vault"
    real.mkdir(parents=True)
    link = tmp_path / "vault"
    link.symlink_to(real)
    assert "Dropbox" in places.warning(link)


def test_making_and_opening_a_vault_tell_it(tmp_path: Path) -> None:
    """A notice, and no error: it is the person's choice."""
    made = make(tmp_path / "Nextcloud")
    assert any("Nextcloud" in notice for notice in made.vault.notices)
    made.vault.close()
    for write in (False, True):
        with made.open(write=write) as opened:
            assert any("Nextcloud" in notice for notice in opened.notices)


def _system(tmp_path: Path, devices: dict[str, tuple[str, tuple[str, ...]]]) -> Path:
    """A folder like /sys with these mapped devices: uuid, and what each rests on."""
    for name, (uuid, below) in devices.items():
        place = tmp_path / "sys" / "block" / name
        (place / "slaves").mkdir(parents=True)
        (place / "dm").mkdir()
        (place / "dm" / "uuid").write_text(uuid + "\n")
        for other in below:
            (place / "slaves" / other).mkdir()
    return tmp_path / "sys"


def test_swap_is_told_apart_by_what_it_rests_on(tmp_path: Path) -> None:
    """dm-crypt, a volume on it, and zram are fine; a bare volume or partition is not."""
    system = _system(
        tmp_path,
        {
            "dm-0": ("CRYPT-LUKS2-abc-x", ("sda3",)),
            "dm-1": ("LVM-abc", ("dm-0",)),
            "dm-2": ("LVM-abc", ("sda4",)),
            "dm-3": ("LVM-abc", ("dm-0", "sda4")),
        },
    )
    swaps = tmp_path / "swaps"
    wanted = ["/dev/dm-0", "/dev/dm-1", "/dev/dm-2", "/dev/dm-3", "/dev/zram0", "/dev/sda2"]
    rows = [f"{name} partition 1024 0 -2" for name in wanted]
    swaps.write_text("\n".join(["Filename Type Size Used Priority", *rows]) + "\n")
    assert swapspace.used(swaps) == tuple(wanted)
    assert swapspace.unencrypted(swaps, system) == ("/dev/dm-2", "/dev/dm-3", "/dev/sda2")


def test_a_swap_file_is_as_safe_as_its_disk(tmp_path: Path) -> None:
    """It is looked up by the device it lies on; unknown is not encrypted."""
    swap_file = tmp_path / "swap file"
    swap_file.write_bytes(b"x")
    swaps = tmp_path / "swaps"
    swaps.write_text(f"Filename\n{tmp_path}/swap\\040file file 1024 0 -2\n")
    system = _system(tmp_path, {"dm-9": ("CRYPT-PLAIN-x", ())})
    assert swapspace.unencrypted(swaps, system) == (str(swap_file),)
    number = swap_file.stat().st_dev
    place = system / "dev" / "block"
    place.mkdir(parents=True)
    node = f"{number >> 8 & 0xFFF}:{number & 0xFF | (number >> 12) & 0xFFF00}"
    (place / node).symlink_to(system / "block" / "dm-9")
    assert swapspace.unencrypted(swaps, system) == ()


def test_no_list_of_swap(tmp_path: Path) -> None:
    """Not known is told apart from none."""
    assert swapspace.used(tmp_path / "none") is None
    assert swapspace.unencrypted(tmp_path / "none") == ()

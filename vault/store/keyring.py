"""The system's keyring, where a person has asked for it: keeps a random secret of one slot.

The `keyring` library is optional and imported here alone, on use.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

from vault.errors import MissingTool, Refused, VaultError
from vault.store import crypto

SERVICE = "chartmend"
SECRET_BYTES = 32
_INSTALL = "install chartmend with its extra: chartmend[keyring]"
_NO_KEYRING = "this system has no keyring that is safe; the passphrase opens the vault as before"


def _library() -> Any:  # noqa: ANN401 - the library is not typed
    try:
        import keyring
        import keyring.errors
    except ImportError:
        raise MissingTool("the Python package keyring", _INSTALL) from None
    return keyring


def _check_safe(priority: float) -> None:
    if not priority >= 1:
        raise MissingTool("a keyring of the system", _NO_KEYRING)


@contextlib.contextmanager
def _use() -> Iterator[Any]:
    """The library with a keyring behind it that is one; raises MissingTool or Refused.

    A backend with a priority below 1 is one that the library itself does not recommend: a plain
    file, or nothing at all.
    """
    library = _library()
    try:
        _check_safe(library.get_keyring().priority)
        yield library
    except VaultError:
        raise
    except library.errors.NoKeyringError:
        raise MissingTool("a keyring of the system", _NO_KEYRING) from None
    except Exception:  # noqa: BLE001 - each backend raises errors of its own; the passphrase opens
        raise Refused(
            "the keyring of the system refused", "unlock it, or use the passphrase"
        ) from None


def _name(vault_id: bytes, slot_id: str) -> str:
    return f"{vault_id.hex()} {slot_id}"


def fetch(vault_id: bytes, slot_id: str) -> bytes | None:
    """The secret of a slot, None where the keyring has none; raises MissingTool, Refused."""
    with _use() as library:
        text = library.get_password(SERVICE, _name(vault_id, slot_id))
    try:
        secret = bytes.fromhex(text or "")
    except ValueError:
        return None
    return secret if len(secret) == SECRET_BYTES else None


def keep(vault_id: bytes, slot_id: str, secret: bytes) -> None:
    """Put the secret of a slot into the keyring; raises MissingTool, Refused.

    It is read back, since there are keyrings that forget at once.
    """
    with _use() as library:
        library.set_password(SERVICE, _name(vault_id, slot_id), secret.hex())
    if not crypto.same(fetch(vault_id, slot_id) or b"", secret):
        raise Refused("the keyring of the system does not keep what it is given", "")


def forget(vault_id: bytes, slot_id: str) -> None:
    """Take the secret of a slot out of the keyring where it can be; it opens nothing any more."""
    with contextlib.suppress(MissingTool, Refused), _use() as library:
        library.delete_password(SERVICE, _name(vault_id, slot_id))

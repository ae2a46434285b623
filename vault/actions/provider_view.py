"""All that is known of a provider, gathered for one look."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from vault.actions import discovery, offices, process, providers, requests
from vault.actions.discovery import Year
from vault.actions.process import Process
from vault.actions.requests import RequestView
from vault.actions.session import Session
from vault.model.offices import Office
from vault.model.providers import Provider


@dataclass(frozen=True, slots=True)
class ProviderView:
    """A provider with its offices, how it wants to be asked, what was asked, and what came."""

    provider: Provider
    successor: Provider | None
    offices: tuple[Office, ...]
    process: Process
    requests: tuple[RequestView, ...]
    coverage: tuple[Year, ...]


def get(s: Session, given: str, today: dt.date) -> ProviderView:
    """Everything about the provider an id begins; raises UnknownId, AmbiguousId."""
    held = providers.find(s, given)
    return ProviderView(
        provider=held,
        successor=providers.find(s, held.successor) if held.successor else None,
        offices=offices.of(s, held.id),
        process=process.of(s, held.id),
        requests=tuple(v for v in requests.every(s, today) if v.provider.id == held.id),
        coverage=discovery.coverages(s)[held.id],
    )

"""Connecting, under the guard: a name is resolved, and only addresses that the guard lets through are connected to.

The addresses that were checked are the ones connected to, so a name that turns into another address the next time it is
asked for (DNS rebinding) gains nothing. It holds for every connection: redirects, robots.txt and retries make theirs here too.
"""

from __future__ import annotations

from typing import Any

from twisted.internet.defer import Deferred
from twisted.internet.endpoints import HostnameEndpoint, wrapClientTLS
from twisted.internet.error import DNSLookupError
from twisted.python.failure import Failure
from twisted.web.client import URI
from twisted.web.iweb import IAgentEndpointFactory
from zope.interface import implementer

from newsarchive.errors import Blocked
from newsarchive.guard import Guard

# What Twisted declares by zope.interface is Any here: mypy knows such interfaces only through a plugin.


@implementer(IAgentEndpointFactory)
class GuardedEndpoints:
    """Makes the endpoints of an Agent: plain for http, inside TLS for https, never a proxy."""

    def __init__(self, reactor: Any, guard: Guard, policy: Any, *, timeout: float, bind_address: tuple[str, int] | None) -> None:
        """`policy` (IPolicyForHTTPS) says whom TLS trusts, `timeout` is the seconds that connecting may take."""
        self._reactor, self._guard, self._policy = reactor, guard, policy
        self._timeout, self._bind_address = timeout, bind_address

    def endpointForURI(self, uri: URI) -> Any:
        """The endpoint for the host and port of a URL that `Guard.check_url` let through."""
        endpoint: Any = _GuardedEndpoint(self._reactor, uri.host.decode("ascii"), uri.port, self._timeout, self._bind_address)
        endpoint.guard = self._guard
        return endpoint if uri.scheme != b"https" else wrapClientTLS(self._policy.creatorForNetloc(uri.host, uri.port), endpoint)


class _GuardedEndpoint(HostnameEndpoint):
    """HostnameEndpoint tries the resolved addresses side by side; here it is given those only that may be asked."""

    guard: Guard
    refusal: Blocked | None = None

    def connect(self, protocolFactory: Any) -> Deferred[Any]:
        return super().connect(protocolFactory).addErrback(self._explain)

    def _explain(self, failure: Failure) -> Failure:
        """To HostnameEndpoint a host whose every address was refused looks like one without an address."""
        if self.refusal is not None and isinstance(failure.value, DNSLookupError):
            raise self.refusal
        return failure

    def _getNameResolverAndMaybeWarn(self, reactor: object) -> Any:
        return _GuardedResolver(super()._getNameResolverAndMaybeWarn(reactor), self)


class _GuardedResolver:
    """An IHostnameResolver for one endpoint."""

    def __init__(self, resolver: Any, endpoint: _GuardedEndpoint) -> None:
        self._resolver, self._endpoint = resolver, endpoint

    def resolveHostName(self, receiver: Any, hostName: str, portNumber: int) -> Any:
        guarded = _GuardedReceiver(receiver, self._endpoint, hostName, portNumber)
        return self._resolver.resolveHostName(guarded, hostName, portNumber)


class _GuardedReceiver:
    """An IResolutionReceiver that passes on the addresses that may be asked."""

    def __init__(self, receiver: Any, endpoint: _GuardedEndpoint, host: str, port: int) -> None:
        self._receiver, self._endpoint, self._host, self._port = receiver, endpoint, host, port
        self.resolutionBegan, self.resolutionComplete = receiver.resolutionBegan, receiver.resolutionComplete

    def addressResolved(self, address: Any) -> None:
        try:
            self._endpoint.guard.check_address(self._host, self._port, address.host)
        except Blocked as refusal:
            self._endpoint.refusal = refusal
        else:
            self._receiver.addressResolved(address)

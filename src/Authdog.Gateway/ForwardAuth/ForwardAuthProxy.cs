namespace Authdog.Gateway.ForwardAuth;

/// <summary>Which proxy asks for decisions, and so where it says what its client asked for. Configured, never guessed from headers (B4).</summary>
internal enum ForwardAuthProxy
{
    /// <summary><c>auth_request</c>: <c>X-Original-Method</c>, <c>-Proto</c>, <c>-Host</c>, <c>-URI</c>, <c>-For</c>.</summary>
    Nginx = 1,

    /// <summary><c>forwardAuth</c>: <c>X-Forwarded-Method</c>, <c>-Proto</c>, <c>-Host</c>, <c>-Uri</c>, <c>-For</c>.</summary>
    Traefik,

    /// <summary><c>forward_auth</c>: the same headers as Traefik.</summary>
    Caddy,

    /// <summary><c>ext_authz</c> over HTTP: method, host and target of the question itself, behind a path prefix; <c>X-Forwarded-Proto</c> and <c>-For</c>.</summary>
    Envoy,
}

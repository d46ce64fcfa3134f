namespace Authdog.Gateway.Tests.ForwardAuth;

public sealed class CaddyTests(CaddyHost host) : BehindProxyTests(host), IClassFixture<CaddyHost>;

namespace Authdog.Gateway.Tests.ForwardAuth;

public sealed class NginxTests(NginxHost host) : BehindProxyTests(host), IClassFixture<NginxHost>;

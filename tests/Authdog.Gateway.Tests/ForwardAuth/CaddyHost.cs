using Authdog.Gateway.ForwardAuth;

namespace Authdog.Gateway.Tests.ForwardAuth;

public sealed class CaddyHost : ProxyHost
{
    internal override ForwardAuthProxy Proxy => ForwardAuthProxy.Caddy;

    internal override IReadOnlyList<string> Command(string folder, string snippet, int port)
    {
        snippet = Recipes.Replace(snippet, "app.example.com {", $"http://localhost:{port} {{");
        var file = Path.Combine(folder, "Caddyfile");
        File.WriteAllText(file, "{\n\tadmin off\n\tauto_https off\n}\n\n" + snippet);
        return [File.Exists("/usr/bin/caddy") ? "/usr/bin/caddy" : "caddy", "run", "--config", file, "--adapter", "caddyfile"];
    }
}

using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Authdog.TestKit;

namespace Authdog.Gateway.Tests.Commands;

/// <summary>Each mistake of an operator has one clear answer: what, where, cure, exit status 2, and no stack trace.</summary>
public sealed class BadInputTests : IDisposable
{
    private const string Public = "policy: open\nrules:\n  - name: all\n    effect: public\n";
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("serve")]
    [InlineData("validate")]
    public async Task SaysEveryMistakeAtOnce_WhenThereAreSeveral(string command)
    {
        _folder.Write("policies/open.yaml", Public);
        _folder.Write("policies/second.yaml", Public);
        _folder.Write("policies/tabs.yaml", "policy: tabs\nrules:\n\t- name: all\n");
        _folder.Write("appsettings.json", """
            {
              "Gateway": { "PublicUrll": "https://app.example.com", "ManagementUrl": "nonsense" },
              "ReverseProxy": {
                "Routes": {
                  "bare": { "ClusterId": "app", "Match": { "Path": "/a" } },
                  "wrong": { "ClusterId": "app", "AuthorizationPolicy": "opne", "Match": { "Path": "/b" } },
                  "anonymous": { "ClusterId": "app", "AuthorizationPolicy": "anonymous", "Match": { "Path": "/c" } }
                },
                "Clusters": { "app": { "Destinations": { "one": { "Address": "http://localhost:1" } } } }
              }
            }
            """);

        var error = await RefusedAsync(command);

        error.ShouldContain("AG1601 appsettings.json(2,16): 'Gateway:PublicUrll' is not a setting. Did you mean 'Gateway:PublicUrl'?");
        error.ShouldContain("appsettings.json(2,57): Gateway:ManagementUrl = 'nonsense'");
        error.ShouldContain("policies/tabs.yaml(3,1)");
        error.ShouldMatch("AG2[0-9]{3} [^\n]*second.yaml[^\n]*open");
        error.ShouldMatch(@"AG1101 appsettings.json\(5,\d+\): [^\n]*bare");
        error.ShouldMatch(@"AG1103 appsettings.json\(6,\d+\): [^\n]*opne");
        error.ShouldMatch(@"AG1102 appsettings.json\(7,\d+\): [^\n]*anonymous");
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("validate")]
    public async Task SaysMistakesOfTlsAndLimits_BesideTheOthers(string command)
    {
        _folder.Write("cert.pem", "-----BEGIN CERTIFICATE-----\nAAAA");
        _folder.Write("appsettings.json", """
            {
              "Gateway": { "Limits": { "MaxHeaders": 1 }, "Tls": { "HstsMaxAge": "-1.00:00:00" } },
              "Kestrel": { "Limits": { "MaxRequestBodySize": 1 }, "Endpoints": {
                "Https": { "Url": "https://127.0.0.1:0", "Certificat": {} },
                "Other": { "Url": "https://127.0.0.1:0", "SslProtocols": ["Tls11"], "Certificate": { "Path": "cert.pem" } } } }
            }
            """);

        var error = await RefusedAsync(command);

        error.ShouldMatch(@"AG1041 appsettings.json\(2,\d+\): Gateway:Limits:MaxHeaders = 1");
        error.ShouldMatch(@"AG1021 appsettings.json\(2,\d+\): Gateway:Tls:HstsMaxAge");
        error.ShouldMatch(@"AG1601 appsettings.json\(3,\d+\): 'Kestrel:Limits' is not a setting");
        error.ShouldContain("'Kestrel:Endpoints:Https:Certificat' is not a setting. Did you mean 'Kestrel:Endpoints:Https:Certificate'?");
        error.ShouldMatch(@"AG1023 appsettings.json\(4,\d+\): Kestrel:Endpoints:Https is https");
        error.ShouldMatch(@"AG1025 appsettings.json\(5,\d+\): Kestrel:Endpoints:Other:Certificate:Path = '\S+/cert\.pem'");
        error.ShouldMatch(@"AG1026 appsettings.json\(5,\d+\): Kestrel:Endpoints:Other:SslProtocols");
    }

    [Fact]
    public async Task SaysLine_WhenTheFileIsNotJson()
    {
        _folder.Write("appsettings.json", "{\n  \"Gateway\": {\n    \"DataPath\": \"x\n  }\n}");

        (await RefusedAsync("validate")).ShouldContain("AG1604 appsettings.json(3,");
    }

    [Fact]
    public async Task SaysSo_WhenTheNamedFileIsAbsent() =>
        (await RefusedAsync("serve", "--config", "absent.json")).ShouldContain("AG1607 absent.json: The configuration file cannot be read");

    [Fact]
    public async Task SaysSo_WhenTheAddressToListenOnIsNone() =>
        (await RefusedAsync("serve", "--urls", "nonsense", $"--Gateway:ManagementUrl=http://127.0.0.1:{FreePort.Next()}")).ShouldContain("AG1610: Invalid url: 'nonsense'");

    [Theory]
    [InlineData("serve")]
    [InlineData("validate")]
    public async Task SaysSo_WhenTheStoresConnectionStringCannotBeRead(string command)
    {
        var error = await RefusedAsync(command, "--Redis:ConnectionString=localhost:6379,password=hunter2,nonsense=1");

        error.ShouldContain("AG3201");
        error.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task SaysSo_WhenTheDataFolderIsAFile()
    {
        _folder.Write("data", "not a folder");

        (await RefusedAsync("serve")).ShouldMatch("AG3[0-9]{3} [^\n]*data");
    }

    [Fact]
    public async Task SaysSo_WhenThePortIsInUse()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var url = string.Create(CultureInfo.InvariantCulture, $"http://localhost:{((IPEndPoint)other.LocalEndpoint).Port}");
        var management = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}");

        var error = await RefusedAsync("serve", "--urls", url, $"--Gateway:ManagementUrl={management}");

        error.ShouldContain("AG1610");
        error.ShouldContain(url[^5..]);
        error.ShouldContain("--urls");
    }

    [Fact]
    public async Task SaysSo_WhenTheManagementPortIsInUse()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var management = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}");
        var url = string.Create(CultureInfo.InvariantCulture, $"http://localhost:{FreePort.Next()}");

        var error = await RefusedAsync("serve", "--urls", url, $"--Gateway:ManagementUrl={management}");

        error.ShouldContain("AG1610");
        error.ShouldContain("Gateway:ManagementUrl");
    }

    [Theory]
    [InlineData("not-a-url")]
    [InlineData("ftp://localhost")]
    public async Task SaysSo_WhenTheUpstreamIsNoUrl(string upstream) =>
        (await RefusedAsync("serve", "--upstream", upstream)).ShouldContain("AG1611");

    [Fact]
    public async Task SaysSo_WhenThereAreTwoAnswersToWhatStandsBehind()
    {
        _folder.Write("policies/open.yaml", Public);
        _folder.Write("appsettings.json", """{ "ReverseProxy": { "Routes": { "a": { "ClusterId": "a", "AuthorizationPolicy": "open", "Match": { "Path": "/" } } }, "Clusters": { "a": { "Destinations": { "a": { "Address": "http://localhost:1" } } } } } }""");

        (await RefusedAsync("serve", "--upstream", "http://localhost:3000")).ShouldContain("AG1611");
    }

    [Theory]
    [InlineData("--bogus")]
    [InlineData("user", "add", "no-address")]
    [InlineData("user", "add", "a@example.com", "--role", "two words")]
    [InlineData("session", "revoke")]
    [InlineData("session", "revoke", "--id", "short")]
    [InlineData("policy", "explain", "--path", "/")]
    [InlineData("policy", "test", "absent")]
    public async Task SaysSo_WhenACommandIsUsedWrongly(params string[] arguments) => await RefusedAsync(arguments);

    [Theory]
    [InlineData("user", "show", "a@example.com")]
    [InlineData("user", "disable", "a@example.com")]
    [InlineData("session", "revoke", "--user", "a@example.com")]
    public async Task AnswerIsNo_WhenTheFolderIsNewAndKnowsNobody(params string[] arguments)
    {
        var (status, output, error) = await GatewayProcess.RunAsync(_folder.Path, arguments);

        status.ShouldBe(1, output + error);
        (output + error).ShouldContain("There is no user a@example.com.");
        (output + error).ShouldNotContain("   at ");
    }

    public void Dispose() => _folder.Dispose();

    private async Task<string> RefusedAsync(params string[] arguments)
    {
        var (status, output, error) = await GatewayProcess.RunAsync(_folder.Path, arguments);
        status.ShouldBe(2, output + error);
        error.ShouldNotBeEmpty();
        error.ShouldNotContain("   at ");
        output.ShouldNotContain("/readyz");
        return error;
    }
}

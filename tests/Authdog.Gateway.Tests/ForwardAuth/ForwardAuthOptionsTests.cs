using Authdog.Gateway.ForwardAuth;

namespace Authdog.Gateway.Tests.ForwardAuth;

/// <summary>What the section must say before the gateway starts with it.</summary>
public sealed class ForwardAuthOptionsTests
{
    [Fact]
    public void AcceptsNothingAtAll() => Errors(new ForwardAuthOptions()).ShouldBeEmpty();

    [Fact]
    public void AcceptsASoundSection() => Errors(Sound()).ShouldBeEmpty();

    [Fact]
    public void ReportsEveryMistake()
    {
        var errors = Errors(new ForwardAuthOptions { Url = "ftp://x", SignInStatus = 200 });
        foreach (var code in new[] { "AG1051", "AG1054", "AG1055", "AG1056", "AG1058" })
        {
            errors.ShouldContain(error => error.StartsWith(code, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("AG1050", "url")]
    [InlineData("AG1051", "url with path")]
    [InlineData("AG1052", "https without certificate")]
    [InlineData("AG1053", "client certificate without https")]
    [InlineData("AG1054", "proxy")]
    [InlineData("AG1055", "status for nginx")]
    [InlineData("AG1056", "no addresses")]
    [InlineData("AG1057", "bad address")]
    [InlineData("AG1057", "everybody")]
    [InlineData("AG1058", "no proof")]
    [InlineData("AG1059", "two secrets")]
    [InlineData("AG1060", "secret header")]
    [InlineData("AG1061", "short secret")]
    [InlineData("AG1061", "blank in secret")]
    [InlineData("AG1062", "secret file")]
    [InlineData("AG1064", "client certificate file")]
    public void Refuses_WhenOneThingIsWrong(string code, string what)
    {
        var options = Sound();
        Action breakIt = what switch
        {
            "url" => () => options.Url = null,
            "url with path" => () => options.Url = "http://127.0.0.1:8082/check",
            "https without certificate" => () => options.Url = "https://127.0.0.1:8082",
            "client certificate without https" => () => options.ClientCertificateFile = "x.crt",
            "proxy" => () => options.Proxy = null,
            "status for nginx" => () => (options.Proxy, options.SignInStatus) = (ForwardAuthProxy.Nginx, 302),
            "no addresses" => options.AllowedAddresses.Clear,
            "bad address" => () => options.AllowedAddresses.Add("proxy.example"),
            "everybody" => () => options.AllowedAddresses.Add("::/0"),
            "no proof" => () => options.SharedSecret = null,
            "two secrets" => () => options.SharedSecretFile = typeof(ForwardAuthOptionsTests).Assembly.Location,
            "secret header" => () => options.SharedSecretHeader = "X_Secret",
            "short secret" => () => options.SharedSecret = "0123456789012345678901234567890",
            "blank in secret" => () => options.SharedSecret = "0123456789012345678901234567890 12",
            "secret file" => () => (options.SharedSecret, options.SharedSecretFile) = (null, "/nowhere/secret"),
            _ => () => options.ClientCertificateFile = "/nowhere/proxy.crt",
        };
        breakIt();
        var errors = Errors(options);
        errors.ShouldContain(error => error.StartsWith(code, StringComparison.Ordinal) && error.Contains("Gateway:ForwardAuth:", StringComparison.Ordinal));
        errors.ShouldNotContain(error => options.SharedSecret != null && error.Contains(options.SharedSecret, StringComparison.Ordinal));
    }

    private static ForwardAuthOptions Sound() => new()
    {
        Url = "http://127.0.0.1:8082",
        Proxy = ForwardAuthProxy.Caddy,
        AllowedAddresses = ["127.0.0.1", "10.0.0.0/8", "::1"],
        SharedSecret = "01234567890123456789012345678901",
    };

    private static string[] Errors(ForwardAuthOptions options) =>
        new ForwardAuthOptions.Validator().Validate(null, options).Failures?.ToArray() ?? [];
}

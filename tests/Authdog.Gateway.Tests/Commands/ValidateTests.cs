using Authdog.TestKit;

namespace Authdog.Gateway.Tests.Commands;

/// <summary><c>validate</c> reads and says, and leaves nothing behind.</summary>
public sealed class ValidateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData]
    [InlineData("--upstream", "http://localhost:3000")]
    public async Task WritesNothing_WhenThereAreNoPolicies(params string[] further)
    {
        var validated = await GatewayProcess.RunAsync(_folder.Path, ["validate", .. further]);

        validated.ExitStatus.ShouldBe(0, validated.Error);
        validated.Output.ShouldContain("The configuration and the built-in policies are right.");
        Directory.EnumerateFileSystemEntries(_folder.Path).ShouldBeEmpty();
    }

    [Fact]
    public async Task ReadsThePoliciesOfTheDataFolder_WhenTheyAreThere()
    {
        _folder.Write("data/policies/signed-in.yaml", "policy: signed-in\nrules: nonsense\n");

        var validated = await GatewayProcess.RunAsync(_folder.Path, "validate", "--upstream", "http://localhost:3000");

        validated.ExitStatus.ShouldBe(2);
        validated.Error.ShouldContain("data/policies/signed-in.yaml(2,");
        Directory.EnumerateFileSystemEntries(Path.Combine(_folder.Path, "data")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task SaysEveryMistake_WhenSettingsAreWrongThatPoliciesAreJudgedBy()
    {
        _folder.Write("policies/signed-in.yaml", "policy: signed-in\nrules:\n  - { name: a, effect: allow, when: { nonsense: 1 } }\n");

        var validated = await GatewayProcess.RunAsync(
            _folder.Path, "validate", "--upstream", "http://localhost:3000", "--RateLimiting:Pages:Permits=0", "--RateLimiting:Rules:a:Window=00:00:00", "--Policies:RateLimits:strict:Permits=0");

        validated.ExitStatus.ShouldBe(2);
        validated.Error.ShouldContain("AG1071 ");
        validated.Error.ShouldContain("AG1072 ");
        validated.Error.ShouldContain("Policies:RateLimits:strict");
        validated.Error.ShouldContain("policies/signed-in.yaml(3,");
        validated.Error.ShouldNotContain("AG1699");
    }

    [Fact]
    public async Task WarnsOfNamesThatTheDirectoryDoesNotKnow_AndMakesNone()
    {
        _folder.Write("policies/signed-in.yaml", "policy: signed-in\nrules:\n  - { name: a, effect: allow, when: { tenant: acme, role: Finance } }\n  - { name: b, effect: allow, when: { tenant: acm, role: fnance, connection: google } }\n  - { name: c, effect: allow, when: { connection: [social:google, local] } }\n");
        string[] validate = ["validate", "--directory", "--upstream", "http://localhost:3000", "--Social:Providers:google:ClientId=abc", "--Social:Providers:google:ClientSecret=a secret"];
        var before = await GatewayProcess.RunAsync(_folder.Path, validate);
        (before.ExitStatus, before.Output.Contains("Warning", StringComparison.Ordinal)).ShouldBe((0, false), before.Output + before.Error);
        Directory.EnumerateFileSystemEntries(_folder.Path).ShouldHaveSingleItem();

        (await GatewayProcess.RunAsync(_folder.Path, "tenant", "add", "acme")).ExitStatus.ShouldBe(0);
        (await GatewayProcess.RunAsync(_folder.Path, "role", "set", "finance", "--tenant", "acme", "--permission", "invoices.read")).ExitStatus.ShouldBe(0);
        var after = await GatewayProcess.RunAsync(_folder.Path, validate);
        after.ExitStatus.ShouldBe(0, after.Error);
        string[] warnings = [.. after.Output.Split('\n').Where(line => line.StartsWith("Warning", StringComparison.Ordinal))];
        warnings.Length.ShouldBe(3, after.Output);
        warnings.ShouldAllBe(line => line.Contains("signed-in.yaml(4,", StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();
}

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

    public void Dispose() => _folder.Dispose();
}

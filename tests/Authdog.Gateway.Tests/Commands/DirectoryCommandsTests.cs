using Authdog.TestKit;

namespace Authdog.Gateway.Tests.Commands;

/// <summary>Directory work from a shell, before any gateway has run in the folder.</summary>
public sealed class DirectoryCommandsTests : IDisposable
{
    private const string Email = "ada@example.com";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task UserIsAddedShownDisabledAndEnabled_WhenTheFolderIsNew()
    {
        (await RunAsync(0, "user", "add", Email, "--name", "Ada", "--role", "admin")).ShouldContain("Added ada@example.com with the role admin");
        (await RunAsync(0, "user", "add", Email, "--role", "editor")).ShouldContain("now has the role editor too");
        (await RunAsync(0, "user", "disable", Email)).ShouldNotBeEmpty();
        (await RunAsync(0, "user", "show", Email)).ShouldSatisfyAllConditions(
            shown => shown.ShouldContain("disabled"),
            shown => shown.ShouldContain("admin, editor"),
            shown => shown.ShouldContain("Ada"));
        (await RunAsync(0, "user", "enable", Email)).ShouldNotBeEmpty();
        (await RunAsync(1, "user", "show", "nobody@example.com")).ShouldContain("no user");
    }

    [Fact]
    public async Task AnswerIsNo_WhenThereIsNobodyToEndSessionsOf() =>
        (await RunAsync(1, "session", "revoke", "--user", Email)).ShouldContain("There is no user");

    [Fact]
    public async Task KeyIsAnnounced_WhenTheFolderIsNew() => (await RunAsync(0, "keys", "rotate")).ShouldContain("it signs from");

    private async Task<string> RunAsync(int expected, params string[] arguments)
    {
        var (status, output, error) = await GatewayProcess.RunAsync(_folder.Path, arguments);
        status.ShouldBe(expected, output + error);
        error.ShouldNotContain("   at ");
        return output + error;
    }
}

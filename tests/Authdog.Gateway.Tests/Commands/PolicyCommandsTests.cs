using Authdog.TestKit;

namespace Authdog.Gateway.Tests.Commands;

public sealed class PolicyCommandsTests : IDisposable
{
    private const string Staff = "policy: staff\nrules:\n  - name: staff may\n    effect: allow\n    when: { role: staff }\n";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task PassesTheDemosOwnTests_WhenRunOnTheRepository()
    {
        var (status, output, error) = await GatewayProcess.RunAsync(GatewayProcess.Repository, "policy", "test", "policies");

        status.ShouldBe(0, output + error);
        output.ShouldMatch("(?m)^[1-9][0-9]* passed, 0 failed");
    }

    [Theory]
    [InlineData(0, "--role", "staff")]
    [InlineData(1, "--role", "guest")]
    public async Task SaysWhichRuleDecides_WhenAskedToExplain(int expected, params string[] person)
    {
        _folder.Write("policies/staff.yaml", Staff);

        var (status, output, error) = await GatewayProcess.RunAsync(_folder.Path, ["policy", "explain", "--policy", "staff", "--path", "/x", "--user", "ada@example.com", .. person]);

        status.ShouldBe(expected, output + error);
        output.ShouldContain("staff may");
        output.ShouldContain("role");
    }

    [Fact]
    public async Task SaysWhoGainsAndLoses_WhenFoldersDiffer()
    {
        var old = Path.Combine(GatewayProcess.Repository, "policies");
        foreach (var file in Directory.GetFiles(old, "*.yaml"))
        {
            _folder.Write(Path.GetFileName(file), File.ReadAllText(file).Replace("role: admin", "role: owner", StringComparison.Ordinal));
        }

        var same = await GatewayProcess.RunAsync(_folder.Path, "policy", "diff", old, old);
        var other = await GatewayProcess.RunAsync(_folder.Path, "policy", "diff", old, _folder.Path);

        same.ExitStatus.ShouldBe(0, same.Output + same.Error);
        other.ExitStatus.ShouldBe(1, other.Output + other.Error);
        other.Output.ShouldContain("LOSES    demo-admin");
    }

    public void Dispose() => _folder.Dispose();
}

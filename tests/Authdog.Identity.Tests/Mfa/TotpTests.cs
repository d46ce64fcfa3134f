using System.Diagnostics;
using System.Text;
using Authdog.Identity.Mfa;

namespace Authdog.Identity.Tests.Mfa;

public sealed class TotpTests
{
    // RFC 6238, appendix B: the SHA-1 rows, cut to six digits.
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void MakesTheStandardsCodes_WhenGivenItsVectors(long seconds, string code) =>
        Totp.Code("12345678901234567890"u8, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds))).ShouldBe(code);

    [Fact]
    public async Task AgreesWithOathtool_WhenTheKeyIsReadFromThePage()
    {
        PendingAuthenticator pending = new(Enumerable.Range(7, Totp.SeedLength).Select(i => (byte)(i * 37)).ToArray(), string.Empty);
        var key = pending.Key.Replace(" ", string.Empty, StringComparison.Ordinal);
        pending.Address("Shop & Co", "ada@example.com").ShouldBe($"otpauth://totp/Shop%20%26%20Co:ada%40example.com?secret={key}&issuer=Shop%20%26%20Co&algorithm=SHA1&digits=6&period=30");
        foreach (var seconds in new long[] { 0, 1_764_263_000, 4_102_444_800 })
        {
            using var oathtool = Process.Start(new ProcessStartInfo("oathtool", ["--totp", "--base32", $"--now=@{seconds}", key]) { RedirectStandardOutput = true })!;
            var code = (await oathtool.StandardOutput.ReadToEndAsync()).Trim();
            await oathtool.WaitForExitAsync();

            Totp.Code(pending.Seed.Span, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds))).ShouldBe(code);
        }
    }

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void TakesOneStepOfDrift_AndNoMore(int steps, bool taken)
    {
        var seed = Encoding.ASCII.GetBytes("12345678901234567890");
        var now = DateTimeOffset.FromUnixTimeSeconds(1_764_263_010);
        (Totp.Match(seed, Totp.Code(seed, Totp.StepAt(now) + steps), now) is not null).ShouldBe(taken);
    }

    [Theory]
    [InlineData("123 456", "123456")]
    [InlineData("123-456", "123456")]
    [InlineData("12345", null)]
    [InlineData("1234567", null)]
    [InlineData("12345٦", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void ReadsSixDigits_AsPeopleTypeThem(string? typed, string? code) => Totp.Normalize(typed).ShouldBe(code);
}

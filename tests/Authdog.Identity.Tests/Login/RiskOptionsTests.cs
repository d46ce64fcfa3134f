using Authdog.Identity.Login.Risk;
using Authdog.Identity.Passwords.Breaches;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Tests.Login;

public sealed class RiskOptionsTests : IDisposable
{
    private readonly string _list = Path.GetTempFileName();

    public void Dispose() => File.Delete(_list);

    [Fact]
    public void NamesTheLine_WhenTheListIsWrong()
    {
        File.WriteAllText(_list, "10.0.0.0/8\n2001:db8::/32 # documentation\n10.0.0.0/33\n");
        var options = new RiskOptions { BlockedNetworksFile = _list, FastestTravel = 0, BotScore = 102 };

        var failures = Failures(options);

        failures.Select(failure => failure[..6]).ShouldBe(["AG3801", "AG3802", "AG3803"]);
        failures[0].ShouldContain("(3): '10.0.0.0/33'");
    }

    [Fact]
    public void IsRefused_WhenLeakedPasswordsAreTreatedAndNeverLookedUp()
    {
        var none = new BreachOptions { AtSignIn = LeakedPasswordTreatment.None };

        Failures(new RiskOptions { LeakedPassword = RiskTreatment.Notice }, none).ShouldHaveSingleItem().ShouldStartWith("AG3804 Login:Risk:LeakedPassword is Notice");
        Failures(new RiskOptions { LeakedPassword = RiskTreatment.Notice }).ShouldBeEmpty();
        Failures(new RiskOptions(), none).ShouldBeEmpty();
    }

    private static List<string> Failures(RiskOptions options, BreachOptions? breaches = null) =>
        [.. new RiskOptions.Validator(Options.Create(breaches ?? new BreachOptions())).Validate(null, options).Failures ?? []];
}

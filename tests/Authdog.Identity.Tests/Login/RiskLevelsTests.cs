using Authdog.Identity.Login.Risk;
using Authdog.Identity.Sessions;

namespace Authdog.Identity.Tests.Login;

public sealed class RiskLevelsTests
{
    [Theory]
    [InlineData("", SignInRisk.None)]
    [InlineData("NewDevice", SignInRisk.Low)]
    [InlineData("NewCountry", SignInRisk.Medium)]
    [InlineData("LikelyBot", SignInRisk.Medium)]
    [InlineData("LeakedPassword", SignInRisk.Medium)]
    [InlineData("ImpossibleTravel", SignInRisk.High)]
    [InlineData("BlockedAddress", SignInRisk.High)]
    [InlineData("NewDevice NewCountry", SignInRisk.High)]
    [InlineData("NewDevice LikelyBot", SignInRisk.High)]
    [InlineData("NewDevice LeakedPassword", SignInRisk.High)]
    [InlineData("NewDevice ImpossibleTravel", SignInRisk.High)]
    public void IsThatOfTheGravestSignal_AndOneMoreForSeveral(string signals, SignInRisk level) =>
        RiskLevels.Of([.. signals.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<RiskSignal>)]).ShouldBe(level);
}

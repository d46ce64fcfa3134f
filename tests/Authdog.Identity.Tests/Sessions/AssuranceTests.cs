using Authdog.Identity.Sessions;
using Shouldly;
using Xunit;

namespace Authdog.Identity.Tests.Sessions;

public sealed class AssuranceTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(FactorKinds.Knowledge, FactorKinds.None, "aal1")]
    [InlineData(FactorKinds.Knowledge, FactorKinds.Knowledge, "aal1")]
    [InlineData(FactorKinds.Possession, FactorKinds.Possession, "aal1")]
    [InlineData(FactorKinds.None, FactorKinds.None, "aal1")]
    [InlineData(FactorKinds.Knowledge, FactorKinds.Possession, "aal2")]
    [InlineData(FactorKinds.Possession | FactorKinds.UserVerification, FactorKinds.None, "aal2")]
    public void LevelCountsKinds_NotFactors(FactorKinds first, FactorKinds second, string acr) =>
        Assurance.Acr([Factor("first", first), Factor("second", second)]).ShouldBe(acr);

    [Fact]
    public void MethodsAreOrderedAndSayMfa_WhenTwoKindsWereProved() =>
        Assurance.Amr([Factor("pwd", FactorKinds.Knowledge), Factor("otp", FactorKinds.Possession)]).ShouldBe(["mfa", "otp", "pwd"]);

    [Fact]
    public void NewerProofTakesThePlaceOfTheOlder_WhenTheMethodIsTheSame()
    {
        var factors = Assurance.With([AuthenticationFactor.Password(s_now.AddHours(-2)), Factor("otp", FactorKinds.Possession)], AuthenticationFactor.Password(s_now));

        factors.Select(factor => factor.Method).ShouldBe(["otp", "password"]);
        Assurance.AuthenticatedAt(factors).ShouldBe(s_now);
    }

    private static AuthenticationFactor Factor(string method, FactorKinds kinds) => new() { Method = method, Amr = [method], Kinds = kinds, ProvedAt = s_now.AddHours(-1) };
}

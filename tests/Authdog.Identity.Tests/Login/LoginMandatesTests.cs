using Authdog.Identity.Login;
using Authdog.Identity.Sessions;

namespace Authdog.Identity.Tests.Login;

public sealed class LoginMandatesTests
{
    [Theory]
    [Trait("Threat", "I4")]
    [InlineData("sso", "google", true)]
    [InlineData("social", "google", false)]
    [InlineData("sso", "okta", false)]
    [InlineData("password", null, false)]
    public void SocialProviderOfTheConnectionsName_MeetsNoMandate(string method, string? connection, bool met)
    {
        LoginMandates.Answer mandate = new(new MandatedMethod("sso", "google", "Google Workspace", Emergency: null, static _ => false), IsExempt: false);
        AuthenticationFactor proved = new() { Method = method, Amr = [], Kinds = FactorKinds.Knowledge, ProvedAt = DateTimeOffset.UnixEpoch, Connection = connection };

        mandate.IsMetBy([proved]).ShouldBe(met);
    }
}

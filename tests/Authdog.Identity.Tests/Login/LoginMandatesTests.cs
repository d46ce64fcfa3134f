using Authdog.Identity.Identifiers;
using Authdog.Identity.Login;
using Authdog.Identity.Sessions;
using Authdog.Identity.Sso;

namespace Authdog.Identity.Tests.Login;

public sealed class LoginMandatesTests
{
    [Theory]
    [Trait("Threat", "I4")]
    [InlineData(ConnectionKind.Oidc, "google", true)]
    [InlineData(ConnectionKind.Saml, "google", true)]
    [InlineData(ConnectionKind.Social, "google", false)]
    [InlineData(ConnectionKind.Oidc, "okta", false)]
    public void SocialProviderOfTheConnectionsName_MeetsNoMandate(ConnectionKind kind, string slug, bool met)
    {
        LoginMandates.Answer mandate = new(new MandatedMethod("sso", "google", "Google Workspace", Emergency: null, static _ => false), IsExempt: false);
        Connection row = new() { TenantId = TenantId.Default, Id = Guid.NewGuid(), Slug = slug, Kind = kind, Name = "Google", Settings = "{}", CreatedAt = DateTimeOffset.UnixEpoch, UpdatedAt = DateTimeOffset.UnixEpoch };
        ExternalProof proof = new()
        {
            Connection = new ConnectionRecord(row, []),
            Issuer = "https://accounts.google.com",
            Subject = "1",

            // What a protocol says of who vouched counts for nothing.
            Factor = new AuthenticationFactor { Method = "sso", Amr = [], Kinds = FactorKinds.Knowledge, ProvedAt = DateTimeOffset.UnixEpoch, Connection = "google" },
        };

        mandate.IsMetBy([proof.Factor]).ShouldBe(met);
    }

    [Fact]
    public void PasswordMeetsNoMandate() =>
        new LoginMandates.Answer(new MandatedMethod("sso", "google", "Google Workspace", Emergency: null, static _ => false), IsExempt: false)
            .IsMetBy([AuthenticationFactor.Password(DateTimeOffset.UnixEpoch)]).ShouldBeFalse();
}

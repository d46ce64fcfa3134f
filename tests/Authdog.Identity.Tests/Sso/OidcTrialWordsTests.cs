using Authdog.Identity.Pages;
using Authdog.Identity.Sso;
using Authdog.Identity.Sso.Oidc;

namespace Authdog.Identity.Tests.Sso;

public sealed class OidcTrialWordsTests
{
    public static TheoryData<string> Faults => [.. Enum.GetNames<ExternalFault>()];

    [Theory]
    [MemberData(nameof(Faults))]
    public void HasWordsOfItsOwnInEveryLanguage_WhateverTheFault(string name)
    {
        var fault = Enum.Parse<ExternalFault>(name);
        var key = OidcTrialWords.Of(fault);

        (key == OidcTrialWords.Of(ExternalFault.Other)).ShouldBe(fault is ExternalFault.Other);
        PageTexts.Available.ShouldAllBe(language => PageTexts.For(language)![key] != key);
    }

    [Theory]
    [InlineData("invalid_client", ExternalFault.Client)]
    [InlineData("access_denied", ExternalFault.Refused)]
    [InlineData("invalid_scope", ExternalFault.Scope)]
    [InlineData("invalid_grant", ExternalFault.Grant)]
    [InlineData("redirect_uri_mismatch", ExternalFault.RedirectUri)]
    [InlineData("server_error", null)]
    [InlineData("not_invalid_client", null)]
    public void KnowsTheFault_WhenTheProviderSaysACode(string code, object? fault) => OAuthErrors.FaultOf(code).ShouldBe((ExternalFault?)fault);
}

using System.Collections.Immutable;
using System.Globalization;
using Authdog.Protocols.Saml.Bindings;
using Authdog.Protocols.Saml.Metadata;
using Authdog.Protocols.Saml.Parties;
using Authdog.Protocols.Saml.Requests;

namespace Authdog.Identity.Sso.Saml;

/// <summary>Tries a connection as far as that goes without a person: what is known, how long certificates last, whether metadata and the sign-in address answer.</summary>
internal sealed class SamlCheck(SamlConnections connections, SamlDocuments documents, ProviderHttp http, TimeProvider time)
{
    private static readonly TimeSpan s_soon = TimeSpan.FromDays(30);

    public async Task<ImmutableArray<ConnectionCheck>> RunAsync(ConnectionRecord connection, CancellationToken cancellationToken)
    {
        var parties = connections.Of(connection);
        if (parties.Provider is not { } provider)
        {
            return [new ConnectionCheck(false, "identity provider", "AG5701 nothing is known of it. Give its metadata: 'connection saml set --metadata-url' or '--metadata-file'.")];
        }

        List<ConnectionCheck> checks = [new(true, "identity provider", provider.EntityId)];
        checks.AddRange(provider.SigningCertificates.Select(certificate => Certificate("its certificate " + certificate.Fingerprint[..16], certificate.NotAfter)));
        if (provider.SigningCertificates.Count == 0)
        {
            checks.Add(new(false, "its certificate", "AG5702 there is none, so nothing that it sends can be believed. Give its metadata or its signing certificate."));
        }

        checks.AddRange(parties.Self.SigningKeys.Concat(parties.Self.DecryptionKeys).Select(key => Certificate("our certificate " + key.Fingerprint[..16], key.NotAfter)));
        checks.Add(await MetadataAsync(parties, provider, cancellationToken));
        checks.Add(await SignOnAsync(parties, provider, cancellationToken));
        checks.Add(provider.SingleLogout.Count > 0 ? new(true, "single logout", provider.SingleLogout[0].Location) : new(true, "single logout", "it has none: signing out here leaves its session alone"));
        return [.. checks];
    }

    // An expired certificate still verifies, since its key is believed because it is pinned; an administrator who plans to replace it should know.
    private ConnectionCheck Certificate(string what, DateTimeOffset end)
    {
        var left = end - time.GetUtcNow();
        var date = end.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return left <= TimeSpan.Zero ? new(true, what, $"expired on {date}; it still counts, because it is pinned")
            : left < s_soon ? new(true, what, $"expires on {date}, in {(int)left.TotalDays} days")
            : new(true, what, $"until {date}");
    }

    private async Task<ConnectionCheck> MetadataAsync(SamlParties parties, SamlIdentityProvider provider, CancellationToken cancellationToken)
    {
        if (parties.Settings.MetadataUrl is not { } url)
        {
            return new(true, "metadata", "given once, never read again; new certificates have to be given by hand");
        }

        try
        {
            return await documents.FetchAsync(url, provider.EntityId, cancellationToken) switch
            {
                IdentityProviderMetadataResult.Read { Metadata.IdentityProvider: var now } when MetadataChanges.Between(provider, now) is { IsEmpty: false } changes =>
                    new(changes.IsCertificateRollover, "metadata", changes.IsCertificateRollover ? "its certificates have changed, and are taken over by themselves" : "AG5703 it has changed in more than its certificates; look at it and run 'connection saml refresh --accept'"),
                IdentityProviderMetadataResult.Read => new(true, "metadata", "read, nothing new"),
                IdentityProviderMetadataResult.Refused refused => new(false, "metadata", string.Join(' ', refused.Errors)),
                _ => new(false, "metadata", "not read"),
            };
        }
        catch (ExternalFailureException failure)
        {
            return new(false, "metadata", "AG5704 " + failure.Message);
        }
    }

    private async Task<ConnectionCheck> SignOnAsync(SamlParties parties, SamlIdentityProvider provider, CancellationToken cancellationToken)
    {
        if (SamlIdentityProvider.Choose(provider.SingleSignOn, parties.Settings.Binding) is not { } endpoint)
        {
            return new(false, "sign-in address", "AG5705 there is none with HTTP-Redirect or HTTP-POST.");
        }

        var message = new AuthnRequest { Id = MessageId.Next(), IssueInstant = time.GetUtcNow() }.Send(parties.Self, endpoint, relayState: null, parties.SignsRequests);
        using var request = new HttpRequestMessage(message.Binding is SamlBinding.HttpRedirect ? HttpMethod.Get : HttpMethod.Post, message.Url)
        {
            Content = message.Binding is SamlBinding.HttpRedirect ? null : new FormUrlEncodedContent(message.Fields),
        };
        try
        {
            // Most answer with a redirect to a page that asks for the password, which is as good as any.
            var answer = await http.SendAsync(request, ProviderCall.SignIn, cancellationToken);
            return answer.Succeeded || (int)answer.Status is >= 300 and < 400
                ? new(true, "sign-in address", $"{endpoint.Location} takes our request")
                : new(false, "sign-in address", $"AG5706 {endpoint.Location} answered our request with {(int)answer.Status}. Is this gateway registered there with the entity id {parties.Self.EntityId}?");
        }
        catch (ExternalFailureException failure)
        {
            return new(false, "sign-in address", "AG5707 " + failure.Message);
        }
    }
}

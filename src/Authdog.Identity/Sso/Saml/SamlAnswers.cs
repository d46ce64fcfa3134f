using System.Diagnostics.CodeAnalysis;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Login;
using Authdog.Identity.Redis;
using Authdog.Identity.Tenants;
using Authdog.Protocols.Saml.Bindings;
using Authdog.Protocols.Saml.Errors;
using Authdog.Protocols.Saml.Requests;
using Authdog.Protocols.Saml.Responses;

namespace Authdog.Identity.Sso.Saml;

/// <summary>Judges responses of identity providers: verified, for this request, used for the first time on any node. What comes out may be consumed.</summary>
internal sealed class SamlAnswers(SamlConnections connections, SamlRefresh refresh, CounterStore counters, TimeProvider time)
{
    private const string Used = "saml-assertion";

    /// <summary>The message of a form; false with the reason when it carries none.</summary>
    public static bool TryReceive(IEnumerable<KeyValuePair<string, string>> fields, [NotNullWhen(true)] out ReceivedMessage? message, [NotNullWhen(false)] out SamlError? error)
    {
        var result = MessageReceiver.FromForm(fields);
        message = (result as ReceivedMessageResult.Received)?.Message;
        error = (result as ReceivedMessageResult.Refused)?.Error;
        return message is not null;
    }

    /// <summary>Verifies a response.</summary>
    /// <param name="connection">Whose endpoint it came to.</param>
    /// <param name="message">The message.</param>
    /// <param name="asked">The request that this browser, or the one that is named by the state, waits for the answer of; null when there is none.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The assertion, or why there is none.</returns>
    public async Task<(VerifiedSamlAssertion? Assertion, SamlError? Error)> VerifyAsync(ConnectionRecord connection, ReceivedMessage message, OutstandingAuthnRequest? asked, CancellationToken cancellationToken)
    {
        var result = Verify(connections.Of(connection), message, asked);

        // A key that came since the metadata was read: look once, and judge by what is known then.
        if (result is SamlResponseResult.Refused { Error.Code: SamlErrorCode.SignatureUntrusted } && await refresh.RenewAsync(connection, cancellationToken) is { } renewed)
        {
            result = Verify(connections.Of(renewed), message, asked);
        }

        if (result is not SamlResponseResult.Verified { Assertion: var unredeemed })
        {
            return (null, ((SamlResponseResult.Refused)result).Error);
        }

        var until = unredeemed.ReplayUntil - time.GetUtcNow() + TimeSpan.FromMinutes(1);
        var isFirst = await counters.IncrementAsync(connection.Tenant, Used, $"{connection.Id:N}{unredeemed.ReplayKey}", until, cancellationToken) == 1;
        return unredeemed.TryRedeem(isFirst, out var assertion, out var error) ? (assertion, null) : (null, error);
    }

    private SamlResponseResult Verify(SamlParties parties, ReceivedMessage message, OutstandingAuthnRequest? asked) => parties.Provider is { } provider
        ? new SamlResponseVerifier(parties.Self, provider, parties.Rules).Verify(message, asked, time.GetUtcNow())
        : new SamlResponseResult.Refused(new SamlError(SamlErrorCode.NoCertificate, "The connection does not know its identity provider yet."));
}

using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Authdog.Identity.Identifiers;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Login;

/// <summary>Binds what goes to another party, and what comes back, to one login in one browser: the <c>state</c> of OAuth, the <c>RelayState</c> of SAML. An answer counts once (B15).</summary>
internal sealed class ExternalChallenges(LoginTransactions transactions)
{
    private const int IdLength = 22;
    private const int SecretLength = 43;
    private const int Tries = 5;

    /// <summary>A new state for a login that the store has: 65 characters of base64url. It counts once <see cref="BeginAsync"/> has written it down.</summary>
    public static string NewState(LoginFlow flow) => flow.Id + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>Writes down what was asked under a state; false when the login has changed or ended meanwhile.</summary>
    public async Task<bool> BeginAsync(HttpContext context, TenantId tenant, LoginFlow flow, string state, string method, string party, string payload, CancellationToken cancellationToken)
    {
        var changed = flow.Transaction with { Challenge = new ExternalChallenge(method, party, Hash(state[IdLength..]), payload) };
        return await transactions.UpdateAsync(context, tenant, flow, changed, cancellationToken) is not null;
    }

    /// <summary>The login that a state is of, with what it asked, which is over by this; null when this browser has not asked this party, or has its answer already.</summary>
    public async Task<(LoginFlow Flow, string Payload)?> TakeAsync(HttpContext context, TenantId tenant, string? state, string method, string party, CancellationToken cancellationToken)
    {
        if (state is not { Length: IdLength + SecretLength })
        {
            return null;
        }

        var (id, secret) = (state[..IdLength], Encoding.ASCII.GetBytes(Hash(state[IdLength..])));
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (await transactions.FindAsync(context, tenant, id, cancellationToken) is not { Transaction.Challenge: { } challenge } flow
                || challenge.Method != method
                || challenge.Party != party
                || !CryptographicOperations.FixedTimeEquals(secret, Encoding.ASCII.GetBytes(challenge.Secret)))
            {
                return null;
            }

            if (await transactions.UpdateAsync(context, tenant, flow, flow.Transaction with { Challenge = null }, cancellationToken) is { } taken)
            {
                return (taken, challenge.Payload);
            }
        }

        return null;
    }

    /// <summary>What a state's login asked, for a post that another site makes and that has no cookie of ours: enough to judge an answer, and nothing is taken or begun by it. Whose browser it is, is asked by <see cref="TakeAsync"/>.</summary>
    public async Task<string?> PeekAsync(TenantId tenant, string? state, string method, string party, CancellationToken cancellationToken) =>
        state is { Length: IdLength + SecretLength }
        && await transactions.PeekAsync(tenant, state[..IdLength], cancellationToken) is { Challenge: { } challenge }
        && challenge.Method == method
        && challenge.Party == party
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Hash(state[IdLength..])), Encoding.ASCII.GetBytes(challenge.Secret))
            ? challenge.Payload
            : null;

    private static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}

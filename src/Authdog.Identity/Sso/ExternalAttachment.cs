using Authdog.Identity.Login;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Authdog.Identity.Sso;

/// <summary>Makes an identity elsewhere the signed-in person's, who has just proved it: they began with a fresh sign-in, in this browser and session (I4, B15).</summary>
internal sealed class ExternalAttachment(
    ExternalIdentities identities,
    ExternalFailures failures,
    IdentityNotices notices,
    LoginTransactions transactions,
    LoginMandates mandates,
    UserDirectory users,
    CurrentTenant tenant)
{
    /// <summary>Most identities that one person may have.</summary>
    internal const int Most = 20;

    /// <summary>Answers a transaction that has an <see cref="Attachment"/>, whatever comes of it: it is over.</summary>
    public async Task<IResult> AcceptAsync(HttpContext context, LoginFlow flow, ExternalProof proof)
    {
        var cancel = context.RequestAborted;
        if (flow.Transaction.Attach is not { } asked || asked.Provider != proof.Connection.LoginProvider || flow.Held is not { } session || session.Id.Value != asked.Session
            || await users.FindAsync(session.User, cancel) is not { Disabled: false } user)
        {
            return await RefuseAsync(context, flow, proof, ExternalRefusal.Unsolicited, "the session that asked to be linked is over, or another one");
        }

        // The same answer twice, as by two tabs: the second sees what the first did.
        if (!await transactions.CompleteAsync(tenant.Id, flow, cancel))
        {
            return new SeeOther(flow.Transaction.Return);
        }

        // Who has to come by a connection has an account for that: joined to another one, its roles would open by that account's password.
        if (proof.Connection is { Enforced: true } enforced && (await mandates.FindAsync(user.Email, cancel)).Mandated?.Connection != enforced.QualifiedName)
        {
            return await RefuseAsync(context, flow, proof, ExternalRefusal.Managed, "the connection is enforced, and the account's domain is not its own");
        }

        if (await identities.CountAsync(user.UserId, cancel) >= Most)
        {
            return await RefuseAsync(context, flow, proof, ExternalRefusal.TooMany, $"the account has {Most} identities");
        }

        switch (await identities.LinkAsync(user, proof.Identity, cancel))
        {
            case ExternalIdentities.Linking.OtherUsers:
                return await RefuseAsync(context, flow, proof, ExternalRefusal.Taken, "the identity is another account's");
            case ExternalIdentities.Linking.Linked:
                await notices.LinkedAsync(context, user, proof.Identity);
                return Done(flow, "identity-linked");
            default:
                return Done(flow, "identity-known");
        }
    }

    private static SeeOther Done(LoginFlow flow, string done) => new(QueryHelpers.AddQueryString(flow.Transaction.Return, "done", done));

    private Task<IResult> RefuseAsync(HttpContext context, LoginFlow flow, ExternalProof proof, ExternalRefusal refusal, string cause) =>
        failures.PageAsync(context, proof.Connection.Name, proof.Connection.QualifiedName, refusal, cause, flow);
}

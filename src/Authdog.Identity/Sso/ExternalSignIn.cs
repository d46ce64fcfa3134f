using Authdog.Identity.Identifiers;
using Authdog.Identity.Login;
using Authdog.Identity.Pages;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Sso;

/// <summary>Signs in whom an identity provider vouches for: a known identity, a new user where the connection may make them, or an existing account after its owner has shown to be one (I4).</summary>
internal sealed class ExternalSignIn(
    ExternalIdentities identities,
    ExternalProfile profile,
    ExternalFailures failures,
    ExternalAttachment attachment,
    IdentityNotices notices,
    PendingLinks links,
    Connections connections,
    LoginTransactions transactions,
    LoginProofs proofs,
    LoginMandates mandates,
    SignUpOffer signUp,
    SignUpAdmissions admissions,
    UserDirectory users,
    Tombstones tombstones,
    CurrentTenant tenant,
    PageRenderer pages)
{
    /// <summary>Goes on with a login by what a provider has said.</summary>
    public async Task<IResult> AcceptAsync(HttpContext context, LoginFlow flow, ExternalProof proof)
    {
        if (flow.Transaction.Attach is not null)
        {
            return await attachment.AcceptAsync(context, flow, proof);
        }

        var (connection, cancel) = (proof.Connection, context.RequestAborted);
        if (await identities.FindAsync(connection.LoginProvider, proof.Issuer, proof.Subject, cancel) is { } known)
        {
            return await SignInAsync(context, flow, proof, known);
        }

        if (!EmailAddress.TryParse(proof.Email, out var email))
        {
            return await RefuseAsync(context, flow, proof, ExternalRefusal.NoEmail, "no usable e-mail address");
        }

        var set = await connections.OfAsync(tenant.Id, cancel);
        var isDomainOwn = set.FindByDomain(email.Domain) is { } home && home.Id == connection.Id && connection.Kind is not ConnectionKind.Social;

        // Whoever could come by another connection must: a provider that anybody can open an account at says nothing about the domain's people.
        if ((await mandates.FindAsync(email.Value, cancel)) is { Mandated: { } mandated, IsExempt: false } && mandated.Connection != connection.QualifiedName)
        {
            return await RefuseAsync(context, flow, proof, ExternalRefusal.OtherConnection, $"the domain signs in by {mandated.Connection}");
        }

        // The owner of a domain is believed about its addresses; everybody else only where they say that the address is verified (B12).
        if (!isDomainOwn && !proof.EmailVerified)
        {
            return await RefuseAsync(context, flow, proof, ExternalRefusal.EmailUnverified, "the e-mail address is not verified, and its domain is not this connection's");
        }

        if (await users.FindByEmailAsync(email, cancel) is { } owner)
        {
            return isDomainOwn ? await LinkByDomainAsync(context, flow, proof, owner) : await AskOwnerAsync(context, flow, proof, owner);
        }

        // The tenant may let the domain's people join by themselves, whatever the connection does with strangers.
        var isShut = !connection.JustInTime || (connection.Kind is ConnectionKind.Social && !signUp.Offered);
        if (isShut && !await admissions.AdmitAsync(email, cancel))
        {
            return await RefuseAsync(context, flow, proof, ExternalRefusal.NotInvited, "unknown, and the connection makes no users");
        }

        // Who had their account erased comes back only by signing up themselves; at a provider of their employer's nobody asked them.
        if (connection.Kind is not ConnectionKind.Social && await tombstones.HasAsync(email, cancel))
        {
            return await RefuseAsync(context, flow, proof, ExternalRefusal.NotInvited, "the account was erased on its owner's wish");
        }

        if (await users.CreateAsync(email, emailVerified: true, ExternalProfile.NameOf(proof), passwordHash: null, cancel) is not { } made)
        {
            return await RefuseAsync(context, flow, proof, ExternalRefusal.OtherAccount, "an account of the address was made at the same moment");
        }

        await admissions.WelcomeAsync(made, email, CancellationToken.None);
        return await LinkAsync(context, flow, proof, made, isNew: true);
    }

    private async Task<IResult> LinkByDomainAsync(HttpContext context, LoginFlow flow, ExternalProof proof, User owner)
    {
        // Whoever made an account with an address that they never proved to own loses it to its owner (pre-hijacking).
        if (!owner.EmailConfirmed)
        {
            await users.SetCompromisedAsync(owner, context.RequestAborted);
            await users.SetEmailVerifiedAsync(owner, context.RequestAborted);
        }

        return await LinkAsync(context, flow, proof, owner, isNew: false);
    }

    private async Task<IResult> LinkAsync(HttpContext context, LoginFlow flow, ExternalProof proof, User user, bool isNew)
    {
        switch (await identities.LinkAsync(user, proof.Identity, context.RequestAborted))
        {
            case ExternalIdentities.Linking.OtherUsers:
                return await RefuseAsync(context, flow, proof, ExternalRefusal.OtherAccount, "the identity became another account's at the same moment");
            case ExternalIdentities.Linking.Linked when !isNew:
                await notices.LinkedAsync(context, user, proof.Identity);
                break;
            default:
                break;
        }

        return await SignInAsync(context, flow, proof, user);
    }

    // The address alone proves nothing: the account's owner signs in as ever, and the identity is theirs after that.
    private async Task<IResult> AskOwnerAsync(HttpContext context, LoginFlow flow, ExternalProof proof, User owner)
    {
        if (flow.User is { } signingIn && signingIn != owner.UserId)
        {
            return await RefuseAsync(context, flow, proof, ExternalRefusal.OtherAccount, "the address is of another account than the one that is signing in");
        }

        var asking = flow.Transaction with { Email = owner.Email, User = flow.User is null ? null : owner.Id, Linking = links.Seal(tenant.Id, proof, owner) };
        return await transactions.UpdateAsync(context, tenant.Id, flow, asking, context.RequestAborted) is { } written
            ? pages.Page<LinkingPage>(context, StatusCodes.Status200OK, ("Email", owner.Email), ("Name", proof.Connection.Name), ("Login", LoginAddress.Of(written)))
            : new SeeOther(LoginAddress.Of(flow));
    }

    private async Task<IResult> SignInAsync(HttpContext context, LoginFlow flow, ExternalProof proof, User user)
    {
        if (user.Disabled)
        {
            return await RefuseAsync(context, flow, proof, ExternalRefusal.Disabled, $"user {user.UserId} is shut out");
        }

        if (flow.User is { } signingIn && signingIn != user.UserId)
        {
            return await RefuseAsync(context, flow, proof, ExternalRefusal.OtherAccount, "the identity is of another account than the one that is signing in");
        }

        if (await identities.RowAsync(proof.Connection.LoginProvider, proof.Issuer, proof.Subject, context.RequestAborted) is { } row)
        {
            await profile.ApplyAsync(user, row, proof, context.RequestAborted);
        }

        return await proofs.AcceptAsync(context, flow, new LoginProof.Proved(user, proof.Factor));
    }

    private Task<IResult> RefuseAsync(HttpContext context, LoginFlow flow, ExternalProof proof, ExternalRefusal refusal, string cause) =>
        failures.PageAsync(context, proof.Connection.Name, proof.Connection.QualifiedName, refusal, cause, flow);
}

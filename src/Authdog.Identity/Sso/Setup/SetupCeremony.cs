using Authdog.Identity.Login;
using Authdog.Identity.Pages;
using Authdog.Identity.Sso.Domains;
using Authdog.Identity.Sso.Saml;
using Authdog.Identity.Tenants;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Sso.Setup;

/// <summary>Guides a customer's IT administrator from the link to a live connection. Everything typed here is a stranger's: it is bounded, judged by what commands are judged by, and takes effect for this one connection alone.</summary>
internal sealed class SetupCeremony(
    SetupGate gate,
    SetupSession session,
    SetupInvites invites,
    SamlSetup setup,
    SamlConnections saml,
    SetupClient client,
    DomainVerification domains,
    ConnectionChanges changes,
    CurrentTenant tenant,
    PageRenderer pages,
    ErrorPages errors)
{
    private const int MaxText = 32 * 1024;

    /// <summary>What the link shows; nothing is begun by looking.</summary>
    public async Task<IResult> ShowAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var step = query.ContainsKey("invite") ? await gate.FindAsync(query["connection"].ToString(), query["invite"].ToString(), context.RequestAborted) : await gate.FindAsync(context);
        return step is null
            ? gate.Over(context)
            : pages.Page<SetupStartPage>(context, StatusCodes.Status200OK, ("Invitation", step), ("Connection", query["connection"].ToString()), ("Invite", query["invite"].ToString()));
    }

    public async Task<IResult> BeginAsync(HttpContext context)
    {
        var (slug, secret) = (context.Request.Form["connection"].ToString(), context.Request.Form["invite"].ToString());
        if (secret.Length > 0)
        {
            if (await gate.FindAsync(slug, secret, context.RequestAborted) is null)
            {
                return gate.Over(context);
            }

            session.Begin(context, tenant.Id, slug, secret);
        }

        return new SeeOther(SetupPaths.Provider);
    }

    public async Task<IResult> ShowProviderAsync(HttpContext context) =>
        await gate.FindAsync(context) is { } step ? pages.Page<SetupProviderPage>(context, StatusCodes.Status200OK, ("Invitation", step)) : gate.Over(context);

    public async Task<IResult> PostProviderAsync(HttpContext context)
    {
        if (await gate.FindAsync(context) is not { } step)
        {
            return gate.Over(context);
        }

        var chosen = SetupProvider.Of(context.Request.Form["provider"]).Id;
        await gate.UpdateAsync(step, invite => invite with { Provider = chosen }, context.RequestAborted);
        return new SeeOther(SetupPaths.Values);
    }

    public async Task<IResult> ShowValuesAsync(HttpContext context) => await gate.FindAsync(context) is not { } step ? gate.Over(context)
        : !step.IsSaml ? client.Values(context, step)
        : pages.Page<SetupValuesPage>(context, StatusCodes.Status200OK, ("Invitation", step), ("Published", await setup.PublishedAsync(tenant.Id, step.Connection.Slug, context.RequestAborted)));

    public async Task<IResult> ShowMetadataAsync(HttpContext context) =>
        await gate.FindAsync(context) is { } step ? step.IsSaml ? Metadata(context, step, FormErrors.None) : new SeeOther(SetupPaths.Client) : gate.Over(context);

    public async Task<IResult> PostMetadataAsync(HttpContext context)
    {
        var form = context.Request.Form;
        var (url, text, entityId, signOn, certificate) = (Field("url"), Field("metadata"), Field("entity"), Field("signon"), Field("certificate"));
        return (url, text, entityId, signOn, certificate) switch
        {
            ({ Length: > 0 }, _, _, _, _) => await TakeAsync(context, new SamlChoices { MetadataUrl = url }, "url"),
            (_, { Length: > 0 }, _, _, _) => await TakeAsync(context, new SamlChoices { MetadataText = text }, "metadata"),
            (_, _, { Length: > 0 }, { Length: > 0 }, { Length: > 0 }) => await TakeAsync(context, new SamlChoices { EntityId = entityId, SignOnUrl = signOn, Certificates = [certificate], MetadataUrl = string.Empty }, "entity"),
            _ => await gate.FindAsync(context) is { IsSaml: true } step ? Metadata(context, step, FormErrors.Of("url", pages.Texts(context)["Setup.MetadataNothing"])) : gate.Over(context),
        };

        string Field(string name) => form[name].ToString() is { Length: <= MaxText } value ? value.Trim() : string.Empty;
    }

    public async Task<IResult> PostFileAsync(HttpContext context)
    {
        if (context.Request.Form.Files.GetFile("file") is not { Length: > 0 } file)
        {
            return await gate.FindAsync(context) is { IsSaml: true } step ? Metadata(context, step, FormErrors.Of("file", pages.Texts(context)["Setup.MetadataNothing"])) : gate.Over(context);
        }

        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, context.RequestAborted);
        return await TakeAsync(context, new SamlChoices { MetadataFile = bytes.ToArray() }, "file");
    }

    public async Task<IResult> ShowDomainAsync(HttpContext context) =>
        await gate.FindAsync(context) is { } step ? await DomainAsync(context, step, FormErrors.None) : gate.Over(context);

    public async Task<IResult> PostDomainAsync(HttpContext context)
    {
        if (await gate.FindAsync(context) is not { } step)
        {
            return gate.Over(context);
        }

        if (!await gate.MayTryAsync(step, context.RequestAborted))
        {
            return errors.Page(context, ErrorKind.TooManyRequests);
        }

        var form = context.Request.Form;
        var text = form.ContainsKey("check") ? step.Invite.Domain ?? string.Empty : form["domain"].ToString();
        var change = form.ContainsKey("check") ? await domains.VerifyAsync(tenant.Id, text, context.RequestAborted) : await domains.AddAsync(tenant.Id, text, context.RequestAborted);
        if (change is DomainChange.Refused refused)
        {
            return await DomainAsync(context, step, FormErrors.Of("domain", pages.Texts(context)[$"Setup.Domain.{refused.Reason}"]));
        }

        // A domain that leads to another connection is that one's: an invitation to one takes nothing from another.
        var row = ((DomainChange.Done)change).Domain;
        if (row.ConnectionId is { } bound && bound != step.Connection.Id)
        {
            return await DomainAsync(context, step, FormErrors.Of("domain", pages.Texts(context)["Setup.Domain.HeldElsewhere"]));
        }

        await gate.UpdateAsync(step, invite => invite with { Domain = row.Domain }, context.RequestAborted);
        return new SeeOther(SetupPaths.Domain);
    }

    public async Task<IResult> ShowLiveAsync(HttpContext context) => await gate.FindAsync(context) is { } step
        ? pages.Page<SetupLivePage>(context, StatusCodes.Status200OK, ("Invitation", step), ("Ready", await IsReadyAsync(step, context.RequestAborted)), ("Done", false))
        : gate.Over(context);

    /// <summary>The connection is switched on, its domain leads to it, and the link is over.</summary>
    public async Task<IResult> PostLiveAsync(HttpContext context)
    {
        if (await gate.FindAsync(context) is not { } step)
        {
            return gate.Over(context);
        }

        if (!await IsReadyAsync(step, context.RequestAborted)
            || await changes.BindAsync(tenant.Id, step.Invite.Domain!, step.Connection.Slug, context.RequestAborted) is not ConnectionChange.Done
            || await changes.SetAsync(tenant.Id, step.Connection.Slug, static row => row.Enabled = true, context.RequestAborted) is not ConnectionChange.Done)
        {
            return new SeeOther(SetupPaths.Live);
        }

        await invites.RevokeAsync(tenant.Id, step.Connection.Slug, CancellationToken.None);
        return pages.Page<SetupLivePage>(context, StatusCodes.Status200OK, ("Invitation", step), ("Ready", true), ("Done", true));
    }

    private async Task<IResult> TakeAsync(HttpContext context, SamlChoices choices, string field)
    {
        if (await gate.FindAsync(context) is not { IsSaml: true } step)
        {
            return gate.Over(context);
        }

        if (!await gate.MayTryAsync(step, context.RequestAborted))
        {
            return errors.Page(context, ErrorKind.TooManyRequests);
        }

        if (await setup.SetAsync(tenant.Id, step.Connection.Slug, choices, null, context.RequestAborted) is ConnectionChange.Refused refused)
        {
            var words = refused.Mistakes.Any(static mistake => mistake.StartsWith(SamlSetup.Unread, StringComparison.Ordinal)) ? "Setup.MetadataUnread" : "Setup.MetadataWrong";
            return Metadata(context, step, FormErrors.Of(field, pages.Texts(context)[words]), string.Join(' ', refused.Mistakes.Take(5)));
        }

        // Another provider than the one that was tried.
        await gate.UpdateAsync(step, static invite => invite with { Tested = false }, context.RequestAborted);
        return new SeeOther(SetupPaths.Domain);
    }

    private async Task<bool> IsReadyAsync(SetupStep step, CancellationToken cancellationToken) =>
        step.Invite is { Tested: true, Domain: { } domain } && (await domains.ListAsync(tenant.Id, cancellationToken)).Any(row => row.Domain == domain && row.VerifiedAt is not null);

    private IResult Metadata(HttpContext context, SetupStep step, FormErrors problems, string? technical = null) => pages.Page<SetupMetadataPage>(
        context,
        problems.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        ("Invitation", step),
        ("Errors", problems),
        ("Technical", technical),
        ("Known", saml.Of(step.Connection).Settings.EntityId),
        ("Form", context.Request.HasFormContentType && !context.Request.ContentType!.StartsWith("multipart", StringComparison.OrdinalIgnoreCase) ? context.Request.Form : null));

    private async Task<IResult> DomainAsync(HttpContext context, SetupStep step, FormErrors problems) => pages.Page<SetupDomainPage>(
        context,
        problems.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        ("Invitation", step),
        ("Errors", problems),
        ("Typed", context.Request.HasFormContentType ? context.Request.Form["domain"].ToString() : null),
        ("Domain", step.Invite.Domain is { } domain ? (await domains.ListAsync(tenant.Id, context.RequestAborted)).FirstOrDefault(row => row.Domain == domain) : null),
        ("Change", context.Request.Query.ContainsKey("change")));
}

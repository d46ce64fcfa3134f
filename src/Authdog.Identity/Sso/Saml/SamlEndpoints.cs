using Authdog.Identity.Pages;
using Authdog.Identity.Tenants;
using Authdog.Protocols.Saml.Metadata;
using Authdog.Protocols.Saml.Parties;
using Authdog.Protocols.Saml.Responses;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Authdog.Identity.Sso.Saml;

/// <summary>A connection as an identity provider sees it: our metadata, where responses are posted, where logout messages go.</summary>
internal static class SamlEndpoints
{
    // 256 KiB of XML in Base64, percent-encoded, with what comes beside it.
    private const int MaxForm = 512 * 1024;
    private static readonly TimeSpan s_metadataValidity = TimeSpan.FromDays(90);

    public static void MapSaml(this IEndpointRouteBuilder endpoints)
    {
        var posted = new ForeignForm(MaxForm);
        endpoints.MapGet(SamlAddresses.Route("metadata"), MetadataAsync);
        endpoints.MapPost(SamlAddresses.Route("acs"), ReceiveAsync).WithMetadata(posted);
        endpoints.MapGet(SamlAddresses.Route("finish"), FinishAsync);
        endpoints.MapGet(SamlAddresses.Route("slo"), LogOutByQueryAsync);
        endpoints.MapPost(SamlAddresses.Route("slo"), LogOutByFormAsync).WithMetadata(posted);
        endpoints.MapGet(SamlAddresses.Route("leave"), LeaveAsync);
    }

    // Of a connection that is switched off too: it is set up before it is used.
    private static async Task<IResult> MetadataAsync(string connection, HttpContext context, SamlConnections connections, CurrentTenant tenant, ErrorPages errors, TimeProvider time)
    {
        if (await connections.FindAsync(tenant.Id, connection, context.RequestAborted) is not { } found)
        {
            return errors.Page(context, ErrorKind.NotFound);
        }

        var parties = connections.Of(found);
        var document = new ServiceProviderMetadata
        {
            ServiceProvider = parties.Self,
            ValidUntil = time.GetUtcNow() + s_metadataValidity,
            AuthnRequestsSigned = parties.SignsRequests,
            WantAssertionsSigned = parties.Settings.RequiredSignature is SignedPart.Assertion or SignedPart.Both,
            NameIdFormats = parties.Settings.NameIdFormat is { } wanted ? [wanted] : NameIdFormats.Offered,
        };
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "no-cache";
        return TypedResults.Bytes(document.Write(), "application/samlmetadata+xml");
    }

    private static Task<IResult> ReceiveAsync(string connection, HttpContext context, SamlSignIn ceremony) => ceremony.ReceiveAsync(context, connection);

    private static Task<IResult> FinishAsync(string connection, HttpContext context, SamlSignIn ceremony) => ceremony.FinishAsync(context, connection);

    private static Task<IResult> LogOutByQueryAsync(string connection, HttpContext context, SamlSingleLogout ceremony) => ceremony.ReceiveQueryAsync(context, connection);

    private static Task<IResult> LogOutByFormAsync(string connection, HttpContext context, SamlSingleLogout ceremony) => ceremony.ReceiveFormAsync(context, connection);

    private static Task<IResult> LeaveAsync(string connection, HttpContext context, SamlSingleLogout ceremony) => ceremony.LeaveAsync(context, connection);
}
